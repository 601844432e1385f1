#include "survey_service/app/wave_step.h"

#include <algorithm>
#include <future>
#include <utility>
#include <vector>

#include "platform/base/crypto.h"
#include "platform/base/ids.h"
#include "platform/base/status.h"
#include "survey_service/app/asking.h"
#include "survey_service/app/due_kinds.h"
#include "survey_service/app/stored.h"
#include "survey_service/convert/sample.h"
#include "survey_service/convert/survey.h"
#include "survey_service/convert/times.h"
#include "survey_service/domain/sampling.h"
#include "survey_service/domain/wave_days.h"
#include "survey_service/errors.h"
#include "survey_service/limits.h"
#include "survey_service/store/policy_reader.h"
#include "survey_service/store/population_reader.h"
#include "survey_service/store/rows.h"
#include "survey_service/store/survey_reader.h"
#include "survey_service/store/wave_reader.h"

namespace hoiam::survey {
namespace {

// A draw keeps about twice what it will need. Chance that wants more is met by another pass.
constexpr double kKeep = 2, kKeepMore = 4;

absl::StatusOr<v1::Survey> FindActiveSurvey(const db::TenantDb& db, const std::string& survey_id) {
  HOIAM_ASSIGN_OR_RETURN(const auto body, ReadSurvey(db, survey_id));
  if (!body) return SurveyNotFound(survey_id);
  HOIAM_ASSIGN_OR_RETURN(v1::Survey survey, Parse<v1::Survey>(*body));
  if (survey.state() != v1::SurveyState::ACTIVE) return SurveyNotActive(survey_id, ToState(survey.state()));
  return survey;
}

absl::StatusOr<std::shared_ptr<const AskingPolicy>> ReadPolicy(const db::TenantDb& db) {
  HOIAM_ASSIGN_OR_RETURN(const auto body, ReadAskPolicy(db));
  return body ? ParsePolicy(*body) : StandardPolicy();
}

absl::Status CheckConfirmed(const v1::Wave& wave, const v1::Survey& survey, const AskingPolicy& policy) {
  const int size = SampleSize(wave.sample());
  if (!NeedsConfirmation(survey, policy.policy, size) || wave.confirmed_size() == size) return absl::OkStatus();
  return ConfirmationRequired(size, policy.rules.confirm_above);
}

absl::StatusOr<std::unique_ptr<Draw>> DrawSample(const Deps& deps, const rpc::CallContext& ctx,
                                                 const v1::SampleSpec& sample) {
  HOIAM_ASSIGN_OR_RETURN(const SampleRequest request, ToSampleRequest(sample));
  for (double keep = kKeep;; keep *= kKeepMore) {
    auto draw = std::make_unique<Draw>(request.plan, keep);
    HOIAM_RETURN_IF_ERROR(
        ForEachPerson(deps, ctx, sample, [&](absl::string_view stratum, const std::string& id) -> absl::Status {
          draw->Offer(stratum, id);
          return draw->strata_seen() <= kMaxStrata ? absl::OkStatus() : TooManyStrata();
        }));
    HOIAM_RETURN_IF_ERROR(ToStatus(draw->Finish(), "sample"));
    if (draw->complete()) return draw;
  }
}

// The members in the order of their keys. Those drawn are dealt out to the days by their ranks, so each day asks all
// strata.
std::vector<WaveMemberRow> MembersOf(const std::string& tenant, const std::string& draw_id, const Draw& draw,
                                     int drip_days, absl::Time start, absl::TimeZone zone) {
  using Outcome = v1::WaveMember::Outcome;
  std::vector<WaveMemberRow> rows;
  std::vector<std::pair<uint64_t, size_t>> drawn;
  for (size_t i = 0; i < draw.strata().size(); ++i) {
    int64_t place = 0;
    for (const DrawnPerson& p : draw.people(i)) {
      const bool waits = ++place <= draw.strata()[i].places;
      if (waits) drawn.emplace_back(p.rank, rows.size());
      rows.push_back({tenant, draw_id, p.customer_id, draw.strata()[i].stratum, place,
                      waits ? Outcome::WAITING : Outcome::REPLACEMENT, v1::SkipReason::UNSPECIFIED, start, "", ""});
    }
  }
  std::sort(drawn.begin(), drawn.end());
  const int64_t n = static_cast<int64_t>(drawn.size());
  for (int64_t i = 0; i < n; ++i)
    rows[drawn[static_cast<size_t>(i)].second].ask_time = AskTime(start, DripDay(i, n, drip_days), zone);
  std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.customer_id < b.customer_id; });
  return rows;
}

// Writes the members a chunk at a time, behind a lease that removes them unless the wave comes.
absl::Status WriteMembers(const Deps& deps, const rpc::CallContext& ctx, const std::string& wave_id,
                          const std::string& draw_id, const std::vector<WaveMemberRow>& rows) {
  for (size_t at = 0; at < rows.size(); at += kMemberChunk) {
    const size_t end = std::min(rows.size(), at + kMemberChunk);
    rpc::Writer::Item item;
    item.subject = wave_id;
    item.bytes = (end - at) * 2 * kMaxStratum;
    item.want = [](db::UnitOfWork&) {};
    item.decide = [&, at, end](db::UnitOfWork& uow, absl::Time now) {
      if (at == 0) due::AddWork(uow, ctx.tenant, DueKind::kWave, wave_id, UuidToString(draw_id), now + kDrawLease);
      for (size_t i = at; i < end; ++i) uow.Put(rows[i]);
      return absl::OkStatus();
    };
    std::vector<rpc::Writer::Item> items;
    items.push_back(std::move(item));
    std::promise<absl::Status> written;
    deps.writer.SubmitBatch(ctx, std::move(items), [&written](std::vector<absl::Status> statuses, rpc::ReplyMeta) {
      written.set_value(statuses[0]);
    });
    HOIAM_RETURN_IF_ERROR(written.get_future().get());
  }
  return absl::OkStatus();
}

void FillDrawn(const Draw& draw, v1::Wave& wave) {
  int64_t drawn = 0;
  for (const DrawnStratum& s : draw.strata()) {
    *wave.add_strata() = FromStratum(s);
    drawn += s.places;
  }
  wave.set_drawn(static_cast<int32_t>(drawn));
}

// Draws and writes the members of `made`, and fills in what the draw came to; answers the draw's id. Nothing of it when
// the wave is there already: "".
absl::StatusOr<std::string> DrawMembers(const Deps& deps, const rpc::CallContext& ctx, v1::Wave& wave, bool confirmed) {
  std::shared_ptr<const AskingPolicy> policy;
  {
    HOIAM_ASSIGN_OR_RETURN(const db::TenantDb db, rpc::OpenDb(deps.pool, ctx));
    HOIAM_ASSIGN_OR_RETURN(const auto there, ReadWave(db, wave.wave_id()));
    if (there) return std::string();
    HOIAM_ASSIGN_OR_RETURN(const v1::Survey survey, FindActiveSurvey(db, wave.survey_id()));
    HOIAM_ASSIGN_OR_RETURN(policy, ReadPolicy(db));
    if (!confirmed) HOIAM_RETURN_IF_ERROR(CheckConfirmed(wave, survey, *policy));
  }
  v1::SampleSpec& sample = *wave.mutable_sample();
  while (sample.seed() == 0) {
    const std::string random = RandomBytes(4);  // short enough to be typed and to be exact in any JSON reader
    for (const char c : random) sample.set_seed(sample.seed() << 8 | static_cast<unsigned char>(c));
  }
  const absl::Time now = absl::FromUnixMicros(absl::ToUnixMicros(deps.clock.Now()));
  const absl::Time start = wave.has_start_time() ? ToTime(wave.start_time()) : now;
  HOIAM_ASSIGN_OR_RETURN(const std::unique_ptr<Draw> draw, DrawSample(deps, ctx, sample));
  FillDrawn(*draw, wave);
  const std::string draw_id = NewUuid(now);
  HOIAM_RETURN_IF_ERROR(
      WriteMembers(deps, ctx, wave.wave_id(), draw_id,
                   MembersOf(ctx.tenant, draw_id, *draw, sample.drip_days(), start, policy->rules.zone)));
  SetTime(start, wave.mutable_start_time());
  return draw_id;
}

}  // namespace

void BeginWave(const Deps& deps, const rpc::CallContext& ctx, const google::protobuf::Message& request, NewWave made,
               bool confirmed, rpc::Reply<v1::Wave> reply) {
  const auto draw_id = DrawMembers(deps, ctx, made.wave, confirmed);
  if (!draw_id.ok()) return reply(draw_id.status(), {});
  rpc::Write<v1::Wave> w;
  w.subject = made.wave.wave_id();
  w.bytes = made.wave.ByteSizeLong();
  w.want = [tenant = ctx.tenant, wave_id = made.wave.wave_id(),
            survey_id = made.wave.survey_id()](db::UnitOfWork& uow) {
    uow.Want<WaveRow>({tenant, wave_id});
    uow.Want<SurveyRow>({tenant, survey_id});
  };
  w.decide = [tenant = ctx.tenant, made = std::move(made), draw_id = *draw_id](
                 db::UnitOfWork& uow, absl::Time now) -> absl::StatusOr<v1::Wave> {
    const std::string& id = made.wave.wave_id();
    if (const auto* row = uow.Find<WaveRow>({tenant, id})) {
      if (row->fingerprint != made.fingerprint) return IdReused("waveId", id);
      return ParseWave(*row);
    }
    if (draw_id.empty()) return absl::InternalError("a wave is gone");
    const auto* survey_row = uow.Find<SurveyRow>({tenant, made.wave.survey_id()});
    if (!survey_row) return SurveyNotFound(made.wave.survey_id());
    HOIAM_ASSIGN_OR_RETURN(const v1::Survey survey, Parse<v1::Survey>(survey_row->body));
    if (survey.state() != v1::SurveyState::ACTIVE) return SurveyNotActive(survey.survey_id(), ToState(survey.state()));
    v1::Wave wave = made.wave;
    wave.set_state(v1::WaveState::RUNNING);
    wave.set_revision(1);
    SetTime(now, wave.mutable_create_time());
    uow.Put(WaveRow{tenant, id, wave.survey_id(), now, made.fingerprint, draw_id, wave.SerializeAsString()});
    due::AddWork(uow, tenant, DueKind::kWave, id, UuidToString(draw_id), ToTime(wave.start_time()));
    return wave;
  };
  deps.writer.Submit(ctx, request, std::move(w), std::move(reply));
}

absl::StatusOr<v1::Wave> ParseWave(const WaveRow& row) { return Parse<v1::Wave>(row.body); }

std::string WaveAnswersItem(absl::string_view wave_id) { return absl::StrCat("wave:", wave_id); }

void CountWaveAnswer(db::UnitOfWork& uow, const std::string& tenant, const v1::Invitation& invitation) {
  if (invitation.wave_id().empty()) return;
  uow.Add(TallyRow{tenant, "", 0, "", WaveAnswersItem(invitation.wave_id()), 1});
}

absl::Status ForEachPerson(
    const Deps& deps, const rpc::CallContext& ctx, const v1::SampleSpec& sample,
    const std::function<absl::Status(absl::string_view stratum, const std::string& customer_id)>& each) {
  HOIAM_ASSIGN_OR_RETURN(const SampleRequest request, ToSampleRequest(sample));
  HOIAM_ASSIGN_OR_RETURN(const db::TenantDb db, rpc::OpenDb(deps.pool, ctx));
  Person person;
  int64_t seen = 0;
  return ForEachCustomer(db, kPopulationPage, [&](const std::string& id, const std::string& body) -> absl::Status {
    if (++seen % kPopulationPage == 0 && deps.clock.Now() >= ctx.deadline) return PopulationTooLarge();
    if (!ReadPerson(body, request.strata.property, person))
      return absl::InternalError("a stored customer cannot be read");
    return request.population.Holds(person) ? each(request.strata.StratumOf(person), id) : absl::OkStatus();
  });
}

}  // namespace hoiam::survey
