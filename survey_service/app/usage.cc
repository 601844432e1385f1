#include "survey_service/app/usage.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "platform/base/text.h"
#include "survey_service/app/ask_step.h"
#include "survey_service/app/customer_step.h"
#include "survey_service/app/invitation_step.h"
#include "survey_service/app/paging.h"
#include "survey_service/app/stored.h"
#include "survey_service/convert/event.h"
#include "survey_service/convert/times.h"
#include "survey_service/convert/usage.h"
#include "survey_service/errors.h"
#include "survey_service/limits.h"
#include "survey_service/store/customer_reader.h"
#include "survey_service/store/customer_rows.h"
#include "survey_service/store/usage_reader.h"

namespace hoiam::survey {
namespace {

// One statement on its way in.
struct Recording {
  std::string tenant;
  NewUsage in;
  std::string before_late;  // what the item's status was before, for one that is older than where the item stands
  const LinkMaker* links;

  const std::string& customer_id() const { return in.usage.customer_id(); }
};

void Want(const Recording& r, db::UnitOfWork& uow) {
  WantCustomer(uow, r.tenant, r.customer_id());
  uow.Want<UsageRecordRow>({r.tenant, r.in.usage.usage_id()});
  uow.Want<UsageItemRow>({r.tenant, r.customer_id(), r.in.usage.item()});
  WantAsking(uow, r.tenant, r.customer_id());
  const auto* stored = uow.Find<UsageRecordRow>({r.tenant, r.in.usage.usage_id()});
  if (stored && !stored->dispatch.empty()) WantAsks(uow, r.tenant, r.customer_id());
}

absl::StatusOr<v1::RecordUsageResponse> Repeat(const Recording& r, const UsageRecordRow& row, db::UnitOfWork& uow,
                                               absl::Time now) {
  if (row.fingerprint != r.in.fingerprint) return IdReused("usageId", row.usage_id);
  HOIAM_ASSIGN_OR_RETURN(auto out, Parse<v1::RecordUsageResponse>(row.dispatch));
  HOIAM_ASSIGN_OR_RETURN(*out.mutable_usage(), Parse<v1::Usage>(row.body));
  if (out.dispatch().empty()) return out;
  HOIAM_ASSIGN_OR_RETURN(const v1::Customer customer, FindCustomer(uow, r.tenant, r.customer_id(), now));
  FillLinks(uow, r.tenant, *r.links, customer, false, *out.mutable_dispatch());
  return out;
}

absl::StatusOr<v1::RecordUsageResponse> Decide(const Recording& r, db::UnitOfWork& uow, absl::Time now) {
  if (const auto* row = uow.Find<UsageRecordRow>({r.tenant, r.in.usage.usage_id()})) return Repeat(r, *row, uow, now);
  HOIAM_ASSIGN_OR_RETURN(const v1::Customer customer, UpsertCustomer(uow, r.tenant, r.customer_id(), nullptr, now));

  event::v1::Event event = NewEvent(r.tenant, r.customer_id(), now);
  v1::Usage& usage = *event.mutable_usage()->mutable_usage();
  usage = r.in.usage;
  if (!usage.has_occurred_at()) SetTime(now, usage.mutable_occurred_at());
  SetTime(now, usage.mutable_create_time());
  v1::Usage stands;
  if (const auto* row = uow.Find<UsageItemRow>({r.tenant, r.customer_id(), usage.item()})) {
    HOIAM_ASSIGN_OR_RETURN(stands, Parse<v1::Usage>(row->body));
  }
  const absl::Time occurred_at = ToTime(usage.occurred_at());
  const bool late = stands.has_occurred_at() && occurred_at < ToTime(stands.occurred_at());
  usage.set_previous_status(late ? r.before_late : stands.status());
  if (!late) uow.Put(UsageItemRow{r.tenant, r.customer_id(), usage.item(), usage.SerializeAsString()});
  uow.Emit(event.SerializeAsString());

  v1::RecordUsageResponse out;
  if (!late && usage.status() != stands.status()) {
    Occasion occasion;
    occasion.on = v1::TriggerEvent::USAGE_CHANGED;
    occasion.id = usage.usage_id();
    occasion.at = occurred_at;
    occasion.usage = &usage;
    HOIAM_ASSIGN_OR_RETURN(*out.mutable_dispatch(), AskAbout(uow, r.tenant, *r.links, customer, occasion, now));
  }
  uow.Put(UsageRecordRow{r.tenant, usage.usage_id(), r.customer_id(), occurred_at, r.in.fingerprint,
                         usage.SerializeAsString(), out.SerializeAsString()});
  FillLinks(uow, r.tenant, *r.links, customer, false, *out.mutable_dispatch());
  out.mutable_usage()->Swap(&usage);
  return out;
}

// Of an item that stands later than this statement: the status that it had before.
absl::StatusOr<std::string> StatusBefore(const Deps& deps, const rpc::CallContext& ctx, const v1::Usage& usage) {
  if (!usage.has_occurred_at()) return "";
  HOIAM_ASSIGN_OR_RETURN(const db::TenantDb db, rpc::OpenDb(deps.pool, ctx));
  HOIAM_ASSIGN_OR_RETURN(const auto body, ReadUsageItem(db, usage.customer_id(), usage.item()));
  if (!body) return "";
  HOIAM_ASSIGN_OR_RETURN(const v1::Usage stands, Parse<v1::Usage>(*body));
  if (ToTime(usage.occurred_at()) >= ToTime(stands.occurred_at())) return "";
  HOIAM_ASSIGN_OR_RETURN(const auto older, ListUsage(db, usage.customer_id(),
                                                     UsagePlace{ToTime(usage.occurred_at()), ""}, kMaxUsageLookBack));
  for (const std::string& each : older) {
    HOIAM_ASSIGN_OR_RETURN(const v1::Usage before, Parse<v1::Usage>(each));
    if (before.item() == usage.item()) return before.status();
  }
  return "";
}

std::vector<v1::Usage> PageOf(std::vector<v1::Usage> all, const std::optional<TimePlace>& before, size_t limit) {
  const auto place = [](const v1::Usage& u) { return std::pair(ToTime(u.occurred_at()), u.usage_id()); };
  std::sort(all.begin(), all.end(), [&](const auto& a, const auto& b) { return place(a) > place(b); });
  if (before) {
    all.erase(std::remove_if(all.begin(), all.end(),
                             [&](const auto& u) { return place(u) >= std::pair(before->time, before->id); }),
              all.end());
  }
  if (all.size() > limit) all.resize(limit);
  return all;
}

}  // namespace

void RecordUsage(const Deps& deps, const rpc::CallContext& ctx, const v1::RecordUsageRequest& q,
                 rpc::Reply<v1::RecordUsageResponse> reply) {
  Violations v;
  auto r = std::make_shared<Recording>(Recording{ctx.tenant, ReadUsage(q, deps.clock.Now(), v), "", &deps.links});
  if (!v.empty()) return reply(v.ToStatus(), {});
  auto before = StatusBefore(deps, ctx, r->in.usage);
  if (!before.ok()) return reply(before.status(), {});
  r->before_late = *std::move(before);
  rpc::Write<v1::RecordUsageResponse> w;
  w.subject = r->customer_id();
  w.bytes = 2 * q.ByteSizeLong() + 256;
  w.want = [r](db::UnitOfWork& uow) { Want(*r, uow); };
  w.decide = [r](db::UnitOfWork& uow, absl::Time now) { return Decide(*r, uow, now); };
  deps.writer.Submit(ctx, q, std::move(w), std::move(reply));
}

absl::StatusOr<v1::ListUsageResponse> ListUsage(const Deps& deps, const rpc::CallContext& ctx,
                                                const v1::ListUsageRequest& q) {
  Violations v;
  CheckClientId(q.customer_id(), "customerId", v);
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  HOIAM_ASSIGN_OR_RETURN(const int size, CheckPageSize(q.page_size()));
  const std::string query = absl::StrCat("usage/", ctx.tenant, "/", q.current_only(), "/", q.customer_id());
  HOIAM_ASSIGN_OR_RETURN(const auto place, DecodePlace(query, q.page_token()));
  HOIAM_ASSIGN_OR_RETURN(const db::TenantDb db, rpc::OpenDb(deps.pool, ctx));
  HOIAM_ASSIGN_OR_RETURN(const auto customer, ReadCustomer(db, q.customer_id()));
  if (!customer) return CustomerNotFound(q.customer_id());
  std::optional<UsagePlace> before;
  if (place) before = UsagePlace{place->time, place->id};
  HOIAM_ASSIGN_OR_RETURN(const auto bodies, q.current_only() ? ListUsageItems(db, q.customer_id())
                                                             : ListUsage(db, q.customer_id(), before, size + 1));
  std::vector<v1::Usage> all;
  for (const std::string& body : bodies) {
    HOIAM_ASSIGN_OR_RETURN(v1::Usage u, Parse<v1::Usage>(body));
    all.push_back(std::move(u));
  }
  all = PageOf(std::move(all), place, size + 1);
  v1::ListUsageResponse page;
  for (v1::Usage& u : all) {
    if (page.usage_size() == size) {
      const v1::Usage& last = page.usage(size - 1);
      page.set_next_page_token(EncodePlace(query, {ToTime(last.occurred_at()), last.usage_id()}));
      break;
    }
    page.add_usage()->Swap(&u);
  }
  return page;
}

}  // namespace hoiam::survey
