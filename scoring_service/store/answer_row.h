// Table `answer`: answers as counted. A person's answers share the key prefix (tenant_id, customer_id).
#pragma once

#include <string>

#include "platform/db/table.h"
#include "scoring_service/domain/answer.h"

namespace hoiam::scoring {

struct AnswerRow {
  std::string tenant_id;
  Answer answer;

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static AnswerRow Read(const db::Row& r);
};

// "USD=12.500000;VND=1250000.000000".
std::string EncodeRevenue(const Revenue& revenue);
Revenue DecodeRevenue(absl::string_view text);

}  // namespace hoiam::scoring
