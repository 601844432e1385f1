// The verbs: what people do to a case, decided under its partition's lock.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "google/protobuf/message.h"
#include "hoiam/loop/v1/loop_service.pb.h"
#include "loop_service/app/playbook_cache.h"
#include "loop_service/domain/case_command.h"
#include "loop_service/domain/case_link.h"
#include "platform/db/session.h"
#include "platform/db/unit_of_work.h"
#include "platform/rpc/write.h"

namespace hoiam::loop {

namespace pb = hoiam::loop::v1;

// Who calls, as far as cases ask.
struct CaseCaller {
  std::string tenant;
  std::string actor;               // as the history names them
  std::vector<std::string> teams;  // bound to these and those below them; empty: to none
};
CaseCaller CallerOf(const rpc::CallContext& ctx);

// A case that was wanted. NOT_FOUND when there is none, or when it is of a team that the caller does not see.
absl::StatusOr<Case> LoadVisible(db::UnitOfWork& uow, const CaseCaller& caller, const Playbook& playbook,
                                 const std::string& case_id);
// VERSION_MISMATCH when the caller saw another version than the case has; 0 saw any.
absl::Status CheckVersionSeen(const Case& c, int64_t version);
// A refusal of domain/case_command.h as callers are told.
absl::Status ToStatus(Refusal refusal, const Case& c, CaseVerb verb);

class CaseChanger {
 public:
  CaseChanger(db::Pool& pool, rpc::Writer& writer, PlaybookCache& playbooks, const CaseLinks& links)
      : pool_(pool), writer_(writer), playbooks_(playbooks), links_(links) {}

  // Looks up whose case it is (blocks), then submits the change. `request` is what the caller sent, for replays.
  void Change(const rpc::CallContext& ctx, const google::protobuf::Message& request, CaseCall call,
              rpc::Reply<pb::CaseChangeResponse> reply);
  // Opens a case by hand.
  void Change(const rpc::CallContext& ctx, const google::protobuf::Message& request, OpenByHand call,
              rpc::Reply<pb::CaseChangeResponse> reply);

 private:
  pb::CaseChangeResponse Show(const CaseCaller& caller, const Case& c, absl::Time now) const;

  db::Pool& pool_;
  rpc::Writer& writer_;
  PlaybookCache& playbooks_;
  const CaseLinks& links_;
};

// The decisions themselves: the case after the change, or why not. Errors are those of errors.h and CheckNames.
absl::StatusOr<Case> DecideChange(db::UnitOfWork& uow, const CaseCaller& caller, const Playbook& playbook,
                                  const CaseCall& call, absl::Time now);
absl::StatusOr<Case> DecideOpening(db::UnitOfWork& uow, const CaseCaller& caller, const Playbook& playbook,
                                   OpenByHand call, absl::Time now);

}  // namespace hoiam::loop
