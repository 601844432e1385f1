#include "survey_service/app/funnel.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "absl/strings/strip.h"
#include "platform/base/text.h"
#include "survey_service/app/stored.h"
#include "survey_service/convert/times.h"
#include "survey_service/domain/funnel.h"
#include "survey_service/errors.h"
#include "survey_service/limits.h"
#include "survey_service/store/policy_reader.h"
#include "survey_service/store/survey_reader.h"
#include "survey_service/store/tally_reader.h"

namespace hoiam::survey {
namespace {

// Beyond every day that is counted.
constexpr int64_t kLastDay = 10'000'000;

void CheckPeriod(const v1::GetFunnelRequest& q, Violations& v) {
  if (q.has_start_time() && !IsValid(q.start_time())) return v.Add("startTime", "INVALID_TIME", "is no time");
  if (q.has_end_time() && !IsValid(q.end_time())) return v.Add("endTime", "INVALID_TIME", "is no time");
  if (q.has_start_time() && q.has_end_time() && ToTime(q.end_time()) <= ToTime(q.start_time()))
    v.Add("endTime", "END_BEFORE_START", "must be after startTime");
}

// Days count whole: the one in which `startTime` lies, and the one that has begun when `endTime` comes.
DayRange DaysOf(const v1::GetFunnelRequest& q, absl::TimeZone zone) {
  const auto day = [&](absl::Time t) { return absl::ToCivilDay(t, zone) - absl::CivilDay(); };
  DayRange days{-kLastDay, kLastDay};
  if (q.has_start_time()) days.first = day(ToTime(q.start_time()));
  if (q.has_end_time()) days.end = day(ToTime(q.end_time()) - absl::Microseconds(1)) + 1;
  return days;
}

// Counts are int32 on the wire, so that JSON has numbers.
int32_t Int32(int64_t n) { return static_cast<int32_t>(std::clamp<int64_t>(n, 0, INT32_MAX)); }

v1::Funnel ToProto(const std::string& touchpoint, const Counts& counts) {
  v1::Funnel out;
  out.set_touchpoint(touchpoint);
  for (const FunnelStep& from : FunnelSteps(counts)) {
    v1::Funnel::Step& step = *out.add_steps();
    v1::FunnelStep::Code code = v1::FunnelStep::UNSPECIFIED;
    v1::FunnelStep::Code_Parse(std::string(absl::StripPrefix(from.item, "step:")), &code);
    step.set_step(code);
    step.set_count(Int32(from.count));
    if (from.percent_of_previous) step.set_percent_of_previous(*from.percent_of_previous);
    if (from.percent_of_sent) step.set_percent_of_sent(*from.percent_of_sent);
  }
  for (const FunnelSkip& from : FunnelSkips(counts)) {
    v1::SkipReason::Code reason;
    if (!v1::SkipReason::Code_Parse(from.reason, &reason)) continue;  // counted by a newer release
    v1::Funnel::Skip& skip = *out.add_skips();
    skip.set_reason(reason);
    skip.set_count(Int32(from.count));
  }
  const auto n = [&](const char* item) {
    const auto it = counts.find(item);
    return it == counts.end() ? 0 : it->second;
  };
  out.set_bounced(Int32(n(kBouncedItem)));
  out.set_reminders(Int32(n(kRemindedItem)));
  return out;
}

void AddQuestions(const Counts& counts, const v1::Survey& survey, v1::Funnel& out) {
  std::vector<std::string> ids;
  for (const v1::Question& question : survey.questions()) ids.push_back(question.question_id());
  for (const QuestionDropOff& from : DropOff(counts, ids)) {
    v1::Funnel::QuestionRow& row = *out.add_questions();
    row.set_question_id(from.question_id);
    row.set_shown(Int32(from.shown));
    row.set_answered(Int32(from.answered));
    if (from.drop_off_percent) row.set_drop_off_percent(*from.drop_off_percent);
  }
}

absl::StatusOr<absl::TimeZone> PolicyZone(const db::TenantDb& db) {
  HOIAM_ASSIGN_OR_RETURN(const auto body, ReadAskPolicy(db));
  std::string name = kDefaultZone;
  if (body) {
    HOIAM_ASSIGN_OR_RETURN(const v1::AskPolicy policy, Parse<v1::AskPolicy>(*body));
    if (!policy.time_zone().empty()) name = policy.time_zone();
  }
  const auto zone = FindTimeZone(name);
  if (!zone) return absl::InternalError("a stored policy's zone is not known here");
  return *zone;
}

}  // namespace

absl::StatusOr<v1::GetFunnelResponse> GetFunnel(const Deps& deps, const rpc::CallContext& ctx,
                                                const v1::GetFunnelRequest& q) {
  Violations v;
  CheckSlug(q.survey_id(), "surveyId", true, v);
  CheckPeriod(q, v);
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  HOIAM_ASSIGN_OR_RETURN(const db::TenantDb db, rpc::OpenDb(deps.pool, ctx));
  HOIAM_ASSIGN_OR_RETURN(const auto body, ReadSurvey(db, q.survey_id()));
  if (!body) return SurveyNotFound(q.survey_id());
  HOIAM_ASSIGN_OR_RETURN(const v1::Survey survey, Parse<v1::Survey>(*body));
  HOIAM_ASSIGN_OR_RETURN(const absl::TimeZone zone, PolicyZone(db));
  HOIAM_ASSIGN_OR_RETURN(auto counts, ReadTally(db, q.survey_id(), DaysOf(q, zone), q.by_touchpoint()));
  v1::GetFunnelResponse out;
  const Counts& all = counts[""];  // there also when nobody was asked
  for (const auto& [touchpoint, each] : counts) *out.add_rows() = ToProto(touchpoint, each);
  AddQuestions(all, survey, *out.mutable_rows(0));
  return out;
}

}  // namespace hoiam::survey
