#include "survey_service/app/wave_work.h"

#include <algorithm>
#include <future>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "platform/base/ids.h"
#include "platform/base/status.h"
#include "survey_service/app/ask_step.h"
#include "survey_service/app/customer_step.h"
#include "survey_service/app/stored.h"
#include "survey_service/app/wave_step.h"
#include "survey_service/convert/times.h"
#include "survey_service/limits.h"
#include "survey_service/store/rows.h"
#include "survey_service/store/survey_reader.h"

namespace hoiam::survey {
namespace {

using Outcome = v1::WaveMember::Outcome;

// Somebody whose turn it is. `replaces`: whose place it is; empty: their own.
struct Turn {
  std::string customer_id;
  Outcome::Code expected;  // what the member must still be
  std::string replaces;
};

struct WaveAtWork {
  WaveRow row;
  v1::Wave wave;
};

rpc::CallContext ContextOf(const due::Work& work, absl::Time until) {
  rpc::CallContext ctx;
  ctx.tenant = work.tenant_id;
  ctx.principal = "system";
  ctx.deadline = until;
  return ctx;
}

// Runs one decision in the partition of `subject` and waits for it.
absl::Status Decide(const Deps& deps, const rpc::CallContext& ctx, std::vector<rpc::Writer::Item> items) {
  std::promise<absl::Status> done;
  deps.writer.SubmitBatch(ctx, std::move(items), [&done](std::vector<absl::Status> statuses, rpc::ReplyMeta) {
    absl::Status failed;
    for (const absl::Status& s : statuses) failed.Update(s);
    done.set_value(failed);
  });
  return done.get_future().get();
}

// Not about this person: the day is full, or nobody is asked on it. Their turn comes again.
bool ComesAgain(const v1::Dispatch& d) {
  return (d.reason() == v1::SkipReason::DAILY_LIMIT || d.reason() == v1::SkipReason::BLACKOUT) && d.has_eligible_time();
}

absl::Status Ask(db::UnitOfWork& uow, const LinkMaker& links, const WaveRow& at, const Turn& turn, absl::Time now) {
  const std::string& tenant = at.tenant_id;
  const auto* wave_row = uow.Find<WaveRow>({tenant, at.wave_id});
  const auto* found = uow.Find<WaveMemberRow>({tenant, at.draw_id, turn.customer_id});
  const auto* survey_row = uow.Find<SurveyRow>({tenant, at.survey_id});
  if (!wave_row || !found || !survey_row || found->outcome != turn.expected) return absl::OkStatus();
  HOIAM_ASSIGN_OR_RETURN(const v1::Wave wave, ParseWave(*wave_row));
  HOIAM_ASSIGN_OR_RETURN(const v1::Survey survey, Parse<v1::Survey>(survey_row->body));
  if (wave.state() != v1::WaveState::RUNNING || survey.state() != v1::SurveyState::ACTIVE) return absl::OkStatus();
  WaveMemberRow member = *found;
  HOIAM_ASSIGN_OR_RETURN(const v1::Customer customer, UpsertCustomer(uow, tenant, turn.customer_id, nullptr, now));
  DirectAsk ask;
  ask.wave_id = at.wave_id;
  HOIAM_ASSIGN_OR_RETURN(const v1::Dispatch d, AskDirectly(uow, tenant, links, survey, customer, ask, now));
  if (!turn.replaces.empty()) member.replaces = turn.replaces;
  member.ask_time = now;
  if (d.decision() == v1::DispatchDecision::INVITED) {
    member.outcome = Outcome::INVITED;
    member.invitation_id = d.invitation();
  } else if (ComesAgain(d)) {
    member.outcome = Outcome::WAITING;
    member.ask_time = ToTime(d.eligible_time());
  } else {
    member.outcome = Outcome::SKIPPED;
    member.reason = d.reason();
  }
  uow.Put(std::move(member));
  return absl::OkStatus();
}

rpc::Writer::Item ItemOf(const LinkMaker& links, const WaveRow& at, const Turn& turn) {
  rpc::Writer::Item item;
  item.subject = turn.customer_id;
  item.bytes = 1024;
  item.want = [&at, turn](db::UnitOfWork& uow) {
    const std::string& tenant = at.tenant_id;
    uow.Want<WaveRow>({tenant, at.wave_id});
    uow.Want<WaveMemberRow>({tenant, at.draw_id, turn.customer_id});
    uow.Want<SurveyRow>({tenant, at.survey_id});
    WantCustomer(uow, tenant, turn.customer_id);
    WantAskingDirectly(uow, tenant, turn.customer_id, at.survey_id);
  };
  item.decide = [&links, &at, turn](db::UnitOfWork& uow, absl::Time now) { return Ask(uow, links, at, turn, now); };
  return item;
}

// Replacements whose turn has come: in each stratum as many as there are people who could not be asked, in order.
absl::StatusOr<std::vector<Turn>> Replacements(const db::TenantDb& db, const WaveAtWork& at, size_t limit) {
  HOIAM_ASSIGN_OR_RETURN(const auto skipped, ListMembersWith(db, at.row.draw_id, Outcome::SKIPPED));
  std::map<std::string, std::vector<std::string>> free;  // by stratum, whose places
  for (const WaveMemberRow& m : skipped) free[m.stratum].push_back(m.customer_id);
  std::vector<Turn> turns;
  for (const auto& stratum : at.wave.strata()) {
    const auto it = free.find(stratum.stratum());
    if (it == free.end() || turns.size() >= limit) continue;
    HOIAM_ASSIGN_OR_RETURN(
        const auto replacements,
        ListStratum(db, at.row.draw_id, {stratum.stratum(), stratum.places()}, static_cast<int>(it->second.size())));
    std::set<std::string> replaced;
    for (const WaveMemberRow& r : replacements) replaced.insert(r.replaces);
    auto place = it->second.begin();
    for (const WaveMemberRow& r : replacements) {
      if (r.outcome != Outcome::REPLACEMENT || turns.size() >= limit) continue;
      while (place != it->second.end() && replaced.count(*place)) ++place;
      if (place == it->second.end()) break;
      turns.push_back({r.customer_id, Outcome::REPLACEMENT, *place++});
    }
  }
  return turns;
}

// The next people to ask.
absl::StatusOr<std::vector<Turn>> NextTurns(const db::TenantDb& db, const WaveAtWork& at, absl::Time now) {
  std::vector<Turn> turns;
  HOIAM_ASSIGN_OR_RETURN(const auto due, ListMembersDue(db, at.row.draw_id, Outcome::WAITING, now, kMemberChunk));
  for (const WaveMemberRow& m : due) turns.push_back({m.customer_id, Outcome::WAITING, ""});
  if (!turns.empty()) return turns;
  return Replacements(db, at, kMemberChunk);
}

// Where the wave stands after what was asked, and when to go on; unset: never.
struct Standing {
  int64_t invited = 0, skipped = 0, answers = 0;
  std::optional<absl::Time> next;
};

absl::StatusOr<Standing> Look(const db::TenantDb& db, const WaveRow& row) {
  Standing s;
  HOIAM_ASSIGN_OR_RETURN(auto outcomes, CountOutcomes(db, row.draw_id));
  s.invited = outcomes[Outcome::INVITED];
  s.skipped = outcomes[Outcome::SKIPPED];
  HOIAM_ASSIGN_OR_RETURN(s.answers, ReadWaveAnswers(db, WaveAnswersItem(row.wave_id)));
  HOIAM_ASSIGN_OR_RETURN(s.next, NextTurn(db, row.draw_id, Outcome::WAITING));
  return s;
}

bool TargetReached(const v1::Wave& wave, int64_t answers) {
  return wave.sample().target_responses() > 0 && answers >= wave.sample().target_responses();
}

enum class Then { kGoOn, kFinish, kCancel };

// Writes where the wave stands, and puts its work off or ends it.
absl::Status Record(const Deps& deps, const rpc::CallContext& ctx, const due::Work& work, const Standing& s, Then then,
                    absl::Time again) {
  rpc::Writer::Item item;
  item.subject = work.subject;
  item.want = [work](db::UnitOfWork& uow) {
    WantWork(uow, work);
    uow.Want<WaveRow>({work.tenant_id, work.subject});
  };
  item.decide = [work, s, then, again](db::UnitOfWork& uow, absl::Time) -> absl::Status {
    const auto* found = uow.Find<WaveRow>({work.tenant_id, work.subject});
    if (!found || !HoldsWork(uow, work)) return absl::OkStatus();
    WaveRow row = *found;
    HOIAM_ASSIGN_OR_RETURN(v1::Wave wave, ParseWave(row));
    const bool running = wave.state() == v1::WaveState::RUNNING;
    const v1::Wave before = wave;
    wave.set_invited(static_cast<int32_t>(s.invited));
    wave.set_skipped(static_cast<int32_t>(s.skipped));
    if (running && then != Then::kGoOn)
      wave.set_state(then == Then::kFinish ? v1::WaveState::DONE : v1::WaveState::CANCELLED);
    if (wave.invited() != before.invited() || wave.skipped() != before.skipped() || wave.state() != before.state()) {
      wave.set_revision(wave.revision() + 1);
      row.body = wave.SerializeAsString();
      uow.Put(std::move(row));
    }
    if (running && then == Then::kGoOn)
      PutOffWork(uow, work, again);
    else
      FinishWork(uow, work);
    return absl::OkStatus();
  };
  std::vector<rpc::Writer::Item> items;
  items.push_back(std::move(item));
  return Decide(deps, ctx, std::move(items));
}

}  // namespace

absl::Status WaveWork::Run(const std::vector<due::Work>& taken, absl::Time until) {
  absl::Status failed;
  for (const due::Work& work : taken) {
    const absl::Time now = deps_.clock.Now();
    failed.Update(GoOn(work, now + (until - now) / 2, until));
  }
  return failed;
}

absl::Status WaveWork::GoOn(const due::Work& work, absl::Time stop, absl::Time until) {
  const rpc::CallContext ctx = ContextOf(work, until);
  const auto draw_id = ParseUuid(work.work_id);
  if (!draw_id) return absl::InternalError("the work of a wave names no draw");
  for (;;) {
    WaveAtWork at;
    std::vector<Turn> turns;
    Standing standing;
    v1::SurveyState::Code survey_state = v1::SurveyState::ARCHIVED;
    const absl::Time now = deps_.clock.Now();
    {
      HOIAM_ASSIGN_OR_RETURN(const db::TenantDb db, rpc::OpenDb(deps_.pool, ctx));
      HOIAM_ASSIGN_OR_RETURN(const auto row, ReadWave(db, work.subject));
      if (!row || row->draw_id != *draw_id) return Sweep(ctx, work, *draw_id);
      at.row = *row;
      HOIAM_ASSIGN_OR_RETURN(at.wave, ParseWave(*row));
      HOIAM_ASSIGN_OR_RETURN(const auto body, ReadSurvey(db, row->survey_id));
      if (body) {
        HOIAM_ASSIGN_OR_RETURN(const v1::Survey survey, Parse<v1::Survey>(*body));
        survey_state = survey.state();
      }
      if (at.wave.state() == v1::WaveState::RUNNING && survey_state == v1::SurveyState::ACTIVE) {
        HOIAM_ASSIGN_OR_RETURN(turns, NextTurns(db, at, now));
      }
      // After the turns: where nobody's is left, everybody is counted, whoever asked them.
      HOIAM_ASSIGN_OR_RETURN(standing, Look(db, *row));
    }
    if (survey_state == v1::SurveyState::ARCHIVED) return Record(deps_, ctx, work, standing, Then::kCancel, now);
    if (at.wave.state() != v1::WaveState::RUNNING || TargetReached(at.wave, standing.answers))
      return Record(deps_, ctx, work, standing, Then::kFinish, now);
    // A survey that is paused takes its waves up when it is active again.
    if (survey_state != v1::SurveyState::ACTIVE)
      return Record(deps_, ctx, work, standing, Then::kGoOn, now + kLookAtWaves);
    if (turns.empty()) {
      if (!standing.next) return Record(deps_, ctx, work, standing, Then::kFinish, now);
      const bool counts = at.wave.sample().target_responses() > 0;
      return Record(deps_, ctx, work, standing, Then::kGoOn,
                    counts ? std::min(*standing.next, now + kLookAtWaves) : *standing.next);
    }
    if (now >= stop) return Record(deps_, ctx, work, standing, Then::kGoOn, now);
    std::vector<rpc::Writer::Item> items;
    for (const Turn& turn : turns) items.push_back(ItemOf(deps_.links, at.row, turn));
    HOIAM_RETURN_IF_ERROR(Decide(deps_, ctx, std::move(items)));
  }
}

absl::Status WaveWork::Sweep(const rpc::CallContext& ctx, const due::Work& work, const std::string& draw_id) {
  {
    HOIAM_ASSIGN_OR_RETURN(const db::TenantDb db, rpc::OpenDb(deps_.pool, ctx));
    for (int64_t removed = kMemberChunk; removed == kMemberChunk;) {
      HOIAM_ASSIGN_OR_RETURN(removed, DeleteMembers(db, draw_id, kMemberChunk));
    }
  }
  rpc::Writer::Item item;
  item.subject = work.subject;
  item.want = [work](db::UnitOfWork& uow) { WantWork(uow, work); };
  item.decide = [work](db::UnitOfWork& uow, absl::Time) {
    FinishWork(uow, work);
    return absl::OkStatus();
  };
  std::vector<rpc::Writer::Item> items;
  items.push_back(std::move(item));
  return Decide(deps_, ctx, std::move(items));
}

}  // namespace hoiam::survey
