#include "scoring_service/convert/history.h"

#include <algorithm>
#include <set>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "platform/base/page_token.h"
#include "platform/base/text.h"
#include "scoring_service/errors.h"

namespace hoiam::scoring {
namespace {

namespace pb = hoiam::scoring::v1;

// What must stay the same between pages.
std::string NameOfQuery(const std::string& tenant, const HistoryQuery& q) {
  return absl::StrCat("history\n", tenant, "\n", q.customer_id, "\n", absl::StrJoin(q.kinds, ","));
}

}  // namespace

absl::StatusOr<HistoryQuery> ToHistoryQuery(const std::string& tenant, const pb::GetHistoryRequest& request) {
  Violations v;
  HistoryQuery q;
  q.customer_id = request.customer_id();
  CheckClientId(q.customer_id, "customerId", v);
  if (const auto size = CheckPageSize(request.page_size()); size.ok())
    q.page_size = *size;
  else
    AddViolationsOf(size.status(), v);
  std::set<int64_t> kinds;
  for (int i = 0; i < request.kinds_size(); ++i) {
    const auto kind = request.kinds(i);
    if (!pb::EntryKind::Code_IsValid(kind) || kind == pb::EntryKind::UNSPECIFIED) {
      UnknownEntryKind(absl::StrCat("kinds[", i, "]"), v);
    } else {
      kinds.insert(kind);
    }
  }
  q.kinds.assign(kinds.begin(), kinds.end());
  const auto key = DecodePageToken(NameOfQuery(tenant, q), request.page_token());
  int64_t micros = 0, kind = 0;
  if (!key.ok()) {
    AddViolationsOf(key.status(), v);
  } else if (key->size() == 3 && absl::SimpleAtoi((*key)[0], &micros) && absl::SimpleAtoi((*key)[1], &kind)) {
    q.after = HistoryKey{absl::FromUnixMicros(micros), kind, (*key)[2]};
  }
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  return q;
}

std::string HistoryToken(const std::string& tenant, const HistoryQuery& query, const HistoryKey& end) {
  return EncodePageToken(NameOfQuery(tenant, query),
                         {absl::StrCat(absl::ToUnixMicros(end.happened_at)), absl::StrCat(end.kind), end.entity_id});
}

}  // namespace hoiam::scoring
