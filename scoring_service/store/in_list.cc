#include "scoring_service/store/in_list.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace hoiam::scoring {

std::string InList(const std::vector<std::string>& ids, db::Values& params) {
  size_t shape = 1;
  while (shape < ids.size()) shape *= 2;
  std::string sql = " IN (";
  for (size_t i = 0; i < shape; ++i) {
    absl::StrAppend(&sql, i ? ", ?" : "?");
    params.push_back(ids[std::min(i, ids.size() - 1)]);
  }
  return sql + ")";
}

}  // namespace hoiam::scoring
