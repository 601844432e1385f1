#include "survey_service/convert/wave.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/substitute.h"
#include "platform/base/text.h"
#include "survey_service/convert/checks.h"
#include "survey_service/convert/sample.h"
#include "survey_service/convert/times.h"
#include "survey_service/limits.h"

namespace hoiam::survey {
namespace {

using Outcome = v1::WaveMember::Outcome;

struct Said {
  std::string vi, en;
};

void SetText(const Said& words, v1::WaveMember& m) {
  m.mutable_text()->set_vi(words.vi);
  m.mutable_text()->set_en(words.en);
}

const v1::Wave::Stratum* FindStratum(const v1::Wave& wave, absl::string_view name) {
  for (const auto& s : wave.strata())
    if (s.stratum() == name) return &s;
  return nullptr;
}

// "nhóm 'VIP'"; of a wave without strata, everybody.
Said Group(const v1::Wave& wave, absl::string_view stratum) {
  if (wave.sample().stratify_by().empty()) return {"toàn bộ khách hàng của đợt", "the whole population"};
  if (stratum.empty())
    return {absl::StrCat("nhóm không có ", wave.sample().stratify_by()),
            absl::StrCat("those without ", wave.sample().stratify_by())};
  return {absl::StrCat("nhóm '", stratum, "'"), absl::StrCat("stratum '", stratum, "'")};
}

// What the stratum came to, and where this person stood in it.
Said Drawing(const v1::Wave& wave, absl::string_view stratum) {
  const v1::Wave::Stratum* s = FindStratum(wave, stratum);
  const Said group = Group(wave, stratum);
  if (!s)
    return {absl::StrCat(group.vi, " không có ai khi rút mẫu"),
            absl::StrCat(group.en, " had nobody when the sample was drawn")};
  return {absl::Substitute("$0 có $1 người, rút ngẫu nhiên $2 người và $3 người dự bị", group.vi, s->population(),
                           s->places(), s->replacements()),
          absl::Substitute("$0 had $1 people, of whom $2 were drawn at random and $3 as replacements", group.en,
                           s->population(), s->places(), s->replacements())};
}

std::string Capital(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

// Why somebody could not be asked.
Said Why(v1::SkipReason::Code reason) {
  using R = v1::SkipReason;
  switch (reason) {
    case R::UNSUBSCRIBED:
      return {"đã từ chối nhận khảo sát", "asked not to be surveyed"};
    case R::NO_CONSENT:
      return {"chưa đồng ý nhận khảo sát", "has not agreed to be surveyed"};
    case R::FLOOR_24H:
      return {"đã được hỏi trong 24 giờ qua", "was asked less than 24 hours before"};
    case R::FATIGUE_WINDOW:
      return {"đã được khảo sát này hỏi gần đây", "was asked by this survey not long before"};
    case R::POLICY_RULE:
      return {"đã được hỏi đủ số lần theo chính sách", "was asked as often as the policy lets"};
    case R::NO_CHANNEL:
      return {"không có kênh nào liên hệ được", "no channel of the survey reaches them"};
    case R::RESPONDENT_KIND:
      return {"không thuộc loại người được hỏi", "is not of a kind that the survey asks"};
    default:
      return {v1::SkipReason::Code_Name(reason), v1::SkipReason::Code_Name(reason)};
  }
}

Said WhatBecame(const v1::Wave& wave, const v1::WaveMember& m) {
  const std::string replaces_vi = m.replaces().empty() ? "" : absl::StrCat(", thay cho khách hàng ", m.replaces());
  const std::string replaces_en = m.replaces().empty() ? "" : absl::StrCat(", in place of customer ", m.replaces());
  const bool stopped = wave.state() == v1::WaveState::CANCELLED;
  switch (m.outcome()) {
    case Outcome::WAITING:
      return {"sẽ được hỏi khi đến lượt", "will be asked when the turn comes"};
    case Outcome::INVITED:
      return {"đã được hỏi" + replaces_vi, "was asked" + replaces_en};
    case Outcome::SKIPPED: {
      const Said why = Why(m.reason());
      return {absl::StrCat("đến lượt", replaces_vi, " nhưng không hỏi được (", why.vi,
                           "); người dự bị kế tiếp được thay vào"),
              absl::StrCat("could not be asked", replaces_en, " (", why.en, "); the next replacement takes the place")};
    }
    case Outcome::REPLACEMENT:
      return {"là người dự bị, chỉ được hỏi khi có người không hỏi được",
              "is a replacement, asked only when somebody before cannot be"};
    case Outcome::NOT_NEEDED:
      return stopped ? Said{"không cần hỏi: đợt khảo sát đã bị dừng", "was not needed: the wave was cancelled"}
                     : Said{"không cần hỏi: đợt khảo sát đã xong", "was not needed: the wave is done"};
    default:
      return {};
  }
}

}  // namespace

NewWave ReadNewWave(const v1::CreateWaveRequest& q, absl::Time now, Violations& v) {
  NewWave out;
  v1::Wave& w = out.wave;
  CheckSlug(q.survey_id(), "surveyId", true, v);
  const std::string& id = q.wave_id().empty() ? q.wave().wave_id() : q.wave_id();
  CheckSlug(id, "waveId", true, v);
  if (!q.wave().wave_id().empty() && q.wave().wave_id() != id)
    v.Add("waveId", "ID_MISMATCH", "must be the waveId of the query, or be left out");
  if (!q.wave().survey_id().empty() && q.wave().survey_id() != q.survey_id())
    v.Add("surveyId", "ID_MISMATCH", "must be the survey of the path, or be left out");
  w.set_wave_id(id);
  w.set_survey_id(q.survey_id());
  *w.mutable_sample() = q.wave().sample();
  CheckSample(w.sample(), "sample", v);
  if (q.wave().has_start_time()) {
    const auto& start = q.wave().start_time();
    if (!IsValid(start) || ToTime(start) < absl::FromCivil(kEarliest, absl::UTCTimeZone()) ||
        ToTime(start) > now + kMaxWaveAhead)
      v.Add("startTime", "TIME_OUT_OF_RANGE", "must lie between 2000-01-01 and two years from now");
    else
      SetTime(ToTime(start), w.mutable_start_time());
  }
  if (q.wave().confirmed_size() < 0) v.Add("confirmedSize", "OUT_OF_RANGE", "must not be negative", {{"min", "0"}});
  w.set_confirmed_size(q.wave().confirmed_size());
  out.fingerprint = Fingerprint(w);
  return out;
}

bool NeedsConfirmation(const v1::Survey& survey, const v1::AskPolicy& policy, int size) {
  const auto& channels = survey.channels();
  const int limit = policy.confirm_above() > 0 ? policy.confirm_above() : kDefaultConfirmAbove;
  return size > limit && std::find(channels.begin(), channels.end(), v1::DeliveryChannel::EMAIL) != channels.end();
}

uint64_t SeedOf(uint64_t schedule_seed, absl::string_view wave_id) {
  return std::max<uint64_t>(1, Rank(schedule_seed, wave_id));
}

void Explain(const v1::Wave& wave, v1::WaveMember& m) {
  if (wave.state() != v1::WaveState::RUNNING &&
      (m.outcome() == Outcome::WAITING || m.outcome() == Outcome::REPLACEMENT))
    m.set_outcome(Outcome::NOT_NEEDED);
  const Said drawing = Drawing(wave, m.stratum()), became = WhatBecame(wave, m);
  SetText({absl::Substitute("$0; khách hàng này đứng thứ $1 và $2.", Capital(drawing.vi), m.rank(), became.vi),
           absl::Substitute("$0; this customer came $1 in the random order and $2.", Capital(drawing.en),
                            absl::StrCat("number ", m.rank()), became.en)},
          m);
}

v1::WaveMember ExplainOutsider(const v1::Wave& wave, const Outsider& who) {
  v1::WaveMember m;
  m.set_customer_id(who.customer_id);
  const absl::Time drawn = ToTime(wave.create_time());
  const std::string& filter = wave.sample().filter();
  const bool changed = who.update_time > drawn;
  const Said since = changed ? Said{" Hồ sơ khách hàng đã thay đổi sau khi rút mẫu; đây là theo hồ sơ hiện nay.",
                                    " The profile has changed since the draw; this is by what it says now."}
                             : Said{};
  if (who.create_time > drawn) {
    m.set_outcome(Outcome::NOT_IN_POPULATION);
    SetText({"Chưa là khách hàng khi rút mẫu.", "Was not a customer yet when the sample was drawn."}, m);
  } else if (!who.in_population) {
    m.set_outcome(Outcome::NOT_IN_POPULATION);
    SetText({(filter.empty() ? std::string("Không phải khách hàng hay khách hàng tiềm năng.")
                             : absl::StrCat("Không thuộc đối tượng của đợt (", filter, ").")) +
                 since.vi,
             (filter.empty() ? std::string("Is neither a customer nor a prospect.")
                             : absl::StrCat("Is not in the wave's population (", filter, ").")) +
                 since.en},
            m);
  } else {
    m.set_outcome(Outcome::NOT_DRAWN);
    m.set_stratum(who.stratum);
    const Said drawing = Drawing(wave, who.stratum);
    SetText({absl::StrCat(Capital(drawing.vi), "; khách hàng này không được rút.", since.vi),
             absl::StrCat(Capital(drawing.en), "; this customer was not among them.", since.en)},
            m);
  }
  return m;
}

}  // namespace hoiam::survey
