// The verbs: what people do to a case, decided under its partition's lock.
#pragma once

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "google/protobuf/message.h"
#include "hoiam/loop/v1/loop_service.pb.h"
#include "loop_service/app/playbook_cache.h"
#include "loop_service/domain/case_command.h"
#include "platform/db/session.h"
#include "platform/db/unit_of_work.h"
#include "platform/rpc/write.h"

namespace hoiam::loop {

namespace pb = hoiam::loop::v1;

class CaseChanger {
 public:
  CaseChanger(db::Pool& pool, rpc::Writer& writer, PlaybookCache& playbooks)
      : pool_(pool), writer_(writer), playbooks_(playbooks) {}

  // Looks up whose case it is (blocks), then submits the change. `request` is what the caller sent, for replays.
  void Change(const rpc::CallContext& ctx, const google::protobuf::Message& request, CaseCall call,
              rpc::Reply<pb::CaseChangeResponse> reply);

 private:
  db::Pool& pool_;
  rpc::Writer& writer_;
  PlaybookCache& playbooks_;
};

// The decision itself: the case after the change, or why not. Errors are those of errors.h.
absl::StatusOr<Case> DecideChange(db::UnitOfWork& uow, const std::string& tenant, absl::string_view actor,
                                  const CaseCall& call, const Playbook& playbook, absl::Time now);

}  // namespace hoiam::loop
