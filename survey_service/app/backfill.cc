#include "survey_service/app/backfill.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "platform/base/status.h"
#include "platform/db/table_scan.h"
#include "platform/db/tenant_db.h"
#include "survey_service/app/stored.h"
#include "survey_service/convert/event.h"
#include "survey_service/convert/metric.h"
#include "survey_service/store/asking_rows.h"
#include "survey_service/store/customer_rows.h"
#include "survey_service/store/metric_reader.h"
#include "survey_service/store/metric_rows.h"
#include "survey_service/store/next_ask_reader.h"
#include "survey_service/store/rows.h"
#include "survey_service/store/survey_reader.h"

namespace hoiam::survey {
namespace {

constexpr size_t kRows = 250;           // of one statement: all of them are in memory at once
constexpr size_t kMaxVersions = 1'000;  // of surveys, and of metrics, kept in memory

class Everything final : public feed::BackfillReader {
 public:
  explicit Everything(absl::Time now) : now_(now) {}

  absl::StatusOr<uint64_t> About(const db::SystemDb& db) override {
    uint64_t rows = 0;
    for (const db::TableDef* def : {&CustomerRow::Table(), &InteractionRow::Table(), &InvitationRow::Table(),
                                    &ResponseRow::Table(), &UsageRecordRow::Table()}) {
      HOIAM_ASSIGN_OR_RETURN(const int64_t n, db::EstimateRows(db, *def));
      rows += n;
    }
    return rows;
  }

  absl::StatusOr<std::vector<std::string>> Next(const db::SystemDb& db) override {
    events_.clear();
    for (; part_ < parts_.size(); ++part_) {
      HOIAM_RETURN_IF_ERROR(parts_[part_](db));
      if (!events_.empty()) break;
    }
    return std::move(events_);
  }

 private:
  void Add(const event::v1::Event& event) { events_.push_back(event.SerializeAsString()); }

  absl::Status Metrics(const db::SystemDb& db) {
    HOIAM_ASSIGN_OR_RETURN(const auto rows, metrics_.Next(db, kRows));
    for (const MetricVersionRow& row : rows) {
      HOIAM_ASSIGN_OR_RETURN(const auto metric, Parse<v1::Metric>(row.body));
      Add(MetricEvent(row.tenant_id, metric, now_));
    }
    return absl::OkStatus();
  }

  absl::Status Customers(const db::SystemDb& db) {
    HOIAM_ASSIGN_OR_RETURN(const auto rows, customers_.Next(db, kRows));
    for (const CustomerRow& row : rows) {
      HOIAM_ASSIGN_OR_RETURN(const auto customer, Parse<v1::Customer>(row.body));
      Add(CustomerEvent(row.tenant_id, customer, /*just_unsubscribed=*/false, now_));
    }
    return absl::OkStatus();
  }

  absl::Status Interactions(const db::SystemDb& db) {
    HOIAM_ASSIGN_OR_RETURN(const auto rows, interactions_.Next(db, kRows));
    for (const InteractionRow& row : rows) {
      HOIAM_ASSIGN_OR_RETURN(const auto interaction, Parse<v1::Interaction>(row.body));
      Add(InteractionEvent(row.tenant_id, interaction, v1::Effects::RECORD_ONLY, now_));
    }
    return absl::OkStatus();
  }

  absl::Status Invitations(const db::SystemDb& db) {
    HOIAM_ASSIGN_OR_RETURN(const auto rows, invitations_.Next(db, kRows));
    if (rows.empty()) return absl::OkStatus();
    // Read after the invitations: an invitation that changes in between is told again by the log.
    HOIAM_ASSIGN_OR_RETURN(const auto tenant, db::TenantDb::Of(db, rows.front().tenant_id));
    HOIAM_ASSIGN_OR_RETURN(const auto next, ReadNextAsks(tenant, rows.front().customer_id, rows.back().customer_id));
    for (const InvitationRow& row : rows) {
      HOIAM_ASSIGN_OR_RETURN(const auto invitation, Parse<v1::Invitation>(row.body));
      const auto it = next.find(invitation.customer_id());
      Add(InvitationEvent(row.tenant_id, invitation, it == next.end() ? std::nullopt : it->second, now_));
    }
    return absl::OkStatus();
  }

  absl::Status Responses(const db::SystemDb& db) {
    HOIAM_ASSIGN_OR_RETURN(const auto rows, responses_.Next(db, kRows));
    for (const ResponseRow& row : rows) {
      event::v1::Event event = NewEvent(row.tenant_id, row.customer_id, now_);
      auto& changed = *event.mutable_response();
      HOIAM_ASSIGN_OR_RETURN(*changed.mutable_response(), Parse<v1::Response>(row.body));
      HOIAM_ASSIGN_OR_RETURN(const v1::Survey* survey, AskedWith(db, row.tenant_id, changed.response()));
      if (survey) SetQuestions(*survey, changed);
      HOIAM_ASSIGN_OR_RETURN(const MetricPtr metric, CountedBy(db, row.tenant_id, changed.response()));
      if (metric && changed.response().has_score())
        changed.set_band(std::string(BandOf(*metric, changed.response().score())));
      Add(event);
    }
    return absl::OkStatus();
  }

  absl::Status Usages(const db::SystemDb& db) {
    HOIAM_ASSIGN_OR_RETURN(const auto rows, usages_.Next(db, kRows));
    for (const UsageRecordRow& row : rows) {
      event::v1::Event event = NewEvent(row.tenant_id, row.customer_id, now_);
      HOIAM_ASSIGN_OR_RETURN(*event.mutable_usage()->mutable_usage(), Parse<v1::Usage>(row.body));
      Add(event);
    }
    return absl::OkStatus();
  }

  // The version of its survey that an answer was asked with; nullptr: none.
  absl::StatusOr<const v1::Survey*> AskedWith(const db::SystemDb& db, const std::string& tenant,
                                              const v1::Response& r) {
    if (r.survey_id().empty()) return nullptr;
    const auto key = std::make_tuple(tenant, r.survey_id(), r.survey_version());
    auto it = asked_with_.find(key);
    if (it == asked_with_.end()) {
      HOIAM_ASSIGN_OR_RETURN(const auto of_tenant, db::TenantDb::Of(db, tenant));
      HOIAM_ASSIGN_OR_RETURN(const auto body, ReadSurveyVersion(of_tenant, r.survey_id(), r.survey_version()));
      std::optional<v1::Survey> survey;
      if (body) {
        HOIAM_ASSIGN_OR_RETURN(survey, Parse<v1::Survey>(*body));
      }
      if (asked_with_.size() >= kMaxVersions) asked_with_.clear();
      it = asked_with_.emplace(key, std::move(survey)).first;
    }
    return it->second ? &*it->second : nullptr;
  }

  // The version of its metric by which an answer counts; nullptr: none.
  absl::StatusOr<MetricPtr> CountedBy(const db::SystemDb& db, const std::string& tenant, const v1::Response& r) {
    if (MetricPtr metric = FindBuiltInMetric(r.metric()); metric || r.metric().empty()) return metric;
    const auto key = std::make_tuple(tenant, r.metric(), int64_t{r.metric_version()});
    auto it = counted_by_.find(key);
    if (it == counted_by_.end()) {
      HOIAM_ASSIGN_OR_RETURN(const auto of_tenant, db::TenantDb::Of(db, tenant));
      HOIAM_ASSIGN_OR_RETURN(const auto body, ReadMetricVersion(of_tenant, r.metric(), r.metric_version()));
      MetricPtr metric;
      if (body) {
        HOIAM_ASSIGN_OR_RETURN(const auto m, Parse<v1::Metric>(*body));
        metric = std::make_shared<const Metric>(ToMetric(m));
      }
      if (counted_by_.size() >= kMaxVersions) counted_by_.clear();
      it = counted_by_.emplace(key, std::move(metric)).first;
    }
    return it->second;
  }

  const absl::Time now_;
  db::TableScan<MetricVersionRow> metrics_;
  db::TableScan<CustomerRow> customers_;
  db::TableScan<InteractionRow> interactions_;
  db::TableScan<InvitationRow> invitations_;
  db::TableScan<ResponseRow> responses_;
  db::TableScan<UsageRecordRow> usages_;
  using Version = std::tuple<std::string, std::string, int64_t>;  // tenant, id, number
  std::map<Version, std::optional<v1::Survey>> asked_with_;
  std::map<Version, MetricPtr> counted_by_;

  using Part = std::function<absl::Status(const db::SystemDb&)>;
  const std::vector<Part> parts_ = {
      [this](const auto& db) { return Metrics(db); },      [this](const auto& db) { return Customers(db); },
      [this](const auto& db) { return Interactions(db); }, [this](const auto& db) { return Invitations(db); },
      [this](const auto& db) { return Responses(db); },    [this](const auto& db) { return Usages(db); }};
  size_t part_ = 0;
  std::vector<std::string> events_;
};

}  // namespace

std::unique_ptr<feed::BackfillReader> ReadEverything(const Clock& clock) {
  return std::make_unique<Everything>(clock.Now());
}

}  // namespace hoiam::survey
