// Mails that are due: composed of the case as it is now, sent, and recorded.
//
// A mail is sent at least once and recorded exactly once: a process that ends between the two leaves the work to come
// back when its lease ends, and the mail goes out again with the same Message-ID, by which a mail program knows that it
// has it already.
#pragma once

#include <string>
#include <vector>

#include "loop_service/app/customer_lookup.h"
#include "loop_service/app/playbook_cache.h"
#include "loop_service/domain/case_link.h"
#include "platform/base/clock.h"
#include "platform/db/tenant_db.h"
#include "platform/due/scheduler.h"
#include "platform/mail/connections.h"
#include "platform/rpc/write.h"

namespace hoiam::loop {

// A mailbox is slow, a lease is a mail's time many times over.
inline constexpr due::TakeOptions kMailing = {.workers = 2, .batch = 8, .lease = absl::Minutes(4)};

class MailWork final : public due::Handler {
 public:
  struct Deps {
    db::Pool& pool;
    rpc::Writer& writer;
    const Clock& clock;
    PlaybookCache& playbooks;
    const CaseLinks& links;
    const CustomerLookup& customers;
    const mail::Transport& transport;
  };
  // All must outlive it. `from`: the address that mail comes from.
  MailWork(Deps deps, std::string from);

  absl::Status Run(const std::vector<due::Work>& taken, absl::Time until) override;

 private:
  struct Draft;
  absl::StatusOr<Draft> Read(const due::Work& work) const;
  mail::Outcome Send(mail::Connection& connection, Draft& draft) const;
  mail::Outcome SendToCustomer(mail::Connection& connection, Draft& draft) const;
  mail::Outcome Send(mail::Connection& connection, const Draft& draft, std::string to_name,
                     const std::string& to) const;
  void Record(const Draft& draft, const mail::Outcome& outcome, absl::Time until) const;

  const Deps deps_;
  const std::string from_;
  mail::Connections connections_;
};

}  // namespace hoiam::loop
