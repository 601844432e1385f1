// A source with rows and a log, a reader that counts it again, over real sockets and a real database.
#include "platform/feed/backfill.h"

#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <map>
#include <set>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "platform/base/ids.h"
#include "platform/base/status.h"
#include "platform/db/table_scan.h"
#include "platform/feed/consumer.h"
#include "platform/feed/hub.h"
#include "tests/store/platform/note_row.h"
#include "tests/support/database.h"
#include "tests/support/explaining_session.h"
#include "tests/support/matchers.h"

namespace hoiam::feed {
namespace {

using hoiam::event::v1::Event;
using testing::IsOk;
using testing::Note;
using testing::NoteId;
using testing::StatusIs;

std::string EventOf(const Note& n) {
  Event e;
  e.set_event_id(n.id);
  e.set_tenant_id(n.tenant);
  e.set_subject(n.customer);
  e.mutable_customer()->set_segment(n.text + n.body.value_or(""));
  return e.SerializeAsString();
}

// Keeps what it is told under its id: told twice is told once.
class KeepingHandler : public EventHandler {
 public:
  void Want(const Event&, db::UnitOfWork&) override {}
  absl::Status Apply(const Event& e, db::UnitOfWork& uow, absl::Time) override {
    if (e.customer().segment() == "poison") return absl::InvalidArgumentError("cannot be applied");
    uow.Replace(Note{e.tenant_id(), e.subject(), e.event_id(), e.customer().segment()});
    ++applied;
    return absl::OkStatus();
  }
  std::atomic<int> applied = 0;
};

struct Seen {
  std::atomic<int> pages = 0, readers = 0;
};

// The notes, a few a page.
class Notes final : public BackfillReader {
 public:
  Notes(Seen& seen, size_t page) : seen_(seen), page_(page) { ++seen_.readers; }
  ~Notes() override { --seen_.readers; }
  absl::StatusOr<uint64_t> About(const db::SystemDb& db) override { return db::EstimateRows(db, Note::Table()); }
  absl::StatusOr<std::vector<std::string>> Next(const db::SystemDb& db) override {
    ++seen_.pages;
    HOIAM_ASSIGN_OR_RETURN(const auto rows, scan_.Next(db, page_));
    std::vector<std::string> events;
    for (const Note& n : rows) events.push_back(EventOf(n));
    return events;
  }

 private:
  Seen& seen_;
  const size_t page_;
  db::TableScan<Note> scan_;
};

class BackfillTest : public ::testing::Test {
 protected:
  BackfillTest() {
    hub_.Offer([this] { return std::make_unique<Notes>(seen_, page_); });
    combiner_ = std::make_unique<db::WriteCombiner>(source_.pool(), SystemClock(), db::CombinerOptions(),
                                                    [this](const db::Committed& c) { hub_.Publish(c); });
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port_);
    builder.RegisterService(hub_.service());
    server_ = builder.BuildAndStart();
  }
  ~BackfillTest() override {
    hub_.Shutdown();
    server_->Shutdown();
    combiner_.reset();
  }
  std::shared_ptr<grpc::Channel> Channel() {
    grpc::ChannelArguments args;
    args.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    args.SetMaxReceiveMessageSize(16 << 20);
    return grpc::CreateCustomChannel(absl::StrCat("127.0.0.1:", port_), grpc::InsecureChannelCredentials(), args);
  }
  // Stores a note and tells of it in one transaction, as an owner does.
  void Write(const std::string& tenant, const std::string& customer, int id, const std::string& text) {
    std::promise<absl::Status> done;
    db::Command c;
    c.tenant = tenant;
    c.want = [](db::UnitOfWork&) {};
    c.decide = [=](db::UnitOfWork& uow, absl::Time) {
      const Note n{tenant, customer, NoteId(id), text};
      uow.Replace(n);
      uow.Emit(EventOf(n));
      return absl::OkStatus();
    };
    c.done = [&](absl::Status s, db::LogPosition) { done.set_value(std::move(s)); };
    combiner_->Submit(std::move(c));
    EXPECT_THAT(done.get_future().get(), IsOk());
  }
  // Rows that no event tells of.
  void Store(int rows, size_t bytes = 0) {
    auto session = source_.Session();
    HOIAM_ASSERT_OK(db::InTransaction(*session, [&]() -> absl::Status {
      for (int i = 0; i < rows; ++i) {
        const Note n{"t", absl::StrCat("c", i % 100), NoteId(i), "x"};
        HOIAM_RETURN_IF_ERROR(session
                                  ->Run("INSERT INTO note (tenant_id, customer_id, note_id, text, at, amount, body) "
                                        "VALUES (?, ?, ?, ?, ?, 0, ?)",
                                        {n.tenant, n.customer, n.id, n.text, n.at, std::string(bytes, 'x')})
                                  .status());
      }
      return absl::OkStatus();
    }));
  }
  BackfillOptions Options(std::function<absl::Status(db::Session&, uint64_t, uint64_t)> hold) {
    BackfillOptions o;
    o.consumer = "scoring.2";
    o.source = "survey";
    o.hold = std::move(hold);
    return o;
  }
  absl::Status Run(KeepingHandler& handler, std::function<absl::Status(db::Session&, uint64_t, uint64_t)> hold) {
    return Backfill(Channel(), reader_.pool(), handler, SystemClock(), Options(std::move(hold))).Run();
  }
  static absl::Status Hold(db::Session&, uint64_t, uint64_t) { return absl::OkStatus(); }
  static bool Eventually(const std::function<bool()>& f) {
    for (int i = 0; i < 3000; ++i) {
      if (f()) return true;
      SystemClock().Sleep(absl::Milliseconds(10));
    }
    return false;
  }
  static std::map<std::string, std::string> Content(testing::TestDatabase& db) {
    std::map<std::string, std::string> out;
    HOIAM_EXPECT_OK(db.Session()->Query(
        "SELECT tenant_id, customer_id, HEX(note_id), text FROM note", {},
        [&](const db::Row& r) { out[absl::StrCat(r.Bytes(0), "/", r.Bytes(1), "/", r.Bytes(2))] = r.Bytes(3); }));
    return out;
  }

  size_t page_ = 7;
  Seen seen_;
  testing::TestDatabase source_{"survey", testing::NoteMigrations()};
  testing::TestDatabase reader_{"scoring", testing::NoteMigrations()};
  Hub hub_{source_.pool(), "survey", 1};
  std::unique_ptr<db::WriteCombiner> combiner_;
  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;
};

TEST_F(BackfillTest, AScanSeesEveryRowOfEveryTenantOnceInTheOrderOfTheKeyWhateverThePage) {
  std::vector<std::string> written;
  const auto name = [](const Note& n) {
    return absl::StrCat(n.tenant, "/", n.customer, "/", absl::BytesToHexString(n.id));
  };
  for (const char* tenant : {"a", "b", "c"})
    for (int c = 0; c < 4; ++c)
      for (int n = 0; n < 5; ++n) {
        Write(tenant, absl::StrCat("c", c), n, "x");
        written.push_back(name({tenant, absl::StrCat("c", c), NoteId(n), "x"}));
      }
  testing::ExplainingSession* explaining = new testing::ExplainingSession(source_.Session());
  const db::SystemDb db{std::shared_ptr<db::Session>(explaining)};
  for (const size_t page : {1, 2, 3, 5, 20, 1000}) {
    db::TableScan<Note> scan;
    std::vector<std::string> read;
    for (;;) {
      const auto rows = scan.Next(db, page);
      HOIAM_ASSERT_OK(rows);
      if (rows->empty()) break;
      EXPECT_LE(rows->size(), page);
      for (const Note& n : *rows) read.push_back(name(n));
    }
    EXPECT_EQ(read, written) << page;
  }
  EXPECT_TRUE(explaining->bad.empty()) << explaining->bad.front();
}

TEST_F(BackfillTest, AllThatIsStoredIsAppliedAndTheFeedGoesOnWhereItBegan) {
  for (int i = 0; i < 100; ++i) Write(i % 2 ? "t" : "u", absl::StrCat("c", i % 9), i, "before");
  // What the log says alone would not do: it was trimmed.
  HOIAM_ASSERT_OK(source_.Session()->Execute("DELETE FROM event_log"));
  KeepingHandler handler;
  std::atomic<uint64_t> sent = 0, total = 0;
  std::atomic<bool> wrote = false;
  HOIAM_ASSERT_OK(Run(handler, [&](db::Session&, uint64_t s, uint64_t t) {
    sent = s;
    total = t;
    // While it runs: changed behind the reader, and new.
    if (s > 0 && !wrote.exchange(true)) {
      Write("u", "c0", 0, "changed");
      Write("zz", "c", 1, "new");
    }
    return absl::OkStatus();
  }));
  EXPECT_GE(sent, 100u);
  EXPECT_GE(total, sent);
  ConsumerOptions o;
  o.consumer = "scoring.2";
  o.source = "survey";
  Consumer consumer(Channel(), reader_.pool(), handler, SystemClock(), o);
  EXPECT_TRUE(Eventually([&] { return Content(reader_) == Content(source_); }));
  Write("t", "c", 1, "after");
  EXPECT_TRUE(Eventually([&] { return Content(reader_) == Content(source_); }));
  EXPECT_THAT(consumer.health(), IsOk());
}

TEST_F(BackfillTest, OneThatIsNotOursAnyMoreWritesNothingAndIsBegunAgain) {
  Store(2500);
  page_ = 500;
  KeepingHandler handler;
  const absl::Status lost = Run(handler, [](db::Session&, uint64_t sent, uint64_t) {
    return sent > 1000 ? absl::OutOfRangeError("somebody else's") : absl::OkStatus();
  });
  EXPECT_THAT(lost, StatusIs(absl::StatusCode::kOutOfRange, ""));
  EXPECT_EQ(reader_.Count("SELECT COUNT(*) FROM note"), 1000);
  EXPECT_EQ(reader_.Count("SELECT COUNT(*) FROM feed_cursor"), 0);
  HOIAM_ASSERT_OK(Run(handler, Hold));
  EXPECT_EQ(Content(reader_), Content(source_));
  EXPECT_EQ(reader_.Count("SELECT COUNT(*) FROM feed_cursor WHERE consumer = 'scoring.2' AND seq = 0"), 1);
  EXPECT_TRUE(Eventually([&] { return seen_.readers == 0; }));
}

TEST_F(BackfillTest, WhatCannotBeAppliedIsParkedWithTheRestOfItsCustomerEachTimeAnew) {
  Write("t", "bad", 1, "poison");
  Write("t", "bad", 2, "x");
  Write("t", "good", 3, "x");
  KeepingHandler handler;
  for (int round = 0; round < 2; ++round) {
    HOIAM_ASSERT_OK(Run(handler, Hold));
    EXPECT_EQ(reader_.Count("SELECT COUNT(*) FROM feed_parked WHERE subject = 'bad'"), 2);
    EXPECT_EQ(reader_.Count("SELECT COUNT(*) FROM note"), 1);
  }
}

TEST_F(BackfillTest, TheSourceReadsNoFurtherThanItsCallerTakesAndEndsWhenHeLeaves) {
  Store(6'000, 10'000);  // 60 MB
  page_ = 100;
  const auto stub = v1::EventFeed::NewStub(Channel());
  grpc::ClientContext context;
  const auto stream = stub->Backfill(&context, v1::BackfillRequest());
  v1::BackfillChunk chunk;
  ASSERT_TRUE(stream->Read(&chunk));
  EXPECT_EQ(chunk.starts_size(), 1);
  EXPECT_GT(chunk.events_size(), 300);
  EXPECT_LT(chunk.ByteSizeLong(), 5u << 20);
  EXPECT_GE(chunk.total(), chunk.sent());
  // It comes to rest: a few chunks lie in sockets, one is held, one is being filled.
  int before = -1;
  EXPECT_TRUE(Eventually([&] {
    const int now = seen_.pages;
    const bool rests = now == before;
    before = now;
    SystemClock().Sleep(absl::Milliseconds(200));
    return rests;
  }));
  EXPECT_LT(seen_.pages, 40);  // of 60
  context.TryCancel();
  EXPECT_TRUE(Eventually([&] { return seen_.readers == 0; }));
}

TEST_F(BackfillTest, AServiceThatOffersNothingSaysSo) {
  Hub silent(reader_.pool(), "gateway", 1);
  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  builder.RegisterService(silent.service());
  const auto server = builder.BuildAndStart();
  KeepingHandler handler;
  Backfill backfill(grpc::CreateChannel(absl::StrCat("127.0.0.1:", port), grpc::InsecureChannelCredentials()),
                    reader_.pool(), handler, SystemClock(), Options(Hold));
  EXPECT_THAT(backfill.Run(), StatusIs(absl::StatusCode::kUnimplemented, ""));
  silent.Shutdown();
  server->Shutdown();
}

}  // namespace
}  // namespace hoiam::feed
