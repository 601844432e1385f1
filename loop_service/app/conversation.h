// The conversation with the customer of a case: what staff write or record, and the mails that come.
#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "hoiam/loop/v1/loop_service.pb.h"
#include "loop_service/app/customer_lookup.h"
#include "loop_service/app/playbook_cache.h"
#include "loop_service/domain/case.h"
#include "loop_service/domain/case_link.h"
#include "platform/base/clock.h"
#include "platform/db/session.h"
#include "platform/rpc/write.h"

namespace hoiam::loop {

namespace pb = hoiam::loop::v1;

class Conversation {
 public:
  struct Deps {
    db::Pool& pool;
    rpc::Writer& writer;
    const Clock& clock;
    PlaybookCache& playbooks;
    const CaseLinks& links;
    const CustomerLookup& customers;
  };
  // All must outlive it. `mail_from`: the address that our own mail comes from.
  Conversation(Deps deps, std::string mail_from) : deps_(deps), mail_from_(std::move(mail_from)) {}

  // Both may block before they submit: they ask who the customer is.
  void Create(const rpc::CallContext& ctx, const pb::CreateCaseMessageRequest& q,
              rpc::Reply<pb::CreateCaseMessageResponse> reply);
  void Receive(const rpc::CallContext& ctx, const pb::ReceiveMailRequest& q, rpc::Reply<pb::ReceiveMailResponse> reply);
  absl::StatusOr<pb::ListCaseMessagesResponse> List(const rpc::CallContext& ctx, const pb::ListCaseMessagesRequest& q);

 private:
  const Deps deps_;
  const std::string mail_from_;
};

// The case as it is stored, for reads. NOT_FOUND when there is none, or the caller is bound to other teams.
absl::StatusOr<Case> ReadVisible(const db::TenantDb& db, PlaybookCache& playbooks, const rpc::CallContext& ctx,
                                 const std::string& case_id);

}  // namespace hoiam::loop
