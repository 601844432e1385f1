#include "tests/store/loop_service/suite.h"

#include <chrono>
#include <future>
#include <utility>

#include "survey_service/domain/metric.h"

namespace hoiam::loop::testing {

Server::Server(std::vector<grpc::Service*> services) {
  grpc::ServerBuilder builder;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port_);
  for (grpc::Service* s : services) builder.RegisterService(s);
  server_ = builder.BuildAndStart();
}

Server::~Server() { server_->Shutdown(std::chrono::system_clock::now() + std::chrono::seconds(5)); }

std::shared_ptr<grpc::Channel> Server::Channel() const {
  grpc::ChannelArguments args;
  args.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return grpc::CreateCustomChannel("127.0.0.1:" + std::to_string(port_), grpc::InsecureChannelCredentials(), args);
}

Survey::Survey(uint32_t partitions) : partitions_(partitions), db_("survey", none_, partitions) {
  hub_ = std::make_unique<feed::Hub>(db_.pool(), "survey", partitions);
  db::CombinerOptions options;
  options.partitions = partitions;
  combiner_ = std::make_unique<db::WriteCombiner>(db_.pool(), SystemClock(), options,
                                                  [this](const db::Committed& c) { hub_->Publish(c); });
  server_ = std::make_unique<Server>(std::vector<grpc::Service*>{hub_->service()});
}

Survey::~Survey() {
  hub_->Shutdown();
  server_.reset();
  combiner_.reset();
}

feed::v1::Position Survey::Commit(const std::string& tenant, const std::string& subject,
                                  std::vector<std::string> events) {
  std::promise<db::LogPosition> committed;
  db::Command command;
  command.tenant = tenant;
  command.partition = PartitionOf(tenant, subject, partitions_);
  command.want = [](db::UnitOfWork&) {};
  command.decide = [&events](db::UnitOfWork& uow, absl::Time) {
    for (const std::string& e : events) uow.Emit(e);
    return absl::OkStatus();
  };
  command.done = [&committed](absl::Status s, db::LogPosition at) {
    EXPECT_THAT(s, IsOk());
    committed.set_value(at);
  };
  combiner_->Submit(std::move(command));
  const db::LogPosition at = committed.get_future().get();
  feed::v1::Position position;
  position.set_source("survey");
  position.set_partition(at.partition);
  position.set_epoch(at.epoch);
  position.set_seq(at.seq);
  return position;
}

feed::v1::Position Survey::Tell(const std::vector<survey::v1::Response>& responses) {
  std::vector<std::string> events;
  for (const auto& r : responses) {
    event::v1::Event e;
    e.set_event_id(NewUuid(SystemClock().Now()));
    e.set_tenant_id("t");
    e.set_subject(r.customer_id());
    e.mutable_occurred_at()->set_seconds(absl::ToUnixSeconds(SystemClock().Now()));
    *e.mutable_response()->mutable_response() = r;
    if (r.has_score()) {
      const survey::MetricPtr metric = survey::FindBuiltInMetric(r.metric());
      e.mutable_response()->set_band(std::string(survey::BandOf(*metric, r.score())));
      e.mutable_response()->set_lowest(survey::IsLowest(*metric, r.score()));
    }
    events.push_back(e.SerializeAsString());
  }
  const auto& first = responses.front();
  return Commit("t", first.customer_id().empty() ? first.response_id() : first.customer_id(), std::move(events));
}

feed::v1::Position Survey::TellEvent(const event::v1::Event& event) {
  return Commit(event.tenant_id(), event.subject(), {event.SerializeAsString()});
}

namespace {

db::CombinerOptions Partitions(uint32_t n) {
  db::CombinerOptions options;
  options.partitions = n;
  return options;
}

std::unique_ptr<feed::Consumer> Follow(TestDatabase& db, std::shared_ptr<grpc::Channel> survey,
                                       feed::EventHandler& handler, feed::Hub& hub, uint32_t partitions) {
  feed::ConsumerOptions options;
  options.consumer = "loop";
  options.source = "survey";
  options.own_partitions = partitions;
  options.on_commit = [&hub](const db::Committed& c) { hub.Publish(c); };
  return std::make_unique<feed::Consumer>(std::move(survey), db.pool(), handler, SystemClock(), options);
}

}  // namespace

absl::StatusOr<std::optional<CustomerContact>> Customers::Find(const std::string&, const std::string& customer_id,
                                                               absl::Time) const {
  std::lock_guard lock(mu_);
  const auto it = known_.find(customer_id);
  return it == known_.end() ? std::nullopt : std::optional(it->second);
}

void Customers::Set(const std::string& customer_id, CustomerContact contact) {
  std::lock_guard lock(mu_);
  known_[customer_id] = std::move(contact);
}

void Customers::Erase(const std::string& customer_id) {
  std::lock_guard lock(mu_);
  known_.erase(customer_id);
}

Replica::Replica(TestDatabase& db, std::shared_ptr<grpc::Channel> survey, const Clock& read_clock, uint32_t partitions)
    : hub_(db.pool(), "loop", partitions),
      combiner_(db.pool(), SystemClock(), Partitions(partitions), [this](const db::Committed& c) { hub_.Publish(c); }),
      consumer_(Follow(db, std::move(survey), alarm_, hub_, partitions)),
      runtime_(rpc::MakeRuntime(SystemClock(), metrics_, 8, 1000)),
      reads_(db.pool(), *consumer_, read_clock, playbooks_, links_),
      changer_(db.pool(), writer_, playbooks_, links_),
      conversation_({db.pool(), writer_, SystemClock(), playbooks_, links_, customers_}, kMailFrom),
      service_(*runtime_, reads_, changer_, conversation_),
      status_(db.pool(), writer_, playbooks_, links_),
      status_service_(*runtime_, status_),
      settings_(db.pool(), writer_, playbooks_),
      playbook_service_(*runtime_, settings_),
      server_(std::make_unique<Server>(
          std::vector<grpc::Service*>{&service_, &status_service_, &playbook_service_, hub_.service()})),
      stub_(pb::CaseService::NewStub(server_->Channel())),
      playbook_stub_(pb::PlaybookService::NewStub(server_->Channel())),
      status_stub_(pb::CaseStatusService::NewStub(server_->Channel())) {}

Replica::~Replica() {
  hub_.Shutdown();
  server_.reset();
  consumer_.reset();
}

survey::v1::Response DetractorAnswer(const std::string& response_id, const std::string& customer_id, int score) {
  survey::v1::Response r;
  r.set_response_id(response_id);
  r.set_customer_id(customer_id);
  r.set_metric("NPS");
  r.set_score(score);
  r.set_effects(survey::v1::Effects::FULL);
  r.set_touchpoint("delivery");
  const int64_t micros = absl::ToUnixMicros(SystemClock().Now());
  r.mutable_responded_at()->set_seconds(micros / 1'000'000);
  r.mutable_responded_at()->set_nanos(static_cast<int32_t>(micros % 1'000'000 * 1000));
  r.set_revision(1);
  return r;
}

void LoopTest::Answer(const std::vector<survey::v1::Response>& responses) {
  const auto position = survey_.Tell(responses);
  const auto session = db_.Session();
  ASSERT_THAT(loop_.consumer().WaitFor({position}, SystemClock().Now() + absl::Seconds(20),
                                       ::hoiam::testing::TenantOn(*session, "t")),
              IsOk());
}

std::vector<pb::Case> LoopTest::Cases(const std::string& filter) {
  pb::ListCasesRequest q;
  q.set_page_size(1000);
  q.set_filter(filter);
  const auto response = loop_.Call(&Stub::ListCases, q);
  EXPECT_THAT(response, IsOk());
  if (!response.ok()) return {};
  return {response->cases().begin(), response->cases().end()};
}

pb::Case LoopTest::OnlyCase() {
  const auto cases = Cases();
  EXPECT_EQ(cases.size(), 1u);
  return cases.empty() ? pb::Case() : cases.front();
}

pb::Case LoopTest::Get(const std::string& case_id) {
  pb::GetCaseRequest q;
  q.set_case_id(case_id);
  const auto c = loop_.Call(&Stub::GetCase, q);
  EXPECT_THAT(c, IsOk());
  return c.ok() ? *c : pb::Case();
}

pb::Case LoopTest::OpenCaseOf(const std::string& customer) {
  Answer({DetractorAnswer("r-" + customer, customer)});
  const auto cases = Cases("customer = " + customer);
  EXPECT_EQ(cases.size(), 1u);
  return cases.empty() ? pb::Case() : cases.front();
}

pb::Case LoopTest::Acknowledge(const pb::Case& c) {
  pb::AcknowledgeCaseRequest q;
  q.set_case_id(c.case_id());
  const auto r = loop_.Call(&Stub::AcknowledgeCase, q);
  EXPECT_THAT(r, IsOk());
  return r.ok() ? r->case_() : pb::Case();
}

pb::Case LoopTest::Contact(const pb::Case& c) {
  pb::ContactCustomerRequest q;
  q.set_case_id(c.case_id());
  q.set_channel("phone");
  const auto r = loop_.Call(&Stub::ContactCustomer, q);
  EXPECT_THAT(r, IsOk());
  return r.ok() ? r->case_() : pb::Case();
}

pb::Case LoopTest::Resolve(const pb::Case& c) {
  const auto r = loop_.Call(&Stub::ResolveCase, ResolveRequest(c));
  EXPECT_THAT(r, IsOk());
  return r.ok() ? r->case_() : pb::Case();
}

pb::ResolveCaseRequest ResolveRequest(const pb::Case& c) {
  pb::ResolveCaseRequest q;
  q.set_case_id(c.case_id());
  q.set_root_cause("delivery_late_partner");
  q.set_originator_team("delivery-partner");
  q.set_resolution("đã hoàn phí giao");
  q.set_customer_reply("cảm ơn");
  return q;
}

void ExpectGapFree(const pb::Case& c) {
  ASSERT_GT(c.history_size(), 0);
  for (int i = 0; i < c.history_size(); ++i) {
    EXPECT_EQ(c.history(i).version(), i + 1);
    EXPECT_EQ(c.history(i).from(), i == 0 ? pb::CaseState::UNSPECIFIED : c.history(i - 1).to());
  }
  EXPECT_EQ(c.version(), c.history_size());
  EXPECT_EQ(c.state(), c.history(c.history_size() - 1).to());
}

}  // namespace hoiam::loop::testing
