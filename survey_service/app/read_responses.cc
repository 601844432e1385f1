#include "survey_service/app/read_responses.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "platform/base/filter_match.h"
#include "platform/base/text.h"
#include "survey_service/app/paging.h"
#include "survey_service/app/stored.h"
#include "survey_service/convert/response.h"
#include "survey_service/convert/response_filter.h"
#include "survey_service/convert/times.h"
#include "survey_service/errors.h"
#include "survey_service/limits.h"
#include "survey_service/store/response_reader.h"

namespace hoiam::survey {
namespace {

// A filter in two parts that both hold: what the index of answers answers, and what is looked for in them.
struct SplitFilter {
  Filter indexed, rest;
};

void Add(Filter part, Filter& to) {
  if (to.kind == Filter::Kind::kEverything) {
    to = std::move(part);
    return;
  }
  if (to.kind != Filter::Kind::kAnd) {
    Filter both;
    both.kind = Filter::Kind::kAnd;
    both.parts.push_back(std::move(to));
    to = std::move(both);
  }
  to.parts.push_back(std::move(part));
}

SplitFilter Split(Filter filter) {
  SplitFilter split;
  std::vector<Filter> parts;
  if (filter.kind == Filter::Kind::kAnd)
    parts = std::move(filter.parts);
  else
    parts.push_back(std::move(filter));
  for (Filter& part : parts) Add(std::move(part), IsIndexed(part) ? split.indexed : split.rest);
  return split;
}

}  // namespace

absl::StatusOr<v1::Response> GetResponse(const Deps& deps, const rpc::CallContext& ctx,
                                         const v1::GetResponseRequest& q) {
  Violations v;
  CheckClientId(q.response_id(), "responseId", v);
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  HOIAM_ASSIGN_OR_RETURN(const db::TenantDb db, rpc::OpenDb(deps.pool, ctx));
  HOIAM_ASSIGN_OR_RETURN(const auto body, ReadResponse(db, q.response_id()));
  if (!body) return ResponseNotFound(q.response_id());
  HOIAM_ASSIGN_OR_RETURN(v1::Response r, Parse<v1::Response>(*body));
  FillCounted(r);
  return r;
}

absl::StatusOr<v1::ListResponsesResponse> ListResponses(const Deps& deps, const rpc::CallContext& ctx,
                                                        const v1::ListResponsesRequest& q) {
  HOIAM_ASSIGN_OR_RETURN(const int size, CheckPageSize(q.page_size()));
  HOIAM_ASSIGN_OR_RETURN(Filter filter, ParseFilter(q.filter()));
  HOIAM_RETURN_IF_ERROR(CheckFilter(filter, ResponseFields()));
  const SplitFilter split = Split(std::move(filter));
  const std::string query = absl::StrCat("responses/", ctx.tenant, "/", q.filter());
  HOIAM_ASSIGN_OR_RETURN(const auto place, DecodePlace(query, q.page_token()));
  std::optional<ResponsePlace> before;
  if (place) before = ResponsePlace{place->time, place->id};
  HOIAM_ASSIGN_OR_RETURN(const db::TenantDb db, rpc::OpenDb(deps.pool, ctx));
  v1::ListResponsesResponse page;
  const bool looks = split.rest.kind != Filter::Kind::kEverything;
  const int at_once = looks ? std::max(kLookAtOnce, size + 1) : size + 1;
  const auto token = [&] { page.set_next_page_token(EncodePlace(query, {before->responded_at, before->response_id})); };
  for (int looked = 0; looked < kMaxLookedAt;) {
    HOIAM_ASSIGN_OR_RETURN(const auto bodies, ListResponses(db, split.indexed, before, at_once));
    for (const std::string& body : bodies) {
      HOIAM_ASSIGN_OR_RETURN(v1::Response r, Parse<v1::Response>(body));
      FillCounted(r);
      const bool listed = Matches(split.rest, [&](const Filter& f) { return ResponseValue(r, f); });
      if (listed && page.responses_size() == size) {
        token();
        return page;
      }
      before = ResponsePlace{ToTime(r.responded_at()), r.response_id()};
      if (listed) page.add_responses()->Swap(&r);
    }
    if (static_cast<int>(bodies.size()) < at_once) return page;
    looked += at_once;
  }
  token();
  return page;
}

}  // namespace hoiam::survey
