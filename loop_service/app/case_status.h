// The customer's page about a case. The token is the customer's whole authority: it says whose case it is, of which
// tenant.
#pragma once

#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "hoiam/loop/v1/loop_service.pb.h"
#include "loop_service/app/change_case.h"
#include "loop_service/app/playbook_cache.h"
#include "loop_service/domain/case_link.h"
#include "platform/db/session.h"
#include "platform/rpc/write.h"

namespace hoiam::loop {

class CaseStatus {
 public:
  // All must outlive it.
  CaseStatus(db::Pool& pool, rpc::Writer& writer, PlaybookCache& playbooks, const CaseLinks& links)
      : pool_(pool), writer_(writer), playbooks_(playbooks), links_(links) {}

  absl::StatusOr<pb::CaseStatusPage> Get(const rpc::CallContext& ctx, const pb::GetCaseStatusRequest& q);
  // Both block before they submit.
  void Write(const rpc::CallContext& ctx, const pb::WriteCaseStatusRequest& q, rpc::Reply<pb::CaseStatusPage> reply);
  void Confirm(const rpc::CallContext& ctx, const pb::ConfirmCaseStatusRequest& q,
               rpc::Reply<pb::CaseStatusPage> reply);

 private:
  struct Visit;
  absl::StatusOr<Visit> Open(const rpc::CallContext& ctx, const std::string& token) const;
  // Decides `change`, which answers the case after it and adds to the messages.
  using Change = std::function<absl::StatusOr<Case>(db::UnitOfWork&, const Playbook&, std::vector<pb::CaseMessage>&,
                                                    absl::Time now)>;
  void Submit(const Visit& visit, const google::protobuf::Message& request, const std::string& message_id,
              Change change, rpc::Reply<pb::CaseStatusPage> reply);

  db::Pool& pool_;
  rpc::Writer& writer_;
  PlaybookCache& playbooks_;
  const CaseLinks& links_;
};

}  // namespace hoiam::loop
