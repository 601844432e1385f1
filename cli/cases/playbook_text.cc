#include <algorithm>
#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/api/time.h"
#include "cli/cases/texts.h"
#include "cli/term/table.h"

namespace hoiam::cli {
namespace {

namespace pb = loop::v1;

constexpr size_t kBarWidth = 20;

std::string Quoted(const google::protobuf::RepeatedPtrField<std::string>& words) {
  return absl::StrJoin(words, " | ", [](std::string* out, const std::string& w) { absl::StrAppend(out, "“", w, "”"); });
}

// "NPS ≤ 6 · at store | web": what must hold of an answer.
std::string ConditionText(const Say& say, const pb::AlarmCondition& c) {
  std::vector<std::string> all;
  const auto list = [&](const char* vi, const char* en, const google::protobuf::RepeatedPtrField<std::string>& values) {
    if (!values.empty()) all.push_back(absl::StrCat(say(vi, en), " ", absl::StrJoin(values, " | ")));
  };
  if (c.detractor()) all.push_back(say("phản đối", "detractor"));
  if (c.lowest()) all.push_back(say("điểm thấp nhất", "lowest scores"));
  if (c.safety()) all.push_back(say("từ báo nguy hiểm", "safety words"));
  if (c.repeated_person()) all.push_back(say("khách đã nói một lần", "the person said it before"));
  if (c.repeated_cause())
    all.push_back(say("nguyên nhân đã khắc phục lại xảy ra", "a cause came up again after a fix"));
  if (c.has_score_at_most()) all.push_back(absl::StrCat(say("điểm", "score"), " ≤ ", c.score_at_most()));
  if (c.has_drop_at_least()) all.push_back(absl::StrCat(say("giảm", "drop"), " ≥ ", c.drop_at_least()));
  if (c.has_solicited()) all.push_back(c.solicited() ? say("được hỏi", "asked for") : say("tự nói", "not asked for"));
  if (!c.keywords().empty()) all.push_back(Quoted(c.keywords()));
  for (const auto& s : c.spend())
    all.push_back(absl::StrCat(say("mua ≥ ", "spent ≥ "), say.Money(s.amount(), s.currency())));
  list("chỉ số", "metric", c.metrics());
  list("phân khúc", "segment", c.segments());
  list("điểm chạm", "touchpoint", c.touchpoints());
  list("kênh", "channel", c.channels());
  list("khảo sát", "survey", c.surveys());
  list("khách mục tiêu", "profile", c.icp_fit());
  return all.empty() ? say("mọi câu trả lời", "every answer") : absl::StrJoin(all, " · ");
}

std::string AwayNow(const Say& say, const pb::Member& m, absl::Time now) {
  for (const pb::Absence& a : m.absences()) {
    if (ToTime(a.start_time()) > now || ToTime(a.end_time()) <= now) continue;
    return absl::StrCat(say(" (vắng đến ", " (away until "), say.Date(ToTime(a.end_time())),
                        a.substitute().empty() ? "" : say("; thay: ", "; instead: ") + a.substitute(), ")");
  }
  return "";
}

std::string Rate(const Say& say, const pb::LoopRateRow& row) {
  return row.has_loop_rate() ? say.Number(row.loop_rate(), 1) + " %" : "–";
}

std::string Interval(const Say& say, const pb::LoopRateRow& row) {
  if (!row.has_loop_rate_low()) return "";
  return absl::StrCat("[", say.Number(row.loop_rate_low(), 1), "; ", say.Number(row.loop_rate_high(), 1), "]");
}

// "1.5 / 8.0": half, and nine in ten, in hours.
std::string Hours(const Say& say, const pb::LoopTimes& t) {
  if (!t.has_p50_seconds()) return "";
  return absl::StrCat(say.Number(t.p50_seconds() / 3600, 1), " / ", say.Number(t.p90_seconds() / 3600, 1));
}

}  // namespace

std::string CausesText(const Say& say, const pb::ListRootCausesResponse& causes) {
  Table table({"id", say("Tên", "Name"), say("Thuộc", "Under"), say("Loại", "Category")});
  for (const auto& c : causes.root_causes()) {
    const std::string name = say(c.display_name(), c.display_name_en());
    table.Add({c.root_cause_id(), name.empty() ? c.display_name() : name, c.parent(),
               c.parent().empty() ? "" : pb::CauseCategory::Code_Name(c.category())});
  }
  return table.Render();
}

std::string TeamsText(const Say& say, const pb::ListTeamsResponse& teams, const pb::ListMembersResponse& members,
                      absl::Time now) {
  std::map<std::string, std::vector<const pb::Team*>> below;
  std::set<std::string> known;
  for (const pb::Team& t : teams.teams()) known.insert(t.team_id());
  for (const pb::Team& t : teams.teams()) below[known.count(t.parent()) ? t.parent() : ""].push_back(&t);
  Table table({say("Bộ phận", "Team"), say("Tên", "Name"), "email", say("Lịch", "Calendar"),
               say("Không ai nhận thì báo", "Escalates to"), say("Ai", "Members")});
  const auto add = [&](const auto& self, const std::string& parent, size_t depth) -> void {
    for (const pb::Team* t : below[parent]) {
      std::vector<std::string> who;
      for (const pb::Member& m : members.members())
        if (std::find(m.teams().begin(), m.teams().end(), t->team_id()) != m.teams().end())
          who.push_back(m.member_id() + AwayNow(say, m, now));
      const std::string up = t->escalates_to().empty() ? t->parent() : t->escalates_to();
      table.Add({std::string(2 * depth, ' ') + t->team_id(), t->display_name(), t->email(), t->calendar_id(), up,
                 absl::StrJoin(who, ", ")});
      self(self, t->team_id(), depth + 1);
    }
  };
  add(add, "", 0);
  return table.Render();
}

std::string RulesText(const Say& say, const pb::ListAlarmRulesResponse& rules) {
  Table table({">" + say("Thứ tự", "Rank"), "id", say("Khi", "When"), "", say("Giao cho", "Goes to"), ""});
  for (const pb::AlarmRule& r : rules.alarm_rules()) {
    using T = pb::AssignTeam;
    using P = pb::AssignPerson;
    const std::string team = r.assign_team() == T::FIXED     ? r.team()
                             : r.assign_team() == T::ACCOUNT ? say("bộ phận của khách", "the customer's team")
                                                             : say("bộ phận của điểm chạm", "the touchpoint's team");
    const std::string person = r.assign_person() == P::ACCOUNT_OWNER ? say(", người phụ trách khách", ", account owner")
                               : r.assign_person() == P::LEAST_LOADED ? say(", ai rảnh nhất", ", who has the fewest")
                                                                      : "";
    table.Add({absl::StrCat(r.rank()), r.rule_id(), ConditionText(say, r.condition()),
               pb::Priority::Code_Name(r.priority()), team + person,
               r.has_enabled() && !r.enabled() ? say("tắt", "off")
               : r.built_in()                  ? say("có sẵn", "built in")
                                               : ""});
  }
  return table.Render();
}

std::string RuleTestText(const Say& say, const pb::TestAlarmRulesResponse& test) {
  std::string out =
      test.rule_id().empty()
          ? say("Không luật nào báo động: không mở phiếu.\n", "No rule rings: no case would be opened.\n")
          : absl::StrCat(say("Mở phiếu theo luật: ", "A case would be opened by: "), test.rule_id(), "\n");
  Table table({"", "id", say("Vì sao", "Why")});
  for (const auto& v : test.verdicts())
    table.Add({v.matched() ? "●" : "·", v.rule_id(), absl::StrJoin(v.reasons(), " · ")});
  return absl::StrCat(out, "\n", table.Render());
}

std::string LoopRateText(const Say& say, const std::string& by, const pb::GetLoopRateResponse& rate) {
  const bool none =
      std::all_of(rate.rows().begin(), rate.rows().end(), [](const auto& row) { return row.cases() == 0; });
  if (none) return say("Chưa có phiếu nào.\n", "There are no cases.\n");
  Table table({by == "cause"  ? say("Nguyên nhân", "Cause")
               : by == "team" ? say("Bộ phận", "Team")
                              : "",
               ">" + say("Cần xử lý", "Needed"), ">" + say("Đúng hạn", "In time"), ">" + say("Còn hạn", "Pending"),
               ">" + say("Tỷ lệ khép vòng", "Loop rate"), say("Khoảng tin cậy 95%", "95% interval"), "",
               ">" + say("Không ai nhận", "Orphans"), say("Nhận, giờ", "Taken, h"), say("Liên hệ, giờ", "Contact, h"),
               say("Xong, giờ", "Solved, h"), ""});
  for (const pb::LoopRateRow& row : rate.rows()) {
    const double rest = std::max(0, row.needed() - row.in_time() - row.pending());
    table.Add(
        {row.group().empty() ? (by.empty() ? say("Tất cả", "All") : say("(chưa rõ)", "(not known)")) : row.group(),
         say.Count(row.needed()), say.Count(row.in_time()), say.Count(row.pending()), Rate(say, row),
         Interval(say, row), Bar({double(row.in_time()), double(row.pending()), rest}, kBarWidth),
         say.Count(row.orphans()), Hours(say, row.acknowledge()), Hours(say, row.contact()), Hours(say, row.resolve()),
         row.enough_data() ? "" : say("chưa đủ dữ liệu", "not enough data")});
  }
  std::string out = table.Render();
  absl::StrAppend(&out, say("█ đúng hạn  ▒ còn hạn  ░ trễ · giờ: một nửa / chín phần mười số phiếu\n",
                            "█ in time  ▒ pending  ░ late · hours: half / nine in ten of the cases\n"));
  for (const pb::LoopRateRow& row : rate.rows()) {
    const std::string name = by.empty() ? "" : absl::StrCat(row.group().empty() ? "?" : row.group(), ": ");
    absl::StrAppend(&out, name, say.Count(row.cases()), say(" phiếu, còn mở ", " cases, open "), say.Count(row.open()),
                    say(" · chủ động ", " · proactive "), say.Count(row.proactive()),
                    say(" · khách báo ", " · reactive "), say.Count(row.reactive()),
                    say(" · phải nói hai lần ", " · said twice "), say.Count(row.said_twice()),
                    say(" · kiểm chứng ", " · recovered "), say.Count(row.recovered()),
                    say(" · im lặng ", " · silent "), say.Count(row.silent()), "\n");
  }
  return out;
}

}  // namespace hoiam::cli
