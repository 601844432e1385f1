#include "loop_service/app/read_cases.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "loop_service/convert/case_filter.h"
#include "loop_service/convert/case_proto.h"
#include "loop_service/convert/case_requests.h"
#include "loop_service/convert/loop_rate.h"
#include "loop_service/errors.h"
#include "loop_service/limits.h"
#include "loop_service/store/case_reader.h"
#include "loop_service/store/fact_rows.h"
#include "platform/base/page_token.h"
#include "platform/base/status.h"
#include "platform/db/event_log.h"
#include "platform/feed/token.h"
#include "platform/rpc/tenant_db.h"

namespace hoiam::loop {
namespace {

// Adds the violations of a failed check to those found so far.
template <class T>
T Collect(absl::StatusOr<T> checked, Violations& v) {
  if (checked.ok()) return *std::move(checked);
  if (const auto detail = DetailOf(checked.status()))
    for (const Violation& x : detail->violations) v.Add(x.field, x.reason, x.description, x.metadata);
  return T();
}

std::string QueryOf(const rpc::CallContext& ctx, const pb::ListCasesRequest& q) {
  return absl::StrCat("ListCases\n", ctx.tenant, "\n", absl::StrJoin(ctx.teams, ","), "\n", q.filter());
}

std::string EncodePosition(const std::string& query, const CasePosition& p) {
  return EncodePageToken(query, {absl::StrCat(absl::ToUnixMicros(p.create_time)), p.case_id});
}

absl::StatusOr<std::optional<CasePosition>> DecodePosition(const std::string& query, absl::string_view token) {
  HOIAM_ASSIGN_OR_RETURN(const std::vector<std::string> key, DecodePageToken(query, token));
  if (key.empty()) return std::optional<CasePosition>();
  int64_t micros = 0;
  if (key.size() != 2 || !absl::SimpleAtoi(key[0], &micros))
    return absl::InternalError("a page token of another shape");
  return std::optional(CasePosition{absl::FromUnixMicros(micros), key[1]});
}

// The caller's positions and where this service's own log ends: with both, whoever follows loop has what was read here.
absl::StatusOr<std::string> TokenFor(std::vector<hoiam::feed::v1::Position> positions, const db::TenantDb& db) {
  HOIAM_ASSIGN_OR_RETURN(const std::vector<db::LogPosition> ends, db::ReadLogEnds(db));
  for (const db::LogPosition& end : ends) {
    hoiam::feed::v1::Position& p = positions.emplace_back();
    p.set_source("loop");
    p.set_partition(end.partition);
    p.set_epoch(end.epoch);
    p.set_seq(end.seq);
  }
  return feed::EncodeToken(positions);
}

}  // namespace

absl::StatusOr<pb::Case> CaseReads::Get(const rpc::CallContext& ctx, const pb::GetCaseRequest& q) {
  HOIAM_ASSIGN_OR_RETURN(const std::string id, ParseCaseId(q.case_id()));
  HOIAM_ASSIGN_OR_RETURN(const db::TenantDb db, rpc::OpenDb(pool_, ctx));
  HOIAM_ASSIGN_OR_RETURN(const auto body, FindCase(db, id));
  if (!body) return CaseNotFound(q.case_id());
  HOIAM_ASSIGN_OR_RETURN(const Case c, FromStored(*body));
  if (!ctx.teams.empty()) {
    HOIAM_ASSIGN_OR_RETURN(const std::shared_ptr<const Playbook> playbook, playbooks_.Read(db));
    if (!playbook->IsWithin(c.team, ctx.teams)) return CaseNotFound(q.case_id());
  }
  pb::Case shown = ToShown(c, clock_.Now());
  shown.set_status_link(links_.StatusLink(ctx.tenant, c.case_id));
  return shown;
}

absl::StatusOr<pb::ListCasesResponse> CaseReads::List(const rpc::CallContext& ctx, const pb::ListCasesRequest& q) {
  Violations v;
  const std::string query = QueryOf(ctx, q);
  const int page_size = Collect(CheckPageSize(q.page_size()), v);
  const auto after = Collect(DecodePosition(query, q.page_token()), v);
  const Filter filter = Collect(ParseCaseFilter(q.filter()), v);
  Collect(MakeCaseCondition(filter), v);
  auto positions = Collect(feed::DecodeTokens({q.consistency_token().begin(), q.consistency_token().end()}), v);
  HOIAM_RETURN_IF_ERROR(v.ToStatus());

  HOIAM_ASSIGN_OR_RETURN(const db::TenantDb db, rpc::OpenDb(pool_, ctx));
  HOIAM_RETURN_IF_ERROR(survey_.WaitFor(positions, ctx.deadline, db));
  HOIAM_ASSIGN_OR_RETURN(const std::shared_ptr<const Playbook> playbook, playbooks_.Read(db));
  HOIAM_ASSIGN_OR_RETURN(const CaseCondition condition, MakeCaseCondition(OfTeams(filter, ctx.teams, *playbook)));
  HOIAM_ASSIGN_OR_RETURN(const CasePage page, ListCases(db, condition, after, page_size, kMaxPageBytes));
  pb::ListCasesResponse response;
  const absl::Time now = clock_.Now();
  for (const StoredCase& stored : page.cases) {
    HOIAM_ASSIGN_OR_RETURN(const Case c, FromStored(stored.body));
    *response.add_cases() = ToShown(c, now);
  }
  if (page.more) response.set_next_page_token(EncodePosition(query, page.cases.back().position));
  if (!positions.empty()) {
    HOIAM_ASSIGN_OR_RETURN(*response.mutable_consistency_token(), TokenFor(std::move(positions), db));
  }
  return response;
}

absl::StatusOr<pb::GetLoopRateResponse> CaseReads::LoopRate(const rpc::CallContext& ctx,
                                                            const pb::GetLoopRateRequest& q) {
  const absl::Time now = clock_.Now();
  HOIAM_ASSIGN_OR_RETURN(const LoopRateQuery query, ParseLoopRate(q, now));
  HOIAM_ASSIGN_OR_RETURN(const db::TenantDb db, rpc::OpenDb(pool_, ctx));
  HOIAM_ASSIGN_OR_RETURN(const std::shared_ptr<const Playbook> playbook, playbooks_.Read(db));
  const Filter filter = OfTeams(query.filter, ctx.teams, *playbook);
  LoopCounter counter(now);
  size_t cases = 0;
  HOIAM_RETURN_IF_ERROR(ReadFacts(db, query.start, query.end, kMaxLoopRateCases + 1, [&](const CaseFact& fact) {
    ++cases;
    if (Matches(filter, fact)) counter.Add(fact, GroupOf(query.by, fact));
  }));
  if (cases > kMaxLoopRateCases) return TooManyCases();
  std::vector<loop::LoopRate> rates = counter.Rates();
  if (rates.empty() && query.by == LoopRateQuery::By::kAll) rates.emplace_back();
  pb::GetLoopRateResponse response;
  for (const loop::LoopRate& rate : rates) ToProto(rate, *response.add_rows());
  return response;
}

}  // namespace hoiam::loop
