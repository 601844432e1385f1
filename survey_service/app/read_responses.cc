#include "survey_service/app/read_responses.h"

#include "platform/base/filter.h"
#include "platform/base/text.h"
#include "survey_service/app/paging.h"
#include "survey_service/app/stored.h"
#include "survey_service/convert/times.h"
#include "survey_service/errors.h"
#include "survey_service/store/response_reader.h"

namespace hoiam::survey {

absl::StatusOr<v1::Response> GetResponse(const Deps& deps, const rpc::CallContext& ctx,
                                         const v1::GetResponseRequest& q) {
  Violations v;
  CheckClientId(q.response_id(), "responseId", v);
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  HOIAM_ASSIGN_OR_RETURN(const db::TenantDb db, rpc::OpenDb(deps.pool, ctx));
  HOIAM_ASSIGN_OR_RETURN(const auto body, ReadResponse(db, q.response_id()));
  if (!body) return ResponseNotFound(q.response_id());
  return Parse<v1::Response>(*body);
}

absl::StatusOr<v1::ListResponsesResponse> ListResponses(const Deps& deps, const rpc::CallContext& ctx,
                                                        const v1::ListResponsesRequest& q) {
  HOIAM_ASSIGN_OR_RETURN(const int size, CheckPageSize(q.page_size()));
  HOIAM_ASSIGN_OR_RETURN(const Filter filter, ParseFilter(q.filter()));
  const std::string query = absl::StrCat("responses/", ctx.tenant, "/", q.filter());
  HOIAM_ASSIGN_OR_RETURN(const auto place, DecodePlace(query, q.page_token()));
  std::optional<ResponsePlace> before;
  if (place) before = ResponsePlace{place->time, place->id};
  HOIAM_ASSIGN_OR_RETURN(const db::TenantDb db, rpc::OpenDb(deps.pool, ctx));
  HOIAM_ASSIGN_OR_RETURN(const auto bodies, ListResponses(db, filter, before, size + 1));
  v1::ListResponsesResponse page;
  for (const std::string& body : bodies) {
    if (page.responses_size() == size) {
      const v1::Response& last = page.responses(size - 1);
      page.set_next_page_token(EncodePlace(query, {ToTime(last.responded_at()), last.response_id()}));
      break;
    }
    HOIAM_ASSIGN_OR_RETURN(*page.add_responses(), Parse<v1::Response>(body));
  }
  return page;
}

}  // namespace hoiam::survey
