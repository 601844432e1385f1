// Mails that are due. What goes out is decided under the lock of the customer's partition, then mailed, then recorded.
//
// A mail is sent at least once, and recorded exactly once: a process that ends between the two leaves the work to come
// back when its lease ends, and the mail goes out again, with the same Message-ID, by which a mail program knows that
// it has it already. Nobody can do better with SMTP: whether a message was taken is known only when the answer came.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "platform/mail/connections.h"
#include "survey_service/app/asking.h"
#include "survey_service/app/deps.h"
#include "survey_service/app/due_kinds.h"
#include "survey_service/store/rows.h"

namespace hoiam::survey {

// One piece of work before the rules, as the rows are now. `customer` is nobody behind a receipt.
struct DueInvitation {
  db::UnitOfWork& uow;
  const due::Work& work;
  InvitationRow row;
  v1::Invitation invitation;
  v1::Customer customer;
  v1::Survey survey;                                                  // as it was asked with
  v1::SurveyState::Code survey_state = v1::SurveyState::UNSPECIFIED;  // as it is now
  std::shared_ptr<const AskingPolicy> policy;
  AskedPerson person;
  absl::Time now;
};

class MailWork : public due::Handler {
 public:
  // `deps` and `transport` must outlive it. `from`: the address that mail comes from.
  MailWork(const Deps& deps, const mail::Transport& transport, std::string from)
      : deps_(deps), connections_(transport), from_(std::move(from)) {}

  absl::Status Run(const std::vector<due::Work>& taken, absl::Time until) final;

 protected:
  // Whether the mail goes out now. If not, the work is finished or put off.
  virtual absl::StatusOr<bool> Decide(DueInvitation& due) const = 0;
  virtual bool reminds() const = 0;
  // It has gone out: changes the invitation, counts it, says what is due next. Not yet stored.
  virtual absl::Status Sent(DueInvitation& due) const = 0;
  // It will not go out any more.
  virtual absl::Status GiveUp(DueInvitation& due, const std::string& why) const = 0;

 private:
  struct Draft;
  std::vector<Draft> Check(const std::vector<due::Work>& taken) const;
  absl::StatusOr<std::string> Write(const Draft& draft, const std::string& id) const;
  mail::Outcome Send(mail::Connection& connection, const Draft& draft) const;
  absl::Status Record(const Draft& draft, const mail::Outcome& outcome, db::UnitOfWork& uow, absl::Time now) const;

  const Deps& deps_;
  mail::Connections connections_;
  const std::string from_;
};

// Until when this message must wait for the customer's clock and calendar, and the survey's pause; nullopt: it need
// not.
std::optional<absl::Time> MustWait(const DueInvitation& due);

// Puts the work off, as if it had never been tried; or finishes it when the invitation expires before.
void Later(DueInvitation& due, absl::Time at);

// Counts one step of the funnel.
void Count(DueInvitation& due, absl::string_view item);

}  // namespace hoiam::survey
