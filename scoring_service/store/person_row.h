// Table `person`: customers, as far as groups and their sizes go.
#pragma once

#include <string>

#include "platform/db/table.h"
#include "scoring_service/domain/person.h"

namespace hoiam::scoring {

struct PersonRow {
  std::string tenant_id;
  int64_t generation = 0;
  std::string customer_id;
  Person person;

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static PersonRow Read(const db::Row& r);
};

}  // namespace hoiam::scoring
