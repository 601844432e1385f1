#include "platform/rpc/write.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/timestamp.pb.h>

#include <mutex>
#include <set>

#include "absl/strings/str_cat.h"
#include "hoiam/options/v1/options.pb.h"
#include "platform/base/crypto.h"
#include "platform/base/decimal.h"
#include "platform/base/ids.h"
#include "platform/base/status.h"
#include "platform/db/idempotency.h"
#include "platform/feed/token.h"

namespace hoiam::rpc {
namespace {

using google::protobuf::Message;

constexpr absl::Duration kKeepReplies = absl::Hours(24);

// Calls `f` for `m` and every message inside of it.
void Walk(Message& m, const std::function<void(Message&)>& f) {
  f(m);
  const auto* r = m.GetReflection();
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  r->ListFields(m, &fields);
  for (const auto* field : fields) {
    if (field->cpp_type() != google::protobuf::FieldDescriptor::CPPTYPE_MESSAGE) continue;
    if (!field->is_repeated())
      Walk(*r->MutableMessage(&m, field), f);
    else
      for (int i = 0; i < r->FieldSize(m, field); ++i) Walk(*r->MutableRepeatedMessage(&m, field, i), f);
  }
}

// Times are kept to the microsecond.
void TruncateTime(Message& m) {
  if (m.GetDescriptor() != google::protobuf::Timestamp::descriptor()) return;
  auto& t = static_cast<google::protobuf::Timestamp&>(m);
  t.set_nanos(t.nanos() - t.nanos() % 1000);
}

// "10.50" is "10.5".
void ShortenDecimals(Message& m) {
  const auto* d = m.GetDescriptor();
  const auto* r = m.GetReflection();
  for (int i = 0; i < d->field_count(); ++i) {
    const auto* field = d->field(i);
    if (field->is_repeated() || !field->options().GetExtension(hoiam::options::v1::decimal)) continue;
    if (const auto number = Decimal::ParseAmount(r->GetString(m, field)); number)
      r->SetString(&m, field, number->ToString());
  }
}

// The same for REST and gRPC: both arrive as the same message; maps are sorted.
std::string Deterministic(const Message& request) {
  const std::unique_ptr<Message> m(request.New());
  m->CopyFrom(request);
  Walk(*m, TruncateTime);
  Walk(*m, ShortenDecimals);
  std::string out;
  {
    google::protobuf::io::StringOutputStream stream(&out);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    m->SerializeToCodedStream(&coded);
  }
  return out;
}

void ClearSensitive(Message& m) {
  const auto* d = m.GetDescriptor();
  for (int i = 0; i < d->field_count(); ++i)
    if (d->field(i)->options().GetExtension(hoiam::options::v1::sensitive))
      m.GetReflection()->ClearField(&m, d->field(i));
}

void SetToken(Message& m, const std::string& token) {
  if (const auto* f = m.GetDescriptor()->FindFieldByName("consistency_token"); f && !f->is_repeated())
    m.GetReflection()->SetString(&m, f, token);
}

std::string TokenAt(const std::string& source, const db::LogPosition& at) {
  hoiam::feed::v1::Position p;
  p.set_source(source);
  p.set_partition(at.partition);
  p.set_epoch(at.epoch);
  p.set_seq(at.seq);
  return feed::EncodeToken({p});
}

absl::Status BadKey(absl::string_view why) {
  Violations v;
  v.Add("Idempotency-Key", "INVALID_IDEMPOTENCY_KEY", why);
  return v.ToStatus();
}

}  // namespace

// Keys being worked on by this replica. Across replicas the second call waits for the head lock and replays.
struct Writer::InFlight {
  std::mutex mu;
  std::set<std::string> keys;
  bool Enter(const std::string& k) {
    std::lock_guard lock(mu);
    return keys.insert(k).second;
  }
  void Leave(const std::string& k) {
    std::lock_guard lock(mu);
    keys.erase(k);
  }
};

std::shared_ptr<Writer::InFlight> Writer::MakeInFlight() { return std::make_shared<InFlight>(); }

void Writer::SubmitUntyped(const CallContext& ctx, const Message& request, UntypedWrite write,
                           std::function<void(absl::Status, ReplyMeta)> done) {
  struct State {
    db::Values key;
    std::string fingerprint;
    bool replayed = false;
    UntypedWrite write;
  };
  auto state = std::make_shared<State>();
  state->write = std::move(write);
  db::Command c;
  c.tenant = ctx.tenant;
  if (state->write.tenant.empty()) state->write.tenant = ctx.tenant;
  c.partition = PartitionOf(state->write.tenant, state->write.subject, combiner_.partitions());
  c.deadline = ctx.deadline;
  c.bytes = state->write.bytes;

  std::string running;
  if (ctx.idempotency_key.empty()) {
    c.tenant = state->write.tenant;
    c.want = [state](db::UnitOfWork& uow) { state->write.want(uow); };
    c.decide = [state](db::UnitOfWork& uow, absl::Time now) { return state->write.decide(uow, now); };
  } else {
    if (ctx.idempotency_key.size() > 255) return done(BadKey("must be at most 255 characters"), {});
    state->key = {ctx.tenant, ctx.principal, ctx.method, ctx.idempotency_key};
    state->fingerprint = Sha256(Deterministic(request));
    running = db::EncodeKey(state->key);
    if (!in_flight_->Enter(running))
      return done(
          MakeError(absl::StatusCode::kAborted, "IN_PROGRESS", "a request with this Idempotency-Key is still running"),
          {});
    c.want = [state](db::UnitOfWork& uow) {
      uow.Want<db::IdempotencyRow>(state->key);
      uow.SwitchTo(state->write.tenant);
      state->write.want(uow);
    };
    c.decide = [state](db::UnitOfWork& uow, absl::Time now) -> absl::Status {
      state->replayed = false;
      const auto* kept = uow.Find<db::IdempotencyRow>(state->key);
      if (kept && kept->expires_at > now) {
        if (kept->fingerprint != state->fingerprint)
          return MakeError(absl::StatusCode::kFailedPrecondition, "IDEMPOTENCY_KEY_REUSED",
                           "this Idempotency-Key was used with another request; use a new key");
        state->replayed = true;
        return state->write.message->ParseFromString(kept->reply)
                   ? absl::OkStatus()
                   : absl::InternalError("a stored reply cannot be read");
      }
      uow.SwitchTo(state->write.tenant);
      HOIAM_RETURN_IF_ERROR(state->write.decide(uow, now));
      uow.SwitchTo(std::get<std::string>(state->key[0]));
      std::unique_ptr<Message> reply(state->write.message->New());
      reply->CopyFrom(*state->write.message);
      Walk(*reply, ClearSensitive);
      uow.Put(db::IdempotencyRow{std::get<std::string>(state->key[0]), std::get<std::string>(state->key[1]),
                                 std::get<std::string>(state->key[2]), std::get<std::string>(state->key[3]),
                                 state->fingerprint, reply->SerializeAsString(), state->write.subject,
                                 now + kKeepReplies});
      return absl::OkStatus();
    };
  }
  c.done = [state, source = source_, in_flight = in_flight_, running, done = std::move(done)](absl::Status s,
                                                                                              db::LogPosition at) {
    if (!running.empty()) in_flight->Leave(running);
    ReplyMeta meta;
    if (s.ok()) {
      meta.consistency_token = TokenAt(source, at);
      meta.replayed = state->replayed;
      SetToken(*state->write.message, meta.consistency_token);
    }
    done(std::move(s), std::move(meta));
  };
  combiner_.Submit(std::move(c));
}

void Writer::SubmitBatch(const CallContext& ctx, std::vector<Item> items,
                         std::function<void(std::vector<absl::Status>, ReplyMeta)> done) {
  struct State {
    std::mutex mu;
    size_t left;
    std::vector<absl::Status> statuses;
    std::vector<db::LogPosition> furthest;  // one per partition
    std::function<void(std::vector<absl::Status>, ReplyMeta)> done;
  };
  if (items.empty()) return done({}, {});
  auto state = std::make_shared<State>();
  state->left = items.size();
  state->statuses.resize(items.size());
  state->done = std::move(done);
  for (size_t i = 0; i < items.size(); ++i) {
    db::Command c;
    c.tenant = ctx.tenant;
    c.partition = PartitionOf(ctx.tenant, items[i].subject, combiner_.partitions());
    c.deadline = ctx.deadline;
    c.bytes = items[i].bytes;
    c.want = std::move(items[i].want);
    c.decide = std::move(items[i].decide);
    c.done = [state, i, source = source_](absl::Status s, db::LogPosition at) {
      {
        std::lock_guard lock(state->mu);
        if (s.ok()) {
          auto it = std::find_if(state->furthest.begin(), state->furthest.end(),
                                 [&](const auto& p) { return p.partition == at.partition; });
          if (it == state->furthest.end())
            state->furthest.push_back(at);
          else if (std::pair(it->epoch, it->seq) < std::pair(at.epoch, at.seq))
            *it = at;
        }
        state->statuses[i] = std::move(s);
        if (--state->left > 0) return;
      }
      std::vector<hoiam::feed::v1::Position> positions;
      for (const db::LogPosition& p : state->furthest) {
        auto& out = positions.emplace_back();
        out.set_source(source);
        out.set_partition(p.partition);
        out.set_epoch(p.epoch);
        out.set_seq(p.seq);
      }
      ReplyMeta meta;
      if (!positions.empty()) meta.consistency_token = feed::EncodeToken(positions);
      state->done(std::move(state->statuses), std::move(meta));
    };
    combiner_.Submit(std::move(c));
  }
}

}  // namespace hoiam::rpc
