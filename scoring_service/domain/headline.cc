#include "scoring_service/domain/headline.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/time/civil_time.h"
#include "scoring_service/domain/quote.h"

namespace hoiam::scoring {
namespace {

constexpr size_t kQuoteLength = 60;
constexpr int kLowestPromoter = 9;

// The same said in both languages.
struct Said {
  std::string vi, en;
};

struct Today {
  absl::Time now;
  absl::TimeZone zone;
};

Said DayOf(absl::Time t, const Today& today) {
  const absl::CivilDay day = absl::ToCivilDay(t, today.zone), this_day = absl::ToCivilDay(today.now, today.zone);
  if (day == this_day) return {"hôm nay", "today"};
  if (day == this_day - 1) return {"hôm qua", "yesterday"};
  if (day == this_day + 1) return {"ngày mai", "tomorrow"};
  const std::string vi = absl::StrFormat("ngày %02d/%02d", day.day(), day.month());
  const std::string en = absl::StrCat("on ", day.day(), " ", absl::FormatTime("%b", t, today.zone));
  if (day.year() == this_day.year()) return {vi, en};
  return {absl::StrCat(vi, "/", day.year()), absl::StrCat(en, " ", day.year())};
}

// The unhappy score behind an open case is the one to name, even when a later answer was a better one; else the latest.
const std::pair<const std::string, Standing>* StandingToName(const Sheet& sheet) {
  const std::string unresolved = UnresolvedMetric(sheet);
  if (!unresolved.empty()) return &*sheet.standings.find(unresolved);
  const std::pair<const std::string, Standing>* latest = nullptr;
  for (const auto& one : sheet.standings)
    if (!latest || one.second.responded_at > latest->second.responded_at) latest = &one;
  return latest;
}

std::string ScoreOf(const std::string& metric, const Standing& s) {
  if (s.csi) return absl::StrCat(metric, " ", (*s.csi + 500) / 1000, "/100");
  const MetricDef* def = FindBuiltin(metric);
  return absl::StrCat(metric, " ", s.score, def ? absl::StrCat("/", def->max) : "");
}

Said WhatWasSaid(const std::string& metric, const Standing& s, const Today& today) {
  const Said day = DayOf(s.responded_at, today);
  const std::string score = ScoreOf(metric, s);
  Said what = {absl::StrCat(" chấm ", score, " ", day.vi), absl::StrCat(" scored ", score, " ", day.en)};
  if (s.previous && !s.csi) {
    absl::StrAppend(&what.vi, " (lần trước ", s.previous->score, ")");
    absl::StrAppend(&what.en, " (", s.previous->score, " before)");
  }
  const std::string quote = QuoteOf(s.comment, kQuoteLength);
  if (quote.empty()) return what;
  absl::StrAppend(&what.vi, ": “", quote, "”");
  absl::StrAppend(&what.en, ": “", quote, "”");
  return what;
}

Said UntilWhen(const Sheet& sheet, const Today& today) {
  if (!sheet.act_by) return {"phiếu xử lý đang mở", "a case is open"};
  const Said day = DayOf(*sheet.act_by, today);
  const std::string at = absl::FormatTime("%H:%M ", *sheet.act_by, today.zone);
  const Said late = sheet.contacted ? Said{"quá hạn xử lý từ ", "resolution overdue since "}
                                    : Said{"quá hạn liên hệ từ ", "contact overdue since "};
  const Said before =
      sheet.contacted ? Said{"xử lý xong trước ", "resolve before "} : Said{"liên hệ trước ", "contact before "};
  const Said& act = *sheet.act_by < today.now ? late : before;
  return {absl::StrCat(act.vi, at, day.vi), absl::StrCat(act.en, at, day.en)};
}

// What to do when nothing is open: what became of the score, or the next step up.
Said NextStep(const Sheet& sheet, const std::string& metric, const Standing& s, absl::Time now) {
  if (IsUnhappy(s.band)) {
    if (sheet.last_resolved_at && *sheet.last_resolved_at > s.responded_at)
      return {"phiếu đã xử lý xong", "the case is resolved"};
    return {"dữ liệu nhập từ trước", "imported history"};
  }
  if (IsStale(s, now)) return {"điểm đã quá 180 ngày, nên hỏi lại", "over 180 days ago, ask again"};
  switch (s.band) {
    case Band::kPromoter:
      return {"cảm ơn, có thể nhờ giới thiệu", "say thanks, may ask for a referral"};
    case Band::kPassive: {
      const int steps = kLowestPromoter - s.score;
      const auto csat = sheet.standings.find(kCsat);
      const bool hidden = csat != sheet.standings.end() && csat->second.band == Band::kSatisfied;
      return {absl::StrCat(hidden ? "hài lòng nhưng " : "", "còn ", steps, " điểm nữa là ủng hộ"),
              absl::StrCat(hidden ? "satisfied, yet " : "", steps, steps == 1 ? " step" : " steps",
                           " from being a promoter")};
    }
    case Band::kSatisfied:
    case Band::kEasy:
    case Band::kHappy:
      return {"cảm ơn và giữ gìn", "say thanks and keep it up"};
    case Band::kNeutral:
    case Band::kModerate:
    case Band::kIndifferent:
      return {"hỏi thêm điều nên cải thiện", "ask what to do better"};
    default:
      return {};
  }
}

void Add(const Said& said, Said& to) {
  to.vi += said.vi;
  to.en += said.en;
}

}  // namespace

Headline HeadlineOf(const Sheet& sheet, absl::Time now, const absl::TimeZone& zone, absl::string_view who_vi,
                    absl::string_view who_en) {
  const Today today{now, zone};
  const auto* named = StandingToName(sheet);
  Said sentence = {std::string(who_vi), std::string(who_en)};
  Add(named ? WhatWasSaid(named->first, named->second, today)
            : Said{" chưa có phản hồi nào", " has not given any feedback yet"},
      sentence);
  std::vector<Said> actions;
  const SellBlock block = MaySell(sheet, now).block;
  if (sheet.open_cases > 0)
    actions.push_back(UntilWhen(sheet, today));
  else if (block == SellBlock::kUnresolvedDetractor)
    actions.push_back({"chưa xử lý xong", "not resolved yet"});
  else if (block == SellBlock::kOpenComplaint)
    actions.push_back({"khiếu nại chưa xử lý xong", "a complaint is open"});
  else if (block == SellBlock::kOpenReturn)
    actions.push_back({"đổi trả chưa xong", "a return is open"});
  if (block != SellBlock::kNone) actions.push_back({"chưa chào bán", "do not sell yet"});
  if (actions.empty() && named) actions.push_back(NextStep(sheet, named->first, named->second, now));
  for (size_t i = 0; i < actions.size(); ++i) {
    if (actions[i].vi.empty()) continue;
    Add(i == 0 ? Said{" – ", " – "} : Said{", ", ", "}, sentence);
    Add(actions[i], sentence);
  }
  return {sentence.vi, sentence.en};
}

}  // namespace hoiam::scoring
