#include "loop_service/app/list_catalogue.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "loop_service/convert/playbook.h"
#include "loop_service/domain/catalogue.h"
#include "platform/base/page_token.h"
#include "platform/base/status.h"

namespace hoiam::loop {
namespace {

template <class Map>
auto Rows(const Map& map) {
  std::vector<typename Map::mapped_type> rows;
  for (const auto& [id, row] : map) rows.push_back(row);
  return rows;
}

// Calls `add` for the rows of one page; answers the next page's token.
template <class Row, class Request, class Add>
absl::StatusOr<std::string> Page(absl::string_view list, absl::Span<const Row> rows, const Request& q, Add add) {
  HOIAM_ASSIGN_OR_RETURN(const size_t page_size, CheckPageSize(q.page_size()));
  HOIAM_ASSIGN_OR_RETURN(const std::vector<std::string> after, DecodePageToken(list, q.page_token()));
  if (!after.empty()) {
    const auto next = std::upper_bound(rows.begin(), rows.end(), absl::string_view(after[0]),
                                       [](absl::string_view id, const Row& row) { return id < row.id; });
    rows.remove_prefix(next - rows.begin());
  }
  const auto page = rows.subspan(0, page_size);
  for (const Row& row : page) add(row);
  return page.size() == rows.size() ? "" : EncodePageToken(list, {std::string(page.back().id)});
}

}  // namespace

absl::StatusOr<pb::ListRootCausesResponse> ListRootCauses(const rpc::CallContext&, const pb::ListRootCausesRequest& q) {
  pb::ListRootCausesResponse response;
  HOIAM_ASSIGN_OR_RETURN(*response.mutable_next_page_token(),
                         Page("ListRootCauses", absl::MakeConstSpan(Rows(BuiltInParts().causes)), q,
                              [&](const RootCause& row) { *response.add_root_causes() = ToProto(row); }));
  return response;
}

absl::StatusOr<pb::ListTeamsResponse> ListTeams(const rpc::CallContext&, const pb::ListTeamsRequest& q) {
  pb::ListTeamsResponse response;
  HOIAM_ASSIGN_OR_RETURN(*response.mutable_next_page_token(),
                         Page("ListTeams", absl::MakeConstSpan(Rows(BuiltInParts().teams)), q,
                              [&](const Team& row) { *response.add_teams() = ToProto(row); }));
  return response;
}

}  // namespace hoiam::loop
