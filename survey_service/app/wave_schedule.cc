#include "survey_service/app/wave_schedule.h"

#include <future>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "platform/base/status.h"
#include "platform/observe/log.h"
#include "survey_service/app/asking.h"
#include "survey_service/app/stored.h"
#include "survey_service/app/wave_step.h"
#include "survey_service/convert/sample.h"
#include "survey_service/convert/times.h"
#include "survey_service/domain/wave_days.h"
#include "survey_service/errors.h"
#include "survey_service/store/policy_reader.h"
#include "survey_service/store/rows.h"
#include "survey_service/store/survey_reader.h"

namespace hoiam::survey {
namespace {

WaveSchedule ToSchedule(const v1::Schedule& s) { return {ToTime(s.start_time()), s.every_months()}; }

bool Comes(const v1::Survey& survey) { return survey.state() == v1::SurveyState::ACTIVE && survey.has_schedule(); }

// What is due for the wave at `at`: the day it is for is the work's id, so a later attempt begins the same wave.
void Put(db::UnitOfWork& uow, const std::string& tenant, const std::string& survey_id, absl::Time at,
         absl::TimeZone zone) {
  due::AddWork(uow, tenant, DueKind::kSchedule, survey_id, DateOf(at, zone), at);
}

// Whether a wave that could not begin may begin when it is tried again.
bool MayBegin(const absl::Status& s) {
  return absl::IsUnavailable(s) || absl::IsDeadlineExceeded(s) || absl::IsAborted(s) || absl::IsResourceExhausted(s);
}

v1::CreateWaveRequest RequestOf(const v1::Survey& survey, const std::string& day, absl::Time at) {
  v1::CreateWaveRequest q;
  q.set_survey_id(survey.survey_id());
  q.set_wave_id(absl::StrCat(survey.survey_id(), "-", day));
  *q.mutable_wave()->mutable_sample() = survey.schedule().sample();
  if (const uint64_t seed = survey.schedule().sample().seed(); seed != 0)
    q.mutable_wave()->mutable_sample()->set_seed(SeedOf(seed, q.wave_id()));
  SetTime(at, q.mutable_wave()->mutable_start_time());
  return q;
}

absl::Status BeginAndWait(const Deps& deps, const rpc::CallContext& ctx, const v1::CreateWaveRequest& q) {
  Violations v;
  NewWave made = ReadNewWave(q, deps.clock.Now(), v);
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  std::promise<absl::Status> begun;
  BeginWave(deps, ctx, q, std::move(made), true,
            [&begun](absl::StatusOr<v1::Wave> wave, rpc::ReplyMeta) { begun.set_value(wave.status()); });
  return begun.get_future().get();
}

}  // namespace

void WantSchedule(db::UnitOfWork& uow, const std::string& tenant) { uow.Want<AskPolicyRow>({tenant}); }

absl::Status CheckSchedule(db::UnitOfWork& uow, const std::string& tenant, const v1::Survey& survey) {
  if (!survey.has_schedule() || survey.daily_limit() > 0) return absl::OkStatus();
  HOIAM_ASSIGN_OR_RETURN(const auto policy, FindPolicy(uow, tenant));
  const int size = SampleSize(survey.schedule().sample());
  if (!NeedsConfirmation(survey, policy->policy, size)) return absl::OkStatus();
  return BadField("schedule.sample.size", "CONFIRMATION_REQUIRED",
                  absl::StrCat("nobody is there to confirm so many mails when the wave comes: ask at most ",
                               policy->rules.confirm_above, " people, or set dailyLimit"));
}

absl::Status PutSchedule(db::UnitOfWork& uow, const std::string& tenant, const v1::Survey& survey, absl::Time now) {
  if (!Comes(survey)) return absl::OkStatus();
  HOIAM_ASSIGN_OR_RETURN(const auto policy, FindPolicy(uow, tenant));
  const absl::TimeZone zone = policy->rules.zone;
  Put(uow, tenant, survey.survey_id(), NextWave(ToSchedule(survey.schedule()), now, zone), zone);
  return absl::OkStatus();
}

absl::Status WaveScheduleWork::Run(const std::vector<due::Work>& taken, absl::Time until) {
  absl::Status failed;
  for (const due::Work& work : taken) failed.Update(Begin(work, until));
  return failed;
}

absl::Status WaveScheduleWork::Begin(const due::Work& work, absl::Time until) {
  rpc::CallContext ctx;
  ctx.tenant = work.tenant_id;
  ctx.principal = "system";
  ctx.deadline = until;
  std::optional<v1::Survey> survey;
  absl::TimeZone zone = StandardPolicy()->rules.zone;
  {
    HOIAM_ASSIGN_OR_RETURN(const db::TenantDb db, rpc::OpenDb(deps_.pool, ctx));
    HOIAM_ASSIGN_OR_RETURN(const auto body, ReadSurvey(db, work.subject));
    if (body) {
      HOIAM_ASSIGN_OR_RETURN(survey, Parse<v1::Survey>(*body));
    }
    HOIAM_ASSIGN_OR_RETURN(const auto policy, ReadAskPolicy(db));
    if (policy) {
      HOIAM_ASSIGN_OR_RETURN(const auto parsed, ParsePolicy(*policy));
      zone = parsed->rules.zone;
    }
  }
  std::optional<absl::Time> next;
  const auto day = ParseDate(work.work_id, zone);
  if (survey && Comes(*survey) && day) {
    const WaveSchedule schedule = ToSchedule(survey->schedule());
    const absl::Time at = NextWave(schedule, *day, zone);
    // A schedule that was changed does not hold this day any more, and has put its own.
    if (DateOf(at, zone) == work.work_id) {
      if (absl::Status s = BeginAndWait(deps_, ctx, RequestOf(*survey, work.work_id, at)); !s.ok()) {
        if (MayBegin(s)) return s;
        observe::Warn("schedule.no_wave", {{"survey", work.subject}, {"day", work.work_id}, {"why", ReasonOf(s)}});
      }
      next = NextWave(schedule, at + absl::Microseconds(1), zone);
    }
  }
  rpc::Writer::Item item;
  item.subject = work.subject;
  item.want = [work](db::UnitOfWork& uow) { WantWork(uow, work); };
  item.decide = [work, next, zone](db::UnitOfWork& uow, absl::Time) {
    if (FinishWork(uow, work) && next) Put(uow, work.tenant_id, work.subject, *next, zone);
    return absl::OkStatus();
  };
  std::vector<rpc::Writer::Item> items;
  items.push_back(std::move(item));
  std::promise<absl::Status> done;
  deps_.writer.SubmitBatch(ctx, std::move(items), [&done](std::vector<absl::Status> statuses, rpc::ReplyMeta) {
    done.set_value(statuses[0]);
  });
  return done.get_future().get();
}

}  // namespace hoiam::survey
