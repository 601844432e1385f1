#include "platform/feed/backfill.h"

#include <grpcpp/grpcpp.h>

#include <tuple>
#include <utility>
#include <vector>

#include "hoiam/feed/v1/feed.grpc.pb.h"
#include "platform/base/status.h"
#include "platform/feed/cursors.h"
#include "platform/rpc/status_wire.h"

namespace hoiam::feed {

namespace pb = hoiam::feed::v1;

struct Backfill::Impl {
  const std::unique_ptr<pb::EventFeed::Stub> stub;
  const BackfillOptions options;
  Applier applier;
  grpc::ClientContext context;

  absl::Status ApplyAll();
  absl::Status InTransaction(uint64_t sent, uint64_t total, const std::function<absl::Status(db::Session&)>& body);
};

Backfill::Backfill(std::shared_ptr<grpc::ChannelInterface> channel, db::Pool& pool, EventHandler& handler,
                   const Clock& clock, BackfillOptions options)
    : impl_(new Impl{pb::EventFeed::NewStub(channel), options, {pool, handler, clock, options}, {}}) {}

Backfill::~Backfill() = default;

void Backfill::Cancel() { impl_->context.TryCancel(); }

absl::Status Backfill::Run() { return impl_->ApplyAll(); }

absl::Status Backfill::Impl::InTransaction(uint64_t sent, uint64_t total,
                                           const std::function<absl::Status(db::Session&)>& body) {
  HOIAM_ASSIGN_OR_RETURN(db::Session * session, applier.Session());
  absl::Status s = options.hold(*session, sent, total);
  if (s.ok()) s = body(*session);
  if (s.ok()) return session->Execute("COMMIT");
  session->Execute("ROLLBACK").IgnoreError();
  return s;
}

absl::Status Backfill::Impl::ApplyAll() {
  const auto& [consumer, source] = std::tie(options.consumer, options.source);
  HOIAM_RETURN_IF_ERROR(InTransaction(0, 0, [&](db::Session& s) { return ForgetConsumer(s, consumer, source); }));
  HOIAM_RETURN_IF_ERROR(applier.ReadParked());

  pb::BackfillRequest request;
  request.set_consumer(consumer);
  const auto stream = stub->Backfill(&context, request);
  std::vector<pb::Position> starts;
  uint64_t sent = 0, total = 0;
  absl::Status applied;
  for (pb::BackfillChunk chunk; applied.ok() && stream->Read(&chunk); chunk.Clear()) {
    if (starts.empty()) starts.assign(chunk.starts().begin(), chunk.starts().end());
    std::vector<PlacedEvent> events(chunk.events_size());
    for (int i = 0; i < chunk.events_size(); ++i) {
      events[i].place.position = static_cast<int>(sent + i);  // seq 0: of no envelope
      if (!events[i].event.ParseFromString(chunk.events(i)))
        applied.Update(absl::InternalError("an event cannot be read"));
    }
    sent = chunk.sent();
    total = chunk.total();
    if (applied.ok())
      applied.Update(
          applier.Apply(events, [&](db::Session& s, bool) { return options.hold(s, sent, total); }).status());
  }
  if (!applied.ok()) context.TryCancel();
  const absl::Status ended = rpc::FromGrpc(stream->Finish());
  HOIAM_RETURN_IF_ERROR(applied);
  HOIAM_RETURN_IF_ERROR(ended);
  if (starts.empty()) return absl::InternalError("the source does not say where its log stands");
  return InTransaction(sent, total, [&](db::Session& s) -> absl::Status {
    for (const pb::Position& at : starts) HOIAM_RETURN_IF_ERROR(PutCursor(s, consumer, source, at));
    return absl::OkStatus();
  });
}

}  // namespace hoiam::feed
