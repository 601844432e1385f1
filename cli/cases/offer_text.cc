#include "absl/strings/str_cat.h"
#include "cli/api/time.h"
#include "cli/cases/texts.h"
#include "cli/cases/words.h"
#include "cli/term/table.h"

namespace hoiam::cli {

namespace pb = loop::v1;

std::string OfferText(const Say& say, const std::string& customer, const pb::CheckOfferResponse& answer) {
  std::string out = absl::StrCat(customer, ": ");
  if (answer.block() == pb::OfferBlock::UNSPECIFIED)
    return absl::StrCat(out, say("chào bán được.\n", "an offer may be made.\n"));
  absl::StrAppend(&out,
                  answer.overridden()
                      ? say("chào bán theo quyết định riêng, dù ", "an offer may be made by override, though ")
                      : say("tạm ngưng chào bán – vì ", "make no offer now – "),
                  BlockName(say, answer.block()), "\n");
  if (!answer.blocked_by().empty())
    absl::StrAppend(&out, "  ", answer.blocked_by(), say(", từ ", ", since "), say.Time(ToTime(answer.since())), "\n");
  return absl::StrCat(out, say("  ghi lại: ", "  recorded as "), answer.check_id(), "\n");
}

std::string OfferChecksText(const Say& say, const pb::ListOfferChecksResponse& checks) {
  if (checks.offer_checks().empty()) return say("Chưa từng chặn lần nào.\n", "Nothing was ever refused.\n");
  Table table({say("Thời gian", "Time"), say("Khách hàng", "Customer"), say("Để", "For"), say("Vì", "Because"),
               say("Kết quả", "Outcome"), say("Ai", "Who"), say("Lý do riêng", "Reason of the override")});
  for (const pb::OfferCheck& c : checks.offer_checks())
    table.Add({say.Time(ToTime(c.time())), c.customer_id(), pb::OfferPurpose::Code_Name(c.purpose()),
               BlockName(say, c.block()), c.overridden() ? say("vẫn cho", "overridden") : say("từ chối", "refused"),
               c.actor(), c.override_reason()});
  return table.Render();
}

}  // namespace hoiam::cli
