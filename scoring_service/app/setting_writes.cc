#include "scoring_service/app/setting_writes.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "google/protobuf/util/message_differencer.h"
#include "platform/base/status.h"
#include "platform/base/text.h"
#include "scoring_service/app/metric_book.h"
#include "scoring_service/app/stored.h"
#include "scoring_service/convert/settings.h"
#include "scoring_service/convert/time.h"
#include "scoring_service/errors.h"
#include "scoring_service/limits.h"
#include "scoring_service/store/setting_rows.h"
#include "scoring_service/store/sql_time.h"

namespace hoiam::scoring {
namespace {

// All of a tenant's settings of a kind are decided in one place: they are counted, and held against each other.
constexpr char kSettingsSubject[] = "settings";

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

struct Improvements {
  using Row = ImprovementRow;
  using Message = v1::Improvement;
  static const std::string& Id(const Message& i) { return i.improvement_id(); }
  static void SetId(const std::string& id, Message& i) { i.set_improvement_id(id); }
  static absl::Status NotFound(const std::string& id) { return ImprovementNotFound(id); }
  static Row RowOf(const std::string& tenant, const Message& i) {
    return {tenant, i.improvement_id(), ToSqlTime(ToTime(i.start_time())), i.SerializeAsString()};
  }
  static absl::Status CheckAgainst(const std::vector<const Row*>&, const Message&) { return absl::OkStatus(); }
};

// What targets and improvements differ in: `Kind` has Row, Message, Id, NotFound, RowOf, and a Check against the
// others.
template <class Kind, class Request>
void ChangeSetting(const FreshReads& reads, rpc::Writer& writer, const rpc::CallContext& ctx, const Request& q,
                   const typename Kind::Message& source, rpc::Reply<typename Kind::Message> reply) {
  using Message = typename Kind::Message;
  using Row = typename Kind::Row;
  Violations v;
  const Patch patch = ReadSettingPatch(source, q.has_update_mask() ? &q.update_mask() : nullptr, v);
  if (!v.empty()) return reply(v.ToStatus(), {});
  const auto read_book = [&]() -> absl::StatusOr<MetricBook> {
    HOIAM_ASSIGN_OR_RETURN(const View view, reads.Open(ctx, {}));
    return ReadMetricBook(view);
  };
  auto book = read_book();
  if (!book.ok()) return reply(book.status(), {});

  rpc::Write<Message> w;
  w.subject = kSettingsSubject;
  w.bytes = 2 * source.ByteSizeLong() + 256;
  w.want = [tenant = ctx.tenant](db::UnitOfWork& uow) { uow.Want<Row>({tenant}); };
  w.decide = [tenant = ctx.tenant, patch, source = &source, may_make = q.allow_missing(),
              book = std::make_shared<const MetricBook>(*std::move(book))](db::UnitOfWork& uow,
                                                                           absl::Time) -> absl::StatusOr<Message> {
    const std::string& id = Kind::Id(*source);
    Message before;
    const Row* row = uow.Find<Row>({tenant, id});
    if (!row && !may_make) return Kind::NotFound(id);
    if (row) {
      HOIAM_ASSIGN_OR_RETURN(before, ParseStored<Message>(row->body));
    } else if (uow.List<Row>({tenant}).size() >= kMaxSettings) {
      return TooManySettings();
    } else {
      Kind::SetId(id, before);
    }
    Message after = before;
    ApplyPatch(*source, patch, after);
    Violations bad;
    CheckSetting(after, *book, bad);
    HOIAM_RETURN_IF_ERROR(bad.ToStatus());
    if (row && google::protobuf::util::MessageDifferencer::Equals(before, after)) return after;
    HOIAM_RETURN_IF_ERROR(Kind::CheckAgainst(uow.List<Row>({tenant}), after));
    after.set_revision(before.revision() + 1);
    uow.Put(Kind::RowOf(tenant, after));
    return after;
  };
  writer.Submit(ctx, q, std::move(w), std::move(reply));
}

}  // namespace

void SettingWrites::UpdateTarget(const rpc::CallContext& ctx, const v1::UpdateTargetRequest& q,
                                 rpc::Reply<v1::Target> reply) const {
  ChangeSetting<Targets>(reads_, writer_, ctx, q, q.target(), std::move(reply));
}

void SettingWrites::UpdateImprovement(const rpc::CallContext& ctx, const v1::UpdateImprovementRequest& q,
                                      rpc::Reply<v1::Improvement> reply) const {
  ChangeSetting<Improvements>(reads_, writer_, ctx, q, q.improvement(), std::move(reply));
}

void SettingWrites::DeleteTarget(const rpc::CallContext& ctx, const v1::DeleteTargetRequest& q,
                                 rpc::Reply<google::protobuf::Empty> reply) const {
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
  writer_.Submit(ctx, q, std::move(w), std::move(reply));
}

}  // namespace hoiam::scoring
