#include "scoring_service/app/improvements.h"

#include "absl/strings/numbers.h"
#include "platform/base/page_token.h"
#include "scoring_service/app/stored.h"
#include "scoring_service/convert/time.h"
#include "scoring_service/errors.h"
#include "scoring_service/store/setting_rows.h"

namespace hoiam::scoring {
namespace {

std::string PagesOf(const View& view) { return absl::StrCat("ListImprovements|", view.db.tenant()); }

absl::StatusOr<std::optional<ImprovementPlace>> DecodePlace(const View& view, const std::string& token) {
  HOIAM_ASSIGN_OR_RETURN(const auto key, DecodePageToken(PagesOf(view), token));
  if (key.empty()) return std::nullopt;
  int64_t micros = 0;
  if (key.size() != 2 || !absl::SimpleAtoi(key[0], &micros)) return DecodePageToken(PagesOf(view), "?").status();
  return ImprovementPlace{absl::FromUnixMicros(micros), key[1]};
}

}  // namespace

absl::StatusOr<v1::ListImprovementsResponse> ListImprovements(const View& view, const v1::ListImprovementsRequest& q) {
  HOIAM_ASSIGN_OR_RETURN(const int size, CheckPageSize(q.page_size()));
  HOIAM_ASSIGN_OR_RETURN(const auto after, DecodePlace(view, q.page_token()));
  HOIAM_ASSIGN_OR_RETURN(const auto rows, ReadImprovements(view.db, after, size + 1));
  v1::ListImprovementsResponse out;
  for (const ImprovementRow& row : rows) {
    if (out.improvements_size() == size) {
      const v1::Improvement& last = out.improvements(size - 1);
      out.set_next_page_token(EncodePageToken(
          PagesOf(view), {absl::StrCat(absl::ToUnixMicros(ToTime(last.start_time()))), last.improvement_id()}));
      break;
    }
    HOIAM_ASSIGN_OR_RETURN(*out.add_improvements(), ParseStored<v1::Improvement>(row.body));
  }
  return out;
}

absl::StatusOr<v1::Improvement> FindImprovement(const View& view, const std::string& id) {
  HOIAM_ASSIGN_OR_RETURN(const auto body, ReadImprovement(view.db, id));
  if (!body) return ImprovementNotFound(id);
  return ParseStored<v1::Improvement>(*body);
}

}  // namespace hoiam::scoring
