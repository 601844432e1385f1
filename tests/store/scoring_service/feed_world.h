// A scoring schema on a real server, fed with events as the consumer feeds it.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "platform/db/unit_of_work.h"
#include "scoring_service/app/feeds.h"
#include "scoring_service/migrations/migrations.h"
#include "tests/support/database.h"
#include "tests/support/fake_clock.h"
#include "tests/support/matchers.h"
#include "tests/unit/scoring_service/events.h"

namespace hoiam::scoring {

class FeedWorld {
 public:
  FeedWorld() : db("scoring", Migrations()) {
    if (!absl::LoadTimeZone("Asia/Ho_Chi_Minh", &zone)) ADD_FAILURE() << "no zone";
    generation.zone = zone;
    survey = std::make_unique<SurveyFeed>(generation);
    loop = std::make_unique<LoopFeed>(generation);
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

  absl::TimeZone zone;
  testing::FakeClock clock{absl::FromCivil(absl::CivilSecond(2026, 11, 21, 12), absl::UTCTimeZone())};
  testing::TestDatabase db;
  Generation generation;
  std::unique_ptr<SurveyFeed> survey;
  std::unique_ptr<LoopFeed> loop;
  std::unique_ptr<db::Session> session;

 private:
  feed::EventHandler& HandlerOf(const Event& e) {
    if (e.kind_case() == Event::kCase) return *loop;
    return *survey;
  }
};

}  // namespace hoiam::scoring
