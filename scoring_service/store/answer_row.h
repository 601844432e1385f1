// Table `answer`: answers as counted. A person's answers share the key prefix (tenant_id, generation, customer_id).
#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "platform/db/table.h"
#include "scoring_service/domain/answer.h"

namespace hoiam::scoring {

struct AnswerRow {
  std::string tenant_id;
  int64_t generation = 0;
  Answer answer;

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static AnswerRow Read(const db::Row& r);
};

// Revenue and cost by currency: "USD=12.500000/0.000000;VND=1250000.000000/30000.000000".
std::string EncodeRepresented(const Represented& represented);
Represented DecodeRepresented(absl::string_view text);

std::string EncodeObservations(const std::vector<Observation>& observations);
std::vector<Observation> DecodeObservations(const std::string& bytes);

}  // namespace hoiam::scoring
