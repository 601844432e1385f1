#include "loop_service/app/offers.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "loop_service/app/case_book.h"
#include "loop_service/convert/offer.h"
#include "loop_service/domain/offer.h"
#include "loop_service/errors.h"
#include "loop_service/store/offer_rows.h"
#include "loop_service/store/rows.h"
#include "platform/base/ids.h"
#include "platform/base/page_token.h"
#include "platform/base/status.h"
#include "platform/rpc/tenant_db.h"

namespace hoiam::loop {
namespace {

void WantObstacles(db::UnitOfWork& uow, const std::string& tenant, const std::string& customer) {
  uow.Want<OpenInteractionRow>({tenant, customer});
  const db::Values key = OpenCaseKey(tenant, customer, CaseKind::kDetractor);
  uow.Want<OpenCaseRow>(key);
  if (const auto* open = uow.Find<OpenCaseRow>(key)) uow.Want<CaseRow>({tenant, open->case_id});
}

Obstacle FindObstacle(db::UnitOfWork& uow, const std::string& tenant, const std::string& customer,
                      const CasePolicy& policy, absl::Time now) {
  std::optional<OpenDetractorCase> open_case;
  if (const auto* open = uow.Find<OpenCaseRow>(OpenCaseKey(tenant, customer, CaseKind::kDetractor))) {
    // A case that was opened in this very batch was not there when rows were wanted: it is new.
    const db::Values key = {tenant, open->case_id};
    const auto* row = uow.Wanted<CaseRow>(key) ? uow.Find<CaseRow>(key) : nullptr;
    open_case = OpenDetractorCase{UuidToString(open->case_id), row ? row->create_time : now};
  }
  std::vector<OpenInteraction> interactions;
  for (const auto* row : uow.List<OpenInteractionRow>({tenant, customer}))
    interactions.push_back({row->interaction_id, row->type, row->occurred_at});
  return WhatBlocks(open_case, interactions, policy.complaint_open_for, now);
}

absl::StatusOr<pb::CheckOfferResponse> Decide(db::UnitOfWork& uow, const rpc::CallContext& ctx,
                                              const pb::CheckOfferRequest& q, const CasePolicy& policy,
                                              absl::Time now) {
  const Obstacle obstacle = FindObstacle(uow, ctx.tenant, q.customer_id(), policy, now);
  pb::CheckOfferResponse response;
  response.set_allowed(obstacle.block == OfferBlock::kNone);
  if (response.allowed()) return response;
  const auto& roles = policy.override_roles;
  if (!q.override_reason().empty()) {
    if (std::find(roles.begin(), roles.end(), ctx.role) == roles.end()) return OverrideNotAllowed();
    response.set_overridden(true);
    response.set_allowed(true);
  }
  const std::string id = NewUuid(now);
  const pb::OfferCheck check = ToRecord(id, q, obstacle, ctx.principal, now);
  uow.Put(OfferCheckRow{ctx.tenant, id, q.customer_id(), check.overridden(), now, check.SerializeAsString()});
  SetRefusal(check, obstacle.since, response);
  return response;
}

std::string QueryOf(const rpc::CallContext& ctx, const pb::ListOfferChecksRequest& q) {
  return absl::StrCat("ListOfferChecks\n", ctx.tenant, "\n", q.filter());
}

absl::StatusOr<std::optional<OfferCheckPosition>> DecodePosition(const std::string& query, absl::string_view token) {
  HOIAM_ASSIGN_OR_RETURN(const std::vector<std::string> key, DecodePageToken(query, token));
  if (key.empty()) return std::optional<OfferCheckPosition>();
  int64_t micros = 0;
  if (key.size() != 2 || !absl::SimpleAtoi(key[0], &micros))
    return absl::InternalError("a page token of another shape");
  return std::optional(OfferCheckPosition{absl::FromUnixMicros(micros), key[1]});
}

}  // namespace

void Offers::Check(const rpc::CallContext& ctx, const pb::CheckOfferRequest& q,
                   rpc::Reply<pb::CheckOfferResponse> reply) {
  if (absl::Status s = CheckOffer(q); !s.ok()) return reply(std::move(s), {});
  rpc::Write<pb::CheckOfferResponse> write;
  write.subject = q.customer_id();
  write.bytes = 256 + q.ByteSizeLong();
  write.want = [this, tenant = ctx.tenant, customer = q.customer_id()](db::UnitOfWork& uow) {
    playbooks_.Want(uow, tenant);
    WantObstacles(uow, tenant, customer);
  };
  write.decide = [this, ctx, q](db::UnitOfWork& uow, absl::Time now) -> absl::StatusOr<pb::CheckOfferResponse> {
    HOIAM_ASSIGN_OR_RETURN(const std::shared_ptr<const Playbook> playbook, playbooks_.Of(uow, ctx.tenant));
    return Decide(uow, ctx, q, playbook->policy(), now);
  };
  writer_.Submit(ctx, q, std::move(write), std::move(reply));
}

absl::StatusOr<pb::ListOfferChecksResponse> Offers::List(const rpc::CallContext& ctx,
                                                         const pb::ListOfferChecksRequest& q) {
  const std::string query = QueryOf(ctx, q);
  HOIAM_ASSIGN_OR_RETURN(const int page_size, CheckPageSize(q.page_size()));
  HOIAM_ASSIGN_OR_RETURN(const auto after, DecodePosition(query, q.page_token()));
  HOIAM_ASSIGN_OR_RETURN(const Filter filter, ParseOfferFilter(q.filter()));
  HOIAM_ASSIGN_OR_RETURN(const OfferCheckCondition condition, MakeOfferCheckCondition(filter));
  HOIAM_ASSIGN_OR_RETURN(const db::TenantDb db, rpc::OpenDb(pool_, ctx));
  HOIAM_ASSIGN_OR_RETURN(auto rows, ListOfferChecks(db, condition, after, page_size + 1));
  pb::ListOfferChecksResponse response;
  if (rows.size() > static_cast<size_t>(page_size)) {
    rows.resize(page_size);
    response.set_next_page_token(
        EncodePageToken(query, {absl::StrCat(absl::ToUnixMicros(rows.back().create_time)), rows.back().check_id}));
  }
  for (const OfferCheckRow& row : rows)
    if (!response.add_offer_checks()->ParseFromString(row.body))
      return absl::InternalError("a stored refusal cannot be read");
  return response;
}

void WantOpenInteraction(const hoiam::event::v1::Event& event, db::UnitOfWork& uow) {
  const hoiam::survey::v1::Interaction& i = event.interaction().interaction();
  if (i.type() == kComplaint || i.type() == kReturn)
    uow.Want<OpenInteractionRow>({event.tenant_id(), i.customer_id(), i.interaction_id()});
}

void KeepOpenInteraction(const hoiam::event::v1::Event& event, db::UnitOfWork& uow) {
  const hoiam::survey::v1::Interaction& i = event.interaction().interaction();
  if (i.type() != kComplaint && i.type() != kReturn) return;
  const db::Values key = {event.tenant_id(), i.customer_id(), i.interaction_id()};
  const bool known = uow.Find<OpenInteractionRow>(key) != nullptr;
  const bool open = !i.voided() && !i.has_complete_time();
  if (open && !known)
    uow.Put(OpenInteractionRow{event.tenant_id(), i.customer_id(), i.interaction_id(), i.type(), OccurredAt(i)});
  if (!open && known) uow.Delete<OpenInteractionRow>(key);
}

}  // namespace hoiam::loop
