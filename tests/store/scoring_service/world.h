// A scoring schema on a real server, fed with events as the consumer feeds it.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "hoiam/event/v1/event.pb.h"
#include "platform/db/unit_of_work.h"
#include "platform/rpc/context.h"
#include "scoring_service/app/feeds.h"
#include "scoring_service/app/fresh_reads.h"
#include "scoring_service/convert/time.h"
#include "scoring_service/migrations/migrations.h"
#include "scoring_service/rpc/handlers.h"
#include "tests/support/database.h"
#include "tests/support/fake_clock.h"
#include "tests/support/matchers.h"

namespace hoiam::scoring {

using hoiam::event::v1::Event;

inline constexpr char kTenant[] = "demo";

class World {
 public:
  World() : db("scoring", Migrations()) {
    if (!absl::LoadTimeZone("Asia/Ho_Chi_Minh", &zone)) ADD_FAILURE() << "no zone";
    generation.zone = zone;
    survey = std::make_unique<SurveyFeed>(generation);
    loop = std::make_unique<LoopFeed>(generation);
    reads = std::make_unique<FreshReads>(db.pool(), [this] { return Shown{generation, {}, nullptr}; });
    handlers = std::make_unique<Handlers>(*reads, clock, zone);
    session = db.Session();
  }

  // Applies events in one transaction on `to`, the way feed::Consumer does.
  absl::Status TryApply(const std::vector<Event>& events, db::Session& to) {
    return db::InTransaction(to, [&]() -> absl::Status {
      db::UnitOfWork uow;
      do {
        for (const Event& e : events) {
          uow.Begin(0, e.tenant_id());
          HandlerOf(e).Want(e, uow);
        }
        if (!uow.NeedsLoad()) break;
        HOIAM_RETURN_IF_ERROR(uow.Load(to));
      } while (true);
      for (const Event& e : events) {
        uow.Begin(0, e.tenant_id());
        HOIAM_RETURN_IF_ERROR(HandlerOf(e).Apply(e, uow, clock.Now()));
      }
      return uow.Flush(to);
    });
  }
  void Apply(const std::vector<Event>& events) {
    const absl::Status s = TryApply(events, *session);
    ASSERT_TRUE(s.ok()) << s;
  }

  static rpc::CallContext Caller(const std::string& tenant = kTenant) {
    rpc::CallContext ctx;
    ctx.tenant = tenant;
    ctx.deadline = SystemClock().Now() + absl::Seconds(60);
    return ctx;
  }

  absl::TimeZone zone;
  testing::FakeClock clock{absl::FromCivil(absl::CivilSecond(2026, 11, 21, 12), absl::UTCTimeZone())};
  testing::TestDatabase db;
  Generation generation;
  std::unique_ptr<SurveyFeed> survey;
  std::unique_ptr<LoopFeed> loop;
  std::unique_ptr<FreshReads> reads;
  std::unique_ptr<Handlers> handlers;
  std::unique_ptr<db::Session> session;

 private:
  feed::EventHandler& HandlerOf(const Event& e) {
    if (e.kind_case() == Event::kCase) return *loop;
    return *survey;
  }
};

// --- events
// ------------------------------------------------------------------------------------------------------------

inline absl::Time Local(int year, int month, int day, int hour = 12) {
  return absl::FromCivil(absl::CivilSecond(year, month, day, hour), absl::FixedTimeZone(7 * 3600));
}

inline Event EventOf(const hoiam::survey::v1::Response& r, const std::string& tenant = kTenant) {
  Event e;
  e.set_tenant_id(tenant);
  e.set_subject(r.customer_id());
  *e.mutable_response()->mutable_response() = r;
  return e;
}
inline Event EventOf(const hoiam::survey::v1::Interaction& i, const std::string& tenant = kTenant) {
  Event e;
  e.set_tenant_id(tenant);
  e.set_subject(i.customer_id());
  *e.mutable_interaction()->mutable_interaction() = i;
  return e;
}
inline Event EventOf(const hoiam::loop::v1::Case& c, const std::string& tenant = kTenant) {
  Event e;
  e.set_tenant_id(tenant);
  e.set_subject(c.customer_id());
  *e.mutable_case_()->mutable_case_() = c;
  return e;
}

inline hoiam::survey::v1::Response ResponseOf(const std::string& customer, const std::string& id,
                                              const std::string& metric, int score, absl::Time at) {
  hoiam::survey::v1::Response r;
  r.set_customer_id(customer);
  r.set_response_id(id);
  r.set_metric(metric);
  r.set_score(score);
  r.set_solicited(true);
  r.set_effects(hoiam::survey::v1::Effects::FULL);
  r.set_revision(1);
  *r.mutable_responded_at() = FromTime(at);
  return r;
}
inline hoiam::survey::v1::Interaction InteractionOf(const std::string& customer, const std::string& id, absl::Time at,
                                                    const std::string& amount = "",
                                                    const std::string& currency = "VND") {
  hoiam::survey::v1::Interaction i;
  i.set_customer_id(customer);
  i.set_interaction_id(id);
  i.set_type("PURCHASE");
  i.set_revision(1);
  *i.mutable_occurred_at() = FromTime(at);
  if (!amount.empty()) {
    i.set_amount(amount);
    i.set_currency(currency);
  }
  return i;
}

}  // namespace hoiam::scoring
