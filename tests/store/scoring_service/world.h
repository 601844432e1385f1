// A scoring schema on a real server, fed with events as the consumer feeds it, and read as its callers read it.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "platform/rpc/context.h"
#include "scoring_service/app/fresh_reads.h"
#include "scoring_service/rpc/handlers.h"
#include "tests/store/scoring_service/feed_world.h"

namespace hoiam::scoring {

class World : public FeedWorld {
 public:
  static rpc::CallContext Caller(const std::string& tenant = kTenant) {
    rpc::CallContext ctx;
    ctx.tenant = tenant;
    ctx.deadline = SystemClock().Now() + absl::Seconds(60);
    return ctx;
  }

  // As whoever asked reads it.
  static v1::GetHistoryResponse Received(const v1::StoredHistory& sent) {
    v1::GetHistoryResponse received;
    EXPECT_TRUE(received.ParseFromString(sent.SerializeAsString()));
    return received;
  }

  FreshReads reads{db.pool(), [this] { return Shown{generation, {}, nullptr}; }};
  std::unique_ptr<Handlers> handlers = std::make_unique<Handlers>(reads, clock);
};

}  // namespace hoiam::scoring
