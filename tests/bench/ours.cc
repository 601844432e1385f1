#include "tests/bench/ours.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>

#include "absl/strings/str_cat.h"
#include "platform/base/clock.h"
#include "tests/support/process.h"

namespace hoiam::bench {
namespace {

using hoiam::testing::Die;

void Must(const grpc::Status& status, const char* what) {
  if (!status.ok())
    Die(absl::StrCat(what, ": ", static_cast<int>(status.error_code()), " ", status.error_message(), " ",
                     status.error_details()));
}

std::shared_ptr<grpc::Channel> ChannelTo(const std::string& socket) {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(64 << 20);
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return grpc::CreateCustomChannel("unix:" + socket, grpc::InsecureChannelCredentials(), arguments);
}

void SetTime(absl::Time t, google::protobuf::Timestamp* out) {
  out->set_seconds(absl::ToUnixSeconds(t));
  out->set_nanos(static_cast<int>(absl::ToInt64Nanoseconds(t - absl::FromUnixSeconds(absl::ToUnixSeconds(t)))));
}

// One in ten is a detractor, as in a shop that is not on fire.
int ScoreOf(int64_t i) {
  static constexpr int kScores[] = {10, 9, 10, 8, 9, 10, 7, 9, 8, 10};
  return i % 10 == 3 ? static_cast<int>(i / 10 % 7) : kScores[i % 10];
}

// Waits for a number of calls.
class Countdown {
 public:
  explicit Countdown(int64_t n) : left_(n) {}
  void Done() {
    std::lock_guard<std::mutex> lock(mutex_);
    if (--left_ == 0) zero_.notify_all();
  }
  void Wait() {
    std::unique_lock<std::mutex> lock(mutex_);
    zero_.wait(lock, [&] { return left_ <= 0; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable zero_;
  int64_t left_;
};

template <class Request, class Response>
struct PendingCall {
  std::unique_ptr<grpc::ClientContext> context;
  const Request* request;
  Response response;
};

}  // namespace

// What is measured is the work, not the limits.
Ours::Ours()
    : suite_({{"HOIAM_RATE_KEY", "0"},
              {"HOIAM_RATE_TENANT", "0"},
              {"HOIAM_CONCURRENCY_TENANT", "0"},
              {"HOIAM_WEBHOOK_ALLOW", "127.0.0.1"}}) {
  for (int i = 0; i < 2; ++i) {
    survey_channels_.push_back(ChannelTo(suite_.Socket("survey")));
    responses_[i] = survey::ResponseService::NewStub(survey_channels_[i]);
  }
  interactions_ = survey::InteractionService::NewStub(survey_channels_[0]);
  customers_ = survey::CustomerService::NewStub(survey_channels_[0]);
  scoring_ = scoring::ScoringService::NewStub(ChannelTo(suite_.Socket("scoring")));
  cases_ = loop::CaseService::NewStub(ChannelTo(suite_.Socket("loop")));
}

std::unique_ptr<grpc::ClientContext> Ours::Context(const std::string& tenant) {
  auto context = std::make_unique<grpc::ClientContext>();
  context->AddMetadata("hoiam-tenant", tenant);
  context->AddMetadata("hoiam-principal", "bench");
  context->AddMetadata("hoiam-request-id", "bench");
  context->set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(60));
  return context;
}

void Ours::StartAsking(const std::string& tenant, int n) {
  const auto surveys = survey::SurveyService::NewStub(survey_channels_[0]);
  for (int i = 0; i < n; ++i) {
    survey::CreateSurveyRequest q;
    q.set_survey_id(absl::StrCat("csat-", i));
    q.mutable_survey()->set_template_("csat");
    q.mutable_survey()->mutable_trigger()->add_interaction_types("PURCHASE");
    survey::Survey made;
    Must(surveys->CreateSurvey(Context(tenant).get(), q, &made), "CreateSurvey");
    survey::MoveSurveyRequest move;
    move.set_survey_id(q.survey_id());
    Must(surveys->ActivateSurvey(Context(tenant).get(), move, &made), "ActivateSurvey");
  }
}

survey::CreateResponseRequest Ours::Answer(int64_t i) const {
  survey::CreateResponseRequest q;
  q.set_response_id(absl::StrCat("r-", i));
  q.set_customer_id(absl::StrCat("c", i % 10000));
  q.set_metric("NPS");
  q.set_score(ScoreOf(i));
  q.set_comment("Giao hàng nhanh, đóng gói kỹ");
  q.set_language("vi");
  SetTime(SystemClock().Now() - absl::Seconds(1), q.mutable_responded_at());
  return q;
}

template <class Request, class Response, class Start>
double Ours::Flood(std::vector<Request> requests, int in_flight, Start start,
                   const std::function<void(const Response&)>& done, std::vector<double>* times) {
  if (times) times->resize(requests.size());
  std::atomic<size_t> next{0};
  Countdown left(static_cast<int64_t>(requests.size()));
  std::function<void()> issue = [&] {
    const size_t i = next++;
    if (i >= requests.size()) return;
    auto* call = new PendingCall<Request, Response>{Context(""), &requests[i], {}};
    const absl::Time started = SystemClock().Now();
    start(i, call->context, call->request, &call->response, [&, i, started, call](grpc::Status status) {
      Must(status, "call");
      if (times) (*times)[i] = absl::ToDoubleSeconds(SystemClock().Now() - started);
      done(call->response);
      delete call;
      issue();
      left.Done();
    });
  };
  const absl::Time begin = SystemClock().Now();
  for (int i = 0; i < in_flight; ++i) issue();
  left.Wait();
  return absl::ToDoubleSeconds(SystemClock().Now() - begin);
}

double Ours::ImportResponses(const std::string& tenant, int64_t rows, int per_message, int in_flight) {
  std::vector<survey::BatchImportResponsesRequest> messages(rows / per_message);
  for (auto& message : messages)
    for (int r = 0; r < per_message; ++r) *message.add_responses() = Answer(next_++);
  std::mutex mutex;
  const double seconds = Flood<survey::BatchImportResponsesRequest, survey::BatchImportResponsesResponse>(
      std::move(messages), in_flight,
      [&](size_t i, auto& context, auto* q, auto* r, auto done) {
        context = Context(tenant);
        responses_[i % 2]->async()->BatchImportResponses(context.get(), q, r, done);
      },
      [&](const survey::BatchImportResponsesResponse& r) {
        std::lock_guard<std::mutex> lock(mutex);
        for (const auto& result : r.results()) acknowledged_[tenant] += result.status().code() == 0;
        token_[tenant] = r.consistency_token();
      });
  return static_cast<double>(rows / per_message * per_message) / seconds;
}

double Ours::RecordInteractions(const std::string& tenant, int64_t rows, int per_message, int in_flight,
                                survey::Effects::Code effects) {
  std::vector<survey::BatchRecordInteractionsRequest> messages(rows / per_message);
  for (auto& message : messages) {
    message.set_effects(effects);
    for (int r = 0; r < per_message; ++r) *message.add_interactions() = Interaction();
  }
  int64_t stored = 0;
  std::mutex mutex;
  const double seconds = Flood<survey::BatchRecordInteractionsRequest, survey::BatchRecordInteractionsResponse>(
      std::move(messages), in_flight,
      [&](size_t, auto& context, auto* q, auto* r, auto done) {
        context = Context(tenant);
        interactions_->async()->BatchRecordInteractions(context.get(), q, r, done);
      },
      [&](const survey::BatchRecordInteractionsResponse& r) {
        std::lock_guard<std::mutex> lock(mutex);
        for (const auto& result : r.results()) stored += result.status().code() == 0;
        token_[tenant] = r.consistency_token();
      });
  if (stored != rows / per_message * per_message) Die("an interaction was not recorded");
  return static_cast<double>(stored) / seconds;
}

survey::RecordInteractionRequest Ours::Interaction() {
  survey::RecordInteractionRequest q;
  const int64_t i = next_++;
  q.set_interaction_id(absl::StrCat("i-", i));
  q.set_customer_id(absl::StrCat("c", i % 10000));
  q.set_type("PURCHASE");
  q.set_touchpoint("store.checkout");
  q.set_channel("store");
  q.set_amount("1250000");
  q.set_currency("VND");
  SetTime(SystemClock().Now() - absl::Seconds(60), q.mutable_occurred_at());
  return q;
}

double Ours::RecordUnary(const std::string& tenant, int n, int in_flight, std::vector<double>* times) {
  std::vector<survey::RecordInteractionRequest> requests;
  for (int i = 0; i < n; ++i) requests.push_back(Interaction());
  std::mutex mutex;
  const double seconds = Flood<survey::RecordInteractionRequest, survey::RecordInteractionResponse>(
      std::move(requests), in_flight,
      [&](size_t, auto& context, auto* q, auto* r, auto done) {
        context = Context(tenant);
        interactions_->async()->RecordInteraction(context.get(), q, r, done);
      },
      [&](const survey::RecordInteractionResponse& r) {
        std::lock_guard<std::mutex> lock(mutex);
        token_[tenant] = r.consistency_token();
      },
      times);
  return n / seconds;
}

double Ours::HistoryUnary(const std::string& tenant, const std::string& customer, int n, int in_flight,
                          std::vector<double>* times) {
  scoring::GetHistoryRequest q;
  q.set_customer_id(customer);
  const double seconds = Flood<scoring::GetHistoryRequest, scoring::GetHistoryResponse>(
      std::vector<scoring::GetHistoryRequest>(n, q), in_flight,
      [&](size_t, auto& context, auto* request, auto* r, auto done) {
        context = Context(tenant);
        scoring_->async()->GetHistory(context.get(), request, r, done);
      },
      [](const scoring::GetHistoryResponse&) {}, times);
  return n / seconds;
}

void Ours::FillHistory(const std::string& tenant, const std::string& customer, int n) {
  survey::RecordInteractionResponse stored;
  for (int i = 0; i < n; ++i) {
    survey::RecordInteractionRequest q = Interaction();
    q.set_customer_id(customer);
    Must(interactions_->RecordInteraction(Context(tenant).get(), q, &stored), "RecordInteraction");
  }
  scoring::GetHistoryRequest fresh;
  fresh.set_customer_id(customer);
  fresh.add_consistency_token(stored.consistency_token());
  History(tenant, fresh);
}

int64_t Ours::InteractionsOf(const std::string& tenant) {
  // One more write gives a token that all before it are under.
  FillHistory(tenant, "c-last", 1);
  scoring::BatchGetSatisfactionRequest q;
  int64_t total = 0;
  for (int c = 0; c < 10000; ++c) {
    q.add_customer_ids(absl::StrCat("c", c));
    if (q.customer_ids_size() < 200) continue;
    scoring::BatchGetSatisfactionResponse r;
    Must(scoring_->BatchGetSatisfaction(Context(tenant).get(), q, &r), "BatchGetSatisfaction");
    for (const auto& sheet : r.satisfactions()) total += sheet.total_interactions();
    q.Clear();
  }
  return total;
}

double Ours::Unary(const std::string& tenant, int64_t rows, int in_flight) {
  std::vector<survey::CreateResponseRequest> requests;
  for (int64_t r = 0; r < rows; ++r) requests.push_back(Answer(next_++));
  std::mutex mutex;
  const double seconds = Flood<survey::CreateResponseRequest, survey::CreateResponseResponse>(
      std::move(requests), in_flight,
      [&](size_t i, auto& context, auto* q, auto* r, auto done) {
        context = Context(tenant);
        responses_[i % 2]->async()->CreateResponse(context.get(), q, r, done);
      },
      [&](const survey::CreateResponseResponse& r) {
        std::lock_guard<std::mutex> lock(mutex);
        ++acknowledged_[tenant];
        token_[tenant] = r.consistency_token();
      });
  return static_cast<double>(rows) / seconds;
}

std::vector<double> Ours::OpenLoop(const std::string& tenant, double per_second, absl::Duration length) {
  const auto n = static_cast<int64_t>(per_second * absl::ToDoubleSeconds(length));
  std::vector<survey::CreateResponseRequest> requests;
  for (int64_t r = 0; r < n; ++r) requests.push_back(Answer(next_++));
  std::vector<double> seconds(n);
  Countdown left(n);
  std::mutex mutex;
  const absl::Time start = SystemClock().Now();
  for (int64_t i = 0; i < n; ++i) {
    const absl::Time intended = start + absl::Seconds(static_cast<double>(i) / per_second);
    if (const absl::Duration early = intended - SystemClock().Now(); early > absl::ZeroDuration())
      SystemClock().Sleep(early);
    auto* call = new PendingCall<survey::CreateResponseRequest, survey::CreateResponseResponse>{
        Context(tenant), &requests[i], {}};
    responses_[i % 2]->async()->CreateResponse(call->context.get(), call->request, &call->response,
                                               [&, i, intended, call](grpc::Status status) {
                                                 seconds[i] = absl::ToDoubleSeconds(SystemClock().Now() - intended);
                                                 Must(status, "write");
                                                 {
                                                   std::lock_guard<std::mutex> lock(mutex);
                                                   ++acknowledged_[tenant];
                                                   token_[tenant] = call->response.consistency_token();
                                                 }
                                                 delete call;
                                                 left.Done();
                                               });
  }
  left.Wait();
  return seconds;
}

scoring::GetScoresResponse Ours::Scores(const std::string& tenant, const scoring::GetScoresRequest& request) {
  scoring::GetScoresResponse response;
  Must(scoring_->GetScores(Context(tenant).get(), request, &response), "GetScores");
  return response;
}

scoring::GetHistoryResponse Ours::History(const std::string& tenant, const scoring::GetHistoryRequest& request) {
  scoring::GetHistoryResponse response;
  Must(scoring_->GetHistory(Context(tenant).get(), request, &response), "GetHistory");
  return response;
}

void Ours::Refused() {
  grpc::ClientContext nobody;
  scoring::GetHistoryResponse response;
  const grpc::Status status = scoring_->GetHistory(&nobody, {}, &response);
  if (status.error_code() != grpc::StatusCode::UNAUTHENTICATED) Die("a call without a tenant was not refused");
}

double Ours::CaseDelay(const std::string& tenant) {
  survey::CreateResponseRequest q = Answer(next_++);
  q.set_customer_id("unhappy-" + q.response_id());
  q.set_score(2);
  survey::CreateResponseResponse stored;
  Must(responses_[0]->CreateResponse(Context(tenant).get(), q, &stored), "CreateResponse");
  const absl::Time acknowledged = SystemClock().Now();
  ++acknowledged_[tenant];
  token_[tenant] = stored.consistency_token();
  loop::ListCasesRequest list;
  list.set_page_size(1);
  list.set_filter("customer = \"" + q.customer_id() + "\"");
  list.add_consistency_token(stored.consistency_token());
  loop::ListCasesResponse cases;
  Must(cases_->ListCases(Context(tenant).get(), list, &cases), "ListCases");
  if (cases.cases_size() != 1) Die("a detractor's answer has no case");
  return absl::ToDoubleSeconds(SystemClock().Now() - acknowledged);
}

void Ours::CatchUp(const std::string& tenant) {
  scoring::GetScoresRequest q;
  q.set_metric("NPS");
  q.add_consistency_token(token_[tenant]);
  const absl::Time end = SystemClock().Now() + absl::Minutes(10);
  for (scoring::GetScoresResponse r; !scoring_->GetScores(Context(tenant).get(), q, &r).ok();)
    if (SystemClock().Now() > end) Die("scoring did not catch up in ten minutes");
  CatchUpLoop(tenant);
}

void Ours::CatchUpLoop(const std::string& tenant) {
  loop::ListCasesRequest q;
  q.set_page_size(1);
  q.add_consistency_token(token_[tenant]);
  const absl::Time end = SystemClock().Now() + absl::Minutes(10);
  for (loop::ListCasesResponse r; !cases_->ListCases(Context(tenant).get(), q, &r).ok();)
    if (SystemClock().Now() > end) Die("loop did not catch up in ten minutes");
}

bool Ours::NothingLost(const std::string& tenant) {
  CatchUp(tenant);
  std::map<int, int64_t> counted;
  std::set<std::string> ids;
  int64_t listed = 0;
  survey::ListResponsesRequest list;
  list.set_page_size(1000);
  do {
    survey::ListResponsesResponse page;
    Must(responses_[0]->ListResponses(Context(tenant).get(), list, &page), "ListResponses");
    for (const auto& r : page.responses()) {
      ++listed;
      ids.insert(r.response_id());
      ++counted[r.score()];
    }
    list.set_page_token(page.next_page_token());
  } while (!list.page_token().empty());
  scoring::GetScoresRequest all;
  all.set_metric("NPS");
  const auto scores = Scores(tenant, all);
  bool same = listed == acknowledged_[tenant] && static_cast<int64_t>(ids.size()) == listed && scores.rows_size() == 1;
  for (const auto& [score, n] : scores.rows(0).distribution()) same = same && counted[score] == n;
  return same && scores.rows(0).responses() == listed;
}

}  // namespace hoiam::bench
