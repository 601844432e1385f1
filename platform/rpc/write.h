// From a handler to the write combiner: subject → partition, Idempotency-Key, consistency token.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "google/protobuf/message.h"
#include "platform/db/unit_of_work.h"
#include "platform/db/write_combiner.h"
#include "platform/rpc/context.h"
#include "platform/rpc/serve_unary.h"

namespace hoiam::rpc {

// One write as a use case states it. `want` and `decide` may run several times.
template <class Resp>
struct Write {
  std::string subject;  // the customer's id, else the resource's own id
  std::string tenant;   // whose subject that is; empty: the caller's own, as nearly always
  size_t bytes = 256;
  std::function<void(db::UnitOfWork&)> want;
  std::function<absl::StatusOr<Resp>(db::UnitOfWork&, absl::Time now)> decide;
};

class Writer {
 public:
  // `source` is the name in consistency tokens: "survey", "loop", "gateway".
  Writer(db::WriteCombiner& combiner, std::string source) : combiner_(combiner), source_(std::move(source)) {}

  // Submits one write. With an Idempotency-Key in `ctx`, the reply is stored beside the effect for 24 h: the same key
  // with the same request replays it; with another request it is FAILED_PRECONDITION reason IDEMPOTENCY_KEY_REUSED;
  // while the first is still running ABORTED reason IN_PROGRESS. Fields marked (sensitive) are not stored. A field
  // `consistency_token` of Resp, when it has one, is set.
  template <class Resp>
  void Submit(const CallContext& ctx, const google::protobuf::Message& request, Write<Resp> write, Reply<Resp> reply) {
    auto box = std::make_shared<Resp>();
    UntypedWrite w;
    w.subject = std::move(write.subject);
    w.tenant = std::move(write.tenant);
    w.bytes = write.bytes;
    w.want = std::move(write.want);
    w.decide = [box, decide = std::move(write.decide)](db::UnitOfWork& uow, absl::Time now) -> absl::Status {
      auto result = decide(uow, now);
      if (!result.ok()) return result.status();
      *box = *std::move(result);
      return absl::OkStatus();
    };
    w.message = box.get();
    SubmitUntyped(ctx, request, std::move(w), [box, reply = std::move(reply)](absl::Status s, ReplyMeta meta) {
      if (!s.ok()) return reply(std::move(s), std::move(meta));
      reply(std::move(*box), std::move(meta));
    });
  }

  // Submits the items of a batch, each in its own partition; `done` gets one status per item, in order, and one token
  // that covers them all. Items are idempotent by their own ids. `decide` stores its result where the caller wants it.
  struct Item {
    std::string subject;
    size_t bytes = 256;
    std::function<void(db::UnitOfWork&)> want;
    std::function<absl::Status(db::UnitOfWork&, absl::Time now)> decide;
  };
  void SubmitBatch(const CallContext& ctx, std::vector<Item> items,
                   std::function<void(std::vector<absl::Status>, ReplyMeta)> done);

 private:
  struct UntypedWrite {
    std::string subject, tenant;
    size_t bytes;
    std::function<void(db::UnitOfWork&)> want;
    std::function<absl::Status(db::UnitOfWork&, absl::Time)> decide;
    google::protobuf::Message* message;
  };
  void SubmitUntyped(const CallContext& ctx, const google::protobuf::Message& request, UntypedWrite write,
                     std::function<void(absl::Status, ReplyMeta)> done);
  struct InFlight;
  db::WriteCombiner& combiner_;
  const std::string source_;
  std::shared_ptr<InFlight> in_flight_ = MakeInFlight();
  static std::shared_ptr<InFlight> MakeInFlight();
};

}  // namespace hoiam::rpc
