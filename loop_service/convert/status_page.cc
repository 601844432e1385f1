#include "loop_service/convert/status_page.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "loop_service/domain/conversation.h"
#include "loop_service/limits.h"

namespace hoiam::loop {
namespace {

using Step = pb::CaseStatusPage::Step;

std::string Cut(const std::string& text, size_t max_chars) {
  size_t chars = 0;
  for (size_t at = 0; at < text.size(); ++at)
    if ((static_cast<unsigned char>(text[at]) & 0xc0) != 0x80 && chars++ == max_chars)
      return absl::StrCat(text.substr(0, at), "…");
  return text;
}

void Set(google::protobuf::Timestamp& out, absl::Time t) {
  out.set_seconds(absl::ToUnixSeconds(t));
  out.set_nanos(static_cast<int32_t>(absl::ToInt64Nanoseconds(t - absl::FromUnixSeconds(out.seconds()))));
}

absl::Time TimeOf(const Step& s) {
  return absl::FromUnixSeconds(s.time().seconds()) + absl::Nanoseconds(s.time().nanos());
}

// "50000 VND".
std::string AmountOf(const std::optional<Compensation>& c) {
  return !c || c->amount.empty() ? "" : absl::StrCat(c->amount, " ", c->currency);
}

// What a line of the history means to the customer; nullopt: nothing.
std::optional<std::pair<const char*, std::string>> Meaning(const Case& c, const HistoryLine& line) {
  const auto is = [&](CaseVerb v) { return line.action == Name(v); };
  if (line.action == kActionOpen) return {{"opened", ""}};
  if (is(CaseVerb::kAcknowledge)) return {{"acknowledged", ""}};
  if (is(CaseVerb::kContact)) {
    if (absl::StrContains(line.note, "NOT_REACHED")) return std::nullopt;
    return {{"contacted", ""}};
  }
  if (is(CaseVerb::kPropose)) return {{"proposed", line.note}};
  if (is(CaseVerb::kAnswerSolution)) return {{absl::StartsWith(line.note, "ACCEPTED") ? "accepted" : "declined", ""}};
  if (is(CaseVerb::kCompensate)) return {{"compensated", AmountOf(c.compensation)}};
  if (is(CaseVerb::kResolve)) return {{"resolved", line.note}};
  if (is(CaseVerb::kVerify)) return {{"verified", ""}};
  if (is(CaseVerb::kClose)) return {{"closed", ""}};
  if (is(CaseVerb::kReopen)) return {{"reopened", ""}};
  return std::nullopt;
}

// Written to the customer, or by: what staff wrote down of a call is theirs.
std::optional<Step> ToStep(const pb::CaseMessage& m) {
  const bool in = m.direction() == pb::MessageDirection::IN;
  if (m.auto_reply() || m.author() == kSystemActor || m.state() == pb::MessageState::FAILED) return std::nullopt;
  Step step;
  *step.mutable_time() = m.time();
  const bool written = in ? m.author() == kCustomerActor : m.state() != pb::MessageState::UNSPECIFIED;
  step.set_what(in ? "customer_message" : written ? "message" : "contacted");
  if (written) step.set_text(Cut(m.text(), kMaxStepChars));
  return step;
}

}  // namespace

pb::CaseStatusPage ToStatusPage(const Case& c, const std::vector<pb::CaseMessage>& messages, const Playbook& playbook) {
  pb::CaseStatusPage page;
  page.set_state(static_cast<pb::CaseState::Code>(c.state));
  if (!c.answers.empty()) {
    page.set_said(Cut(c.answers.front().comment, kMaxShownChars));
    const absl::Time at = c.answers.front().responded_at;
    Set(*page.mutable_said_time(), at == absl::InfinitePast() ? c.create_time : at);
  } else {
    if (c.origin == CaseOrigin::kReactive) page.set_said(Cut(c.reason, kMaxShownChars));
    Set(*page.mutable_said_time(), c.create_time);
  }
  page.set_done(Cut(c.resolution, kMaxShownChars));

  std::vector<Step> steps;
  for (const HistoryLine& line : c.history) {
    const auto meaning = Meaning(c, line);
    if (!meaning) continue;
    Step& step = steps.emplace_back();
    Set(*step.mutable_time(), line.time);
    step.set_what(meaning->first);
    step.set_text(Cut(meaning->second, kMaxStepChars));
  }
  for (const pb::CaseMessage& m : messages)
    if (auto step = ToStep(m)) steps.push_back(*std::move(step));
  std::stable_sort(steps.begin(), steps.end(), [](const Step& a, const Step& b) { return TimeOf(a) < TimeOf(b); });
  const size_t hidden = steps.size() > kMaxSteps ? steps.size() - kMaxSteps : 0;
  for (size_t n = hidden; n < steps.size(); ++n) *page.add_steps() = std::move(steps[n]);

  if (IsOpen(c.state) && !c.contacted_at) Set(*page.mutable_contact_by(), c.contact_by);
  if (IsOpen(c.state) && c.solution && c.solution->state == SolutionState::kProposed)
    page.set_proposal(Cut(c.solution->text, kMaxShownChars));
  page.set_can_write(MayWrite(c));
  page.set_can_confirm(c.state == CaseState::kResolved);
  page.set_brand(playbook.policy().brand);
  if (const Team* team = playbook.FindTeam(c.team)) page.set_team(team->display_name);
  return page;
}

}  // namespace hoiam::loop
