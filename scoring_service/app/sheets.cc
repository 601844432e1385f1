#include "scoring_service/app/sheets.h"

#include <map>

#include "platform/base/status.h"
#include "scoring_service/store/case_row.h"
#include "scoring_service/store/item_reads.h"
#include "scoring_service/store/sheet_row.h"

namespace hoiam::scoring {

absl::StatusOr<std::vector<CustomerSheet>> SheetsOf(const View& view, const std::vector<std::string>& customers) {
  HOIAM_ASSIGN_OR_RETURN(const std::vector<SheetRow> rows, ReadSheets(view, customers));
  HOIAM_ASSIGN_OR_RETURN(const std::vector<CaseRow> cases, ReadCases(view, customers));
  HOIAM_ASSIGN_OR_RETURN(const std::vector<ItemRow> items, ReadItemStatuses(view, customers));
  std::map<std::string, CustomerSheet> by_customer;
  for (const SheetRow& row : rows) by_customer[row.customer_id].sheet = row.sheet;
  std::map<std::string, std::vector<CaseStanding>> cases_of;
  for (const CaseRow& row : cases) cases_of[row.customer_id].push_back(row.standing);
  for (const auto& [customer, standings] : cases_of) CountCases(standings, by_customer[customer].sheet);
  for (const ItemRow& row : items) by_customer[row.customer_id].items.push_back(row.body);
  std::vector<CustomerSheet> sheets;
  for (const std::string& customer : customers) sheets.push_back(by_customer[customer]);
  return sheets;
}

}  // namespace hoiam::scoring
