#include "scoring_service/app/sheets.h"

#include <map>

#include "platform/base/status.h"
#include "scoring_service/store/sheet_row.h"

namespace hoiam::scoring {

absl::StatusOr<std::vector<Sheet>> SheetsOf(db::Session& session, const std::string& tenant,
                                            const std::vector<std::string>& customers) {
  HOIAM_ASSIGN_OR_RETURN(const std::vector<SheetRow> rows, ReadSheets(session, tenant, customers));
  std::map<std::string, const Sheet*> by_customer;
  for (const SheetRow& row : rows) by_customer[row.customer_id] = &row.sheet;
  std::vector<Sheet> sheets;
  for (const std::string& customer : customers) {
    const auto it = by_customer.find(customer);
    sheets.push_back(it == by_customer.end() ? Sheet() : *it->second);
  }
  return sheets;
}

}  // namespace hoiam::scoring
