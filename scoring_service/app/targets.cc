#include "scoring_service/app/targets.h"

#include "platform/base/text.h"
#include "scoring_service/app/setting_change.h"
#include "scoring_service/store/setting_rows.h"

namespace hoiam::scoring {
namespace {

struct Targets {
  using Row = TargetRow;
  using Message = v1::Target;
  static const std::string& Id(const Message& t) { return t.target_id(); }
  static void SetId(const std::string& id, Message& t) { t.set_target_id(id); }
  static absl::Status NotFound(const std::string& id) { return TargetNotFound(id); }
  static Row RowOf(const std::string& tenant, const Message& t) {
    return {tenant, t.target_id(), t.SerializeAsString()};
  }
  static absl::Status CheckAgainst(const std::vector<const Row*>& rows, const Message& target) {
    for (const Row* row : rows) {
      HOIAM_ASSIGN_OR_RETURN(const Message other, ParseStored<Message>(row->body));
      if (other.target_id() != target.target_id() && AimAtTheSame(other, target)) return TargetTaken(other.target_id());
    }
    return absl::OkStatus();
  }
};

}  // namespace

absl::StatusOr<v1::ListTargetsResponse> ListTargets(const View& view) {
  HOIAM_ASSIGN_OR_RETURN(const auto bodies, ReadTargets(view.db));
  v1::ListTargetsResponse out;
  for (const std::string& body : bodies) {
    HOIAM_ASSIGN_OR_RETURN(*out.add_targets(), ParseStored<v1::Target>(body));
  }
  return out;
}

absl::StatusOr<std::vector<TargetScore>> TargetScores(const View& view) {
  HOIAM_ASSIGN_OR_RETURN(const v1::ListTargetsResponse all, ListTargets(view));
  std::vector<TargetScore> scores;
  for (const v1::Target& t : all.targets()) scores.push_back(ToTargetScore(t));
  return scores;
}

void UpdateTarget(const FreshReads& reads, rpc::Writer& writer, const rpc::CallContext& ctx,
                  const v1::UpdateTargetRequest& q, rpc::Reply<v1::Target> reply) {
  ChangeSetting<Targets>(reads, writer, ctx, q, q.target(), std::move(reply));
}

void DeleteTarget(rpc::Writer& writer, const rpc::CallContext& ctx, const v1::DeleteTargetRequest& q,
                  rpc::Reply<google::protobuf::Empty> reply) {
  Violations v;
  CheckSlug(q.target_id(), "targetId", true, v);
  if (!v.empty()) return reply(v.ToStatus(), {});
  rpc::Write<google::protobuf::Empty> w;
  w.subject = kSettingsSubject;
  w.want = [tenant = ctx.tenant](db::UnitOfWork& uow) { uow.Want<TargetRow>({tenant}); };
  w.decide = [tenant = ctx.tenant, id = q.target_id()](db::UnitOfWork& uow,
                                                       absl::Time) -> absl::StatusOr<google::protobuf::Empty> {
    if (!uow.Find<TargetRow>({tenant, id})) return TargetNotFound(id);
    uow.Delete<TargetRow>({tenant, id});
    return google::protobuf::Empty();
  };
  writer.Submit(ctx, q, std::move(w), std::move(reply));
}

}  // namespace hoiam::scoring
