#include "scoring_service/domain/headline.h"

#include "absl/strings/str_cat.h"

namespace hoiam::scoring {
namespace {

// The unhappy score behind an open case is the one to name, even when a later answer was a better one; else the latest.
std::string MetricToName(const Sheet& sheet) {
  if (std::string unresolved = UnresolvedMetric(sheet); !unresolved.empty()) return unresolved;
  const std::pair<const std::string, Standing>* latest = nullptr;
  for (const auto& one : sheet.standings)
    if (!latest || one.second.responded_at > latest->second.responded_at) latest = &one;
  return latest ? latest->first : "";
}

void AddScore(const Sheet& sheet, absl::Time now, const absl::TimeZone& zone, Headline& h) {
  const std::string metric = MetricToName(sheet);
  if (metric.empty()) {
    h = {"Chưa có phản hồi nào", "No feedback yet"};
    return;
  }
  const Standing& s = sheet.standings.at(metric);
  const MetricDef* def = FindBuiltin(metric);
  const std::string score = absl::StrCat(metric, " ", s.score, def ? absl::StrCat("/", def->max) : "");
  h.vi = absl::StrCat("Chấm ", score, " ngày ", absl::FormatTime("%d/%m/%Y", s.responded_at, zone));
  h.en = absl::StrCat("Scored ", score, " on ", absl::FormatTime("%e %b %Y", s.responded_at, zone));
  const size_t blank = h.en.find("  ");  // %e pads with a blank
  if (blank != std::string::npos) h.en.erase(blank, 1);
  if (s.previous) {
    absl::StrAppend(&h.vi, " (lần trước ", *s.previous, ")");
    absl::StrAppend(&h.en, " (", *s.previous, " before)");
  }
  if (IsStale(s, now)) {
    h.vi += ", đã quá 180 ngày";
    h.en += ", over 180 days ago";
  }
}

}  // namespace

Headline HeadlineOf(const Sheet& sheet, absl::Time now, const absl::TimeZone& zone) {
  Headline h;
  AddScore(sheet, now, zone, h);
  const SellBlock block = SellBlockOf(sheet);
  if (sheet.open_cases > 0) {
    h.vi += ", phiếu xử lý đang mở";
    h.en += ", case open";
  } else if (block == SellBlock::kUnresolvedDetractor) {
    h.vi += ", chưa xử lý xong";
    h.en += ", not resolved yet";
  }
  if (block != SellBlock::kNone) {
    h.vi += " – tạm ngưng chào bán";
    h.en += " – hold back selling";
  }
  return h;
}

}  // namespace hoiam::scoring
