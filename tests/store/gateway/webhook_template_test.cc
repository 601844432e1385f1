// A webhook with a template on a real database, to a real receiver: what arrives is the template's body, signed as it
// arrived, for the events that the filter lets through; the bot's token is nowhere but there.
#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gateway/migrations/migrations.h"
#include "gateway/store/events.h"
#include "gateway/store/webhooks.h"
#include "gateway/webhook/append.h"
#include "gateway/webhook/event_filter.h"
#include "gateway/webhook/samples.h"
#include "gateway/webhook/secret_url.h"
#include "gateway/webhook/sender.h"
#include "gateway/webhook/signature.h"
#include "platform/base/clock.h"
#include "platform/base/ids.h"
#include "tests/support/database.h"
#include "tests/support/matchers.h"

namespace hoiam::gateway {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kTenant[] = "demo";
constexpr char kPath[] = "/bot123:TOKEN/sendMessage";

struct Request {
  std::string line, body;
  std::map<std::string, std::string> headers;
};

// Listens on 127.0.0.1 and answers every request with 200.
class Receiver {
 public:
  Receiver() {
    fd_ = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in a{};
    a.sin_family = AF_INET;
    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof a;
    EXPECT_EQ(bind(fd_, reinterpret_cast<sockaddr*>(&a), sizeof a), 0);
    EXPECT_EQ(listen(fd_, 16), 0);
    getsockname(fd_, reinterpret_cast<sockaddr*>(&a), &size);
    port_ = ntohs(a.sin_port);
    thread_ = std::thread([this] { Serve(); });
  }
  ~Receiver() {
    shutdown(fd_, SHUT_RDWR);
    thread_.join();
    close(fd_);
  }
  std::string Url() const { return absl::StrCat("http://127.0.0.1:", port_, kPath); }
  // Waits for so many; what has come.
  std::vector<Request> WaitFor(size_t n) {
    std::unique_lock lock(mu_);
    EXPECT_TRUE(cv_.wait_for(lock, std::chrono::minutes(1), [&] { return requests_.size() >= n; }));
    return requests_;
  }

 private:
  void Serve() {
    for (int fd; (fd = accept(fd_, nullptr, nullptr)) >= 0; close(fd)) {
      std::string got;
      char buffer[4096];
      size_t head = std::string::npos, length = 0;
      Request request;
      while (head == std::string::npos || got.size() < head + 4 + length) {
        const ssize_t n = read(fd, buffer, sizeof buffer);
        if (n <= 0) break;
        got.append(buffer, n);
        if (head != std::string::npos || (head = got.find("\r\n\r\n")) == std::string::npos) continue;
        const std::vector<std::string> lines = absl::StrSplit(got.substr(0, head), "\r\n");
        request.line = lines[0];
        for (size_t i = 1; i < lines.size(); ++i) {
          const std::pair<std::string, std::string> header = absl::StrSplit(lines[i], absl::MaxSplits(": ", 1));
          request.headers[absl::AsciiStrToLower(header.first)] = header.second;
        }
        if (!absl::SimpleAtoi(request.headers["content-length"], &length)) length = 0;
      }
      if (head == std::string::npos) continue;
      request.body = got.substr(head + 4);
      constexpr char kAnswer[] = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";
      EXPECT_GT(send(fd, kAnswer, sizeof kAnswer - 1, MSG_NOSIGNAL), 0);
      std::lock_guard lock(mu_);
      requests_.push_back(std::move(request));
      cv_.notify_all();
    }
  }

  int fd_ = -1, port_ = 0;
  std::mutex mu_;
  std::condition_variable cv_;
  std::vector<Request> requests_;
  std::thread thread_;
};

class WebhookTemplateTest : public ::testing::Test {
 protected:
  WebhookTemplateTest() {
    HOIAM_EXPECT_OK(session_
                        ->Run("INSERT INTO tenant (tenant_id, display_name, created_at) VALUES (?, ?, ?)",
                              {std::string(kTenant), std::string("Demo"), clock_.Now()})
                        .status());
    row_.tenant_id = kTenant;
    row_.webhook_id = "telegram";
    row_.url = receiver_.Url();
    row_.event_types = "case.enriched,case.opened";
    row_.body_template =
        R"({"chat_id":-100,"text":"{{data.case.priority}} {{data.case.answers.0.comment | truncate 12}}"})";
    row_.filter = "priority = P1 AND shop = hn-03";
    row_.state = v1::WebhookState::ENABLED;
    row_.fingerprint = std::string(32, 'f');
    row_.created_at = row_.updated_at = clock_.Now();
    HideUrl(key_, row_);
    Write([&](db::UnitOfWork& uow) { uow.Put(row_); });
  }
  void Write(const std::function<void(db::UnitOfWork&)>& decide) {
    HOIAM_ASSERT_OK(db::InTransaction(*session_, [&]() -> absl::Status {
      db::UnitOfWork uow;
      uow.Begin(0, kTenant);
      WantQueues(uow, kTenant);
      HOIAM_RETURN_IF_ERROR(uow.Load(*session_));
      decide(uow);
      return uow.Flush(*session_);
    }));
  }
  std::string Tell(const std::string& type, loop::v1::Priority::Code priority, const std::string& shop) {
    v1::PublicEvent e = SampleOf(type, clock_.Now());
    e.set_id(UuidToString(NewUuid(clock_.Now())));
    e.mutable_data()->mutable_case_()->set_priority(priority);
    e.mutable_data()->mutable_case_()->set_shop(shop);
    Write([&](db::UnitOfWork& uow) { Append(uow, kTenant, e, clock_.Now()); });
    return e.id();
  }
  db::TenantDb Tenant() { return testing::TenantOn(*session_, kTenant); }

  testing::TestDatabase db_{"gateway", Migrations()};
  std::unique_ptr<db::Session> session_ = db_.Session();
  const Clock& clock_ = SystemClock();
  const SecretKey key_{std::string(32, 'k')};
  Receiver receiver_;
  WebhookRow row_;
};

TEST_F(WebhookTemplateTest, AReceiverGetsTheTemplatesBodySignedAsItIsForWhatItsFilterLetsThrough) {
  Tell("case.opened", loop::v1::Priority::P2, "hn-03");
  Tell("case.opened", loop::v1::Priority::P1, "hn-04");
  const std::string opened = Tell("case.opened", loop::v1::Priority::P1, "hn-03");
  const std::string enriched = Tell("case.enriched", loop::v1::Priority::P1, "hn-03");
  Tell("case.due", loop::v1::Priority::P1, "hn-03");
  EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM webhook_delivery"), 2) << "the others were never queued";

  // Nobody is asked for messages: cases need none.
  Messages messages(grpc::CreateChannel("127.0.0.1:1", grpc::InsecureChannelCredentials()));
  const auto allow = AllowList::Parse("127.0.0.1");
  HOIAM_ASSERT_OK(allow);
  Sender sender(db_.pool(), key_, messages, clock_, {DefaultSchedule(), *allow, ""});
  sender.Start();
  const std::vector<Request> got = receiver_.WaitFor(2);
  sender.Stop(clock_.Now() + absl::Minutes(1));
  ASSERT_EQ(got.size(), 2u);
  EXPECT_EQ(got[0].headers.at("webhook-id"), opened);
  EXPECT_EQ(got[1].headers.at("webhook-id"), enriched) << "one customer's, in order";
  for (const Request& r : got) {
    EXPECT_EQ(r.line, absl::StrCat("POST ", kPath, " HTTP/1.1"));
    EXPECT_EQ(r.headers.at("content-type"), "application/json");
    EXPECT_EQ(r.body, R"({"chat_id":-100,"text":"P1 Chờ \"quá lâ…"})");
    int64_t seconds = 0;
    ASSERT_TRUE(absl::SimpleAtoi(r.headers.at("webhook-timestamp"), &seconds));
    EXPECT_EQ(r.headers.at("webhook-signature"),
              Signature({SigningSecret(key_, row_, 1)}, r.headers.at("webhook-id"), seconds, r.body));
  }
  const auto log = ListDeliveries(Tenant(), "telegram", 1000, 0, 10);
  HOIAM_ASSERT_OK(log);
  ASSERT_EQ(log->size(), 2u);
  for (const LoggedDelivery& d : *log) {
    EXPECT_EQ(d.row.state, v1::DeliveryState::SUCCEEDED);
    EXPECT_THAT(d.row.attempts, Not(HasSubstr("TOKEN")));
  }
}

TEST_F(WebhookTemplateTest, TheTokenIsInNoColumnAndTheRowReadsAsItWasWritten) {
  const auto found = FindWebhook(Tenant(), "telegram");
  HOIAM_ASSERT_OK(found);
  ASSERT_TRUE(found->has_value());
  EXPECT_EQ((*found)->body_template, row_.body_template);
  EXPECT_EQ((*found)->filter, row_.filter);
  EXPECT_EQ((*found)->content_type, "");
  EXPECT_EQ(*UrlOf(**found, key_), receiver_.Url());
  EXPECT_THAT((*found)->url, ::testing::MatchesRegex("http://127.0.0.1:[0-9]+/…"));
  EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM webhook WHERE CONCAT(url, sealed_url, body_template, fingerprint) "
                      "LIKE '%TOKEN%'"),
            0);
}

TEST_F(WebhookTemplateTest, AReplayByTimeAsksTheFilterAgain) {
  const absl::Time begin = clock_.Now() - absl::Hours(1);
  Tell("case.opened", loop::v1::Priority::P2, "hn-03");
  Tell("case.opened", loop::v1::Priority::P1, "hn-03");
  const auto found =
      FindEventsBetween(Tenant(), begin, begin + absl::Hours(2), row_.event_types, 10, [&](const std::string& body) {
        v1::PublicEvent event;
        return event.ParseFromString(body) && Passes(row_.filter, event);
      });
  HOIAM_ASSERT_OK(found);
  ASSERT_EQ(found->size(), 2u);
  EXPECT_FALSE((*found)[0].wanted);
  EXPECT_TRUE((*found)[1].wanted);
}

}  // namespace
}  // namespace hoiam::gateway
