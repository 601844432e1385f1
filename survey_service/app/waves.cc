#include "survey_service/app/waves.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "platform/base/status.h"
#include "platform/base/text.h"
#include "survey_service/app/asking.h"
#include "survey_service/app/define_survey.h"
#include "survey_service/app/paging.h"
#include "survey_service/app/stored.h"
#include "survey_service/app/wave_step.h"
#include "survey_service/convert/sample.h"
#include "survey_service/convert/times.h"
#include "survey_service/errors.h"
#include "survey_service/limits.h"
#include "survey_service/store/customer_reader.h"
#include "survey_service/store/policy_reader.h"
#include "survey_service/store/wave_reader.h"

namespace hoiam::survey {
namespace {

absl::StatusOr<v1::Survey> FindSurvey(const Deps& deps, const rpc::CallContext& ctx, const std::string& survey_id) {
  v1::GetSurveyRequest get;
  get.set_survey_id(survey_id);
  return GetSurvey(deps, ctx, get);
}

absl::StatusOr<WaveRow> FindWave(const db::TenantDb& db, const std::string& wave_id) {
  Violations v;
  CheckSlug(wave_id, "waveId", true, v);
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  HOIAM_ASSIGN_OR_RETURN(const auto row, ReadWave(db, wave_id));
  if (!row) return WaveNotFound(wave_id);
  return *row;
}

absl::StatusOr<v1::Wave> Shown(const db::TenantDb& db, const WaveRow& row) {
  HOIAM_ASSIGN_OR_RETURN(v1::Wave wave, ParseWave(row));
  HOIAM_ASSIGN_OR_RETURN(const int64_t answers, ReadWaveAnswers(db, WaveAnswersItem(row.wave_id)));
  wave.set_responses(static_cast<int32_t>(answers));
  return wave;
}

v1::WaveMember Shown(const v1::Wave& wave, const WaveMemberRow& row) {
  v1::WaveMember m;
  m.set_customer_id(row.customer_id);
  m.set_outcome(static_cast<v1::WaveMember::Outcome::Code>(row.outcome));
  m.set_reason(static_cast<v1::SkipReason::Code>(row.reason));
  m.set_stratum(row.stratum);
  m.set_rank(static_cast<int32_t>(row.place));
  SetTime(row.ask_time, m.mutable_ask_time());
  m.set_invitation_id(row.invitation_id);
  m.set_replaces(row.replaces);
  Explain(wave, m);
  return m;
}

}  // namespace

void CreateWave(const Deps& deps, const rpc::CallContext& ctx, const v1::CreateWaveRequest& q,
                rpc::Reply<v1::Wave> reply) {
  Violations v;
  NewWave made = ReadNewWave(q, deps.clock.Now(), v);
  if (!v.empty()) return reply(v.ToStatus(), {});
  BeginWave(deps, ctx, q, std::move(made), false, std::move(reply));
}

absl::StatusOr<v1::PreviewSampleResponse> PreviewSample(const Deps& deps, const rpc::CallContext& ctx,
                                                        const v1::PreviewSampleRequest& q) {
  Violations v;
  CheckSample(q.sample(), "sample", v);
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  HOIAM_ASSIGN_OR_RETURN(const v1::Survey survey, FindSurvey(deps, ctx, q.survey_id()));
  std::map<std::string, int64_t> populations;
  HOIAM_RETURN_IF_ERROR(
      ForEachPerson(deps, ctx, q.sample(), [&](absl::string_view stratum, const std::string&) -> absl::Status {
        ++populations[std::string(stratum)];
        return populations.size() <= kMaxStrata ? absl::OkStatus() : TooManyStrata();
      }));
  HOIAM_ASSIGN_OR_RETURN(const SampleRequest request, ToSampleRequest(q.sample()));
  std::vector<DrawnStratum> strata;
  HOIAM_RETURN_IF_ERROR(ToStatus(Deal(request.plan, populations, strata), "sample"));
  v1::PreviewSampleResponse r;
  int64_t population = 0, drawn = 0;
  for (const DrawnStratum& s : strata) {
    *r.add_strata() = FromStratum(s);
    population += s.population;
    drawn += s.places;
  }
  r.set_population(static_cast<int32_t>(population));
  r.set_drawn(static_cast<int32_t>(drawn));
  HOIAM_ASSIGN_OR_RETURN(const db::TenantDb db, rpc::OpenDb(deps.pool, ctx));
  HOIAM_ASSIGN_OR_RETURN(const auto policy, ReadAskPolicy(db));
  HOIAM_ASSIGN_OR_RETURN(const auto parsed, policy ? ParsePolicy(*policy) : StandardPolicy());
  r.set_needs_confirmation(NeedsConfirmation(survey, parsed->policy, r.drawn()));
  return r;
}

absl::StatusOr<v1::Wave> GetWave(const Deps& deps, const rpc::CallContext& ctx, const v1::GetWaveRequest& q) {
  HOIAM_ASSIGN_OR_RETURN(const db::TenantDb db, rpc::OpenDb(deps.pool, ctx));
  HOIAM_ASSIGN_OR_RETURN(const WaveRow row, FindWave(db, q.wave_id()));
  return Shown(db, row);
}

absl::StatusOr<v1::ListWavesResponse> ListWaves(const Deps& deps, const rpc::CallContext& ctx,
                                                const v1::ListWavesRequest& q) {
  HOIAM_ASSIGN_OR_RETURN(const int size, CheckPageSize(q.page_size()));
  HOIAM_RETURN_IF_ERROR(FindSurvey(deps, ctx, q.survey_id()).status());
  const std::string query = absl::StrCat("waves/", ctx.tenant, "/", q.survey_id());
  HOIAM_ASSIGN_OR_RETURN(const auto place, DecodePlace(query, q.page_token()));
  std::optional<WavePlace> before;
  if (place) before = WavePlace{place->time, place->id};
  HOIAM_ASSIGN_OR_RETURN(const db::TenantDb db, rpc::OpenDb(deps.pool, ctx));
  HOIAM_ASSIGN_OR_RETURN(const auto rows, ListWaves(db, q.survey_id(), before, size + 1));
  v1::ListWavesResponse page;
  for (const WaveRow& row : rows) {
    if (page.waves_size() == size) {
      page.set_next_page_token(EncodePlace(query, {rows[size - 1].create_time, rows[size - 1].wave_id}));
      break;
    }
    HOIAM_ASSIGN_OR_RETURN(*page.add_waves(), Shown(db, row));
  }
  return page;
}

void CancelWave(const Deps& deps, const rpc::CallContext& ctx, const v1::CancelWaveRequest& q,
                rpc::Reply<v1::Wave> reply) {
  Violations v;
  CheckSlug(q.wave_id(), "waveId", true, v);
  if (!v.empty()) return reply(v.ToStatus(), {});
  rpc::Write<v1::Wave> w;
  w.subject = q.wave_id();
  w.want = [tenant = ctx.tenant, id = q.wave_id()](db::UnitOfWork& uow) { uow.Want<WaveRow>({tenant, id}); };
  w.decide = [tenant = ctx.tenant, id = q.wave_id()](db::UnitOfWork& uow, absl::Time) -> absl::StatusOr<v1::Wave> {
    const auto* found = uow.Find<WaveRow>({tenant, id});
    if (!found) return WaveNotFound(id);
    WaveRow row = *found;
    HOIAM_ASSIGN_OR_RETURN(v1::Wave wave, ParseWave(row));
    if (wave.state() == v1::WaveState::CANCELLED) return wave;
    if (wave.state() != v1::WaveState::RUNNING) return WaveDone(id);
    wave.set_state(v1::WaveState::CANCELLED);
    wave.set_revision(wave.revision() + 1);
    row.body = wave.SerializeAsString();
    uow.Put(std::move(row));
    return wave;
  };
  deps.writer.Submit(ctx, q, std::move(w), std::move(reply));
}

absl::StatusOr<v1::ListWaveMembersResponse> ListWaveMembers(const Deps& deps, const rpc::CallContext& ctx,
                                                            const v1::ListWaveMembersRequest& q) {
  HOIAM_ASSIGN_OR_RETURN(const int size, CheckPageSize(q.page_size()));
  const std::string query = absl::StrCat("waveMembers/", ctx.tenant, "/", q.wave_id());
  HOIAM_ASSIGN_OR_RETURN(const std::vector<std::string> key, DecodePageToken(query, q.page_token()));
  std::optional<MemberPlace> after;
  if (!key.empty()) {
    after.emplace();
    if (key.size() != 2 || !absl::SimpleAtoi(key[1], &after->place)) return DecodePageToken(query, "?").status();
    after->stratum = key[0];
  }
  HOIAM_ASSIGN_OR_RETURN(const db::TenantDb db, rpc::OpenDb(deps.pool, ctx));
  HOIAM_ASSIGN_OR_RETURN(const WaveRow row, FindWave(db, q.wave_id()));
  HOIAM_ASSIGN_OR_RETURN(const v1::Wave wave, ParseWave(row));
  HOIAM_ASSIGN_OR_RETURN(const auto rows, ListMembers(db, row.draw_id, after, size + 1));
  v1::ListWaveMembersResponse page;
  for (const WaveMemberRow& member : rows) {
    if (page.members_size() == size) {
      const WaveMemberRow& last = rows[size - 1];
      page.set_next_page_token(EncodePageToken(query, {last.stratum, absl::StrCat(last.place)}));
      break;
    }
    *page.add_members() = Shown(wave, member);
  }
  return page;
}

absl::StatusOr<v1::WaveMember> GetWaveMember(const Deps& deps, const rpc::CallContext& ctx,
                                             const v1::GetWaveMemberRequest& q) {
  Violations v;
  CheckClientId(q.customer_id(), "customerId", v);
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  HOIAM_ASSIGN_OR_RETURN(const db::TenantDb db, rpc::OpenDb(deps.pool, ctx));
  HOIAM_ASSIGN_OR_RETURN(const WaveRow row, FindWave(db, q.wave_id()));
  HOIAM_ASSIGN_OR_RETURN(const v1::Wave wave, ParseWave(row));
  HOIAM_ASSIGN_OR_RETURN(const auto member, ReadMember(db, row.draw_id, q.customer_id()));
  if (member) return Shown(wave, *member);
  HOIAM_ASSIGN_OR_RETURN(const auto customer, ReadCustomer(db, q.customer_id()));
  if (!customer) return CustomerNotFound(q.customer_id());
  HOIAM_ASSIGN_OR_RETURN(const v1::Customer parsed, Parse<v1::Customer>(customer->body));
  HOIAM_ASSIGN_OR_RETURN(const SampleRequest request, ToSampleRequest(wave.sample()));
  Person person;
  if (!ReadPerson(customer->body, request.strata.property, person))
    return absl::InternalError("a stored customer cannot be read");
  return ExplainOutsider(wave, {q.customer_id(), ToTime(parsed.create_time()), ToTime(parsed.update_time()),
                                request.population.Holds(person), std::string(request.strata.StratumOf(person))});
}

}  // namespace hoiam::survey
