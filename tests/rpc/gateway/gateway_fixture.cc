#include "tests/rpc/gateway/gateway_fixture.h"

#include <algorithm>
#include <cstdlib>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gateway/auth/key_text.h"
#include "gateway/migrations/migrations.h"
#include "gateway/store/keys.h"
#include "gateway/store/tenants.h"
#include "platform/base/status.h"
#include "platform/rpc/status_wire.h"

namespace hoiam::testing {

using gateway::KeyRow;
namespace sv = survey::v1;
namespace lv = loop::v1;

namespace {

constexpr int64_t kCaseTime = 1'795'312'800;  // 22/11/2026 09:00 in Vietnam

absl::TimeZone VietnamTime() { return absl::FixedTimeZone(7 * 3600); }

}  // namespace

grpc::Status FakeProbes::Seen(grpc::ServerContext* c, const std::string& id) {
  ++calls;
  {
    std::lock_guard lock(mu_);
    metadata_.clear();
    for (const auto& [k, v] : c->client_metadata())
      metadata_.emplace(std::string(k.data(), k.size()), std::string(v.data(), v.size()));
    time_left_ = absl::FromChrono(c->deadline()) - SystemClock().Now();
  }
  if (id == "secret") return {grpc::StatusCode::INTERNAL, "SELECT secret FROM vault"};
  if (id == "crashed") return {grpc::StatusCode::UNKNOWN, "SELECT secret FROM vault"};
  if (id == "bare") return {grpc::StatusCode::INVALID_ARGUMENT, "SELECT secret FROM vault"};
  if (id == "forged") {
    google::rpc::Status inside;
    inside.set_code(13);
    inside.set_message("SELECT secret FROM vault");
    return {grpc::StatusCode::INTERNAL, "SELECT secret FROM vault", inside.SerializeAsString()};
  }
  if (id == "taken")
    return rpc::ToGrpc(MakeError(absl::StatusCode::kAlreadyExists, "ID_REUSED", "taken", {{"field", "probeId"}}));
  if (id == "busy") return rpc::ToGrpc(MakeError(absl::StatusCode::kResourceExhausted, "OVERLOADED", "busy"));
  if (id == "reused")
    return rpc::ToGrpc(MakeError(absl::StatusCode::kFailedPrecondition, "IDEMPOTENCY_KEY_REUSED", "x"));
  if (id == "hopeless") {
    Violations v;
    for (int i = 0; i < 500; ++i)
      v.Add(absl::StrCat("children[", i, "].number"), "OUT_OF_RANGE", "is too large or too small");
    return rpc::ToGrpc(v.ToStatus());
  }
  if (id == "slow") {
    for (int i = 0; i < 100 && !c->IsCancelled(); ++i) SystemClock().Sleep(absl::Milliseconds(50));
    cancelled = c->IsCancelled();
  }
  c->AddTrailingMetadata("hoiam-consistency-token", "tok");
  if (id == "replayed") c->AddTrailingMetadata("hoiam-idempotency-replayed", "true");
  return grpc::Status::OK;
}

grpc::Status FakeProbes::CreateProbe(grpc::ServerContext* c, const test::v1::CreateProbeRequest* q,
                                     test::v1::Probe* r) {
  *r = q->probe();
  if (r->probe_id().empty()) r->set_probe_id(q->probe_id());
  return Seen(c, r->probe_id());
}
grpc::Status FakeProbes::GetProbe(grpc::ServerContext* c, const test::v1::GetProbeRequest* q, test::v1::Probe* r) {
  r->set_probe_id(q->probe_id());
  *r->mutable_words() = q->words();
  return Seen(c, q->probe_id());
}
grpc::Status FakeProbes::UpdateProbe(grpc::ServerContext* c, const test::v1::UpdateProbeRequest* q,
                                     test::v1::Probe* r) {
  *r = q->probe();
  {
    std::lock_guard lock(mu_);
    mask_ = absl::StrJoin(q->update_mask().paths(), ",");
  }
  return Seen(c, r->probe_id());
}
grpc::Status FakeProbes::PaintProbe(grpc::ServerContext* c, const test::v1::PaintProbeRequest* q, test::v1::Probe* r) {
  r->set_probe_id(q->probe_id());
  r->set_color(q->color());
  return Seen(c, q->probe_id());
}
grpc::Status FakeProbes::BatchProbe(grpc::ServerContext* c, const test::v1::BatchProbeRequest* q,
                                    test::v1::BatchProbeResponse* r) {
  for (int i = 0; i < q->probes_size(); ++i) {
    const auto rejected = q->rejected_items().find(i);
    *r->add_results() = rejected == q->rejected_items().end() ? google::rpc::Status() : rejected->second;
  }
  return Seen(c, "");
}
grpc::Status FakeProbes::PeekProbe(grpc::ServerContext* c, const test::v1::GetProbeRequest* q, test::v1::Probe* r) {
  return Seen(c, q->probe_id());
}

std::multimap<std::string, std::string> FakeProbes::metadata() {
  std::lock_guard lock(mu_);
  return metadata_;
}
absl::Duration FakeProbes::time_left() {
  std::lock_guard lock(mu_);
  return time_left_;
}
std::string FakeProbes::mask() {
  std::lock_guard lock(mu_);
  return mask_;
}

FakeRespondents::FakeRespondents() {
  sv::Survey& s = *page.mutable_survey();
  s.set_brand("Nhà <Én>");
  s.set_metric("NPS");
  sv::Question& score = *s.add_questions();
  score.set_question_id("nps");
  score.set_type(sv::QuestionType::NPS);
  score.set_required(true);
  score.mutable_text()->set_vi("Anh/chị có sẵn lòng giới thiệu Nhà <Én> không?");
  score.mutable_text()->set_en("Would you recommend Nhà <Én>?");
  score.mutable_low_label()->set_vi("Chắc chắn không");
  score.mutable_high_label()->set_vi("Rất sẵn lòng");
  sv::Question& why = *s.add_questions();
  why.set_question_id("why");
  why.set_type(sv::QuestionType::MULTIPLE_CHOICE);
  why.mutable_text()->set_vi("Điều gì khiến anh/chị chưa hài lòng?");
  why.mutable_show_if()->set_question_id("nps");
  why.mutable_show_if()->set_max(6);
  for (const char* id : {"price", "staff"}) {
    sv::Option& o = *why.add_options();
    o.set_option_id(id);
    o.mutable_text()->set_vi(std::string("Lý do ") + id);
  }
  sv::Question& keep = *s.add_questions();
  keep.set_question_id("keep");
  keep.set_type(sv::QuestionType::TEXT);
  keep.mutable_text()->set_vi("Anh/chị thích nhất điều gì?");
  keep.mutable_show_if()->set_question_id("nps");
  keep.mutable_show_if()->set_min(9);
  keep.mutable_show_if()->set_max(10);
  page.set_state(sv::InvitationState::CREATED);
  page.set_language("vi");
}

// What the answers so far show: as survey_service says it, for conditions on a range.
void FakeRespondents::Show() {
  const auto& answers = page.response().answers();
  page.clear_shown();
  page.set_more_may_come(answers.empty());
  for (const sv::Question& q : page.survey().questions()) {
    const bool holds = std::any_of(answers.begin(), answers.end(), [&](const sv::Answer& a) {
      const sv::ShowIf& c = q.show_if();
      return a.question_id() == c.question_id() && a.number() >= c.min() && a.number() <= c.max();
    });
    if (!q.has_show_if() || holds) page.add_shown(q.question_id());
  }
}

grpc::Status FakeRespondents::GetRespondentPage(grpc::ServerContext*, const sv::GetRespondentPageRequest* q,
                                                sv::RespondentPage* r) {
  if (q->token() != "good-token") return rpc::ToGrpc(MakeError(absl::StatusCode::kNotFound, "LINK_UNKNOWN", "?"));
  Show();
  *r = page;
  return grpc::Status::OK;
}

grpc::Status FakeRespondents::SubmitAnswer(grpc::ServerContext*, const sv::SubmitAnswerRequest* q,
                                           sv::SubmitAnswerResponse* r) {
  submitted = *q;
  if (!refusal.ok()) return rpc::ToGrpc(refusal);
  ++submissions;
  *page.mutable_response()->mutable_answers() = q->answers();
  page.mutable_response()->set_metric("NPS");
  for (const sv::Answer& a : q->answers())
    if (a.question_id() == "nps") page.mutable_response()->set_score(static_cast<int>(a.number()));
  Show();
  const bool seen =
      q->shown().empty() || std::all_of(page.shown().begin(), page.shown().end(), [&](const std::string& id) {
        return std::find(q->shown().begin(), q->shown().end(), id) != q->shown().end();
      });
  page.set_state(q->finished() && seen ? sv::InvitationState::ANSWERED : sv::InvitationState::STARTED);
  *r->mutable_response() = page.response();
  r->set_state(page.state());
  return grpc::Status::OK;
}

FakeCases::FakeCases() {
  page.set_state(lv::CaseState::IN_PROGRESS);
  page.set_said("Giao trễ <2 ngày>");
  page.mutable_said_time()->set_seconds(kCaseTime);
  page.mutable_contact_by()->set_seconds(kCaseTime + 3600);
  page.set_team("CSKH");
  page.set_brand("Nhà Én");
  page.set_can_write(true);
  auto* step = page.add_steps();
  step->mutable_time()->set_seconds(kCaseTime);
  step->set_what("opened");
}

grpc::Status FakeCases::GetCaseStatus(grpc::ServerContext*, const lv::GetCaseStatusRequest* q, lv::CaseStatusPage* r) {
  if (q->token() != "good-case") return rpc::ToGrpc(MakeError(absl::StatusCode::kNotFound, "LINK_UNKNOWN", "?"));
  *r = page;
  return grpc::Status::OK;
}

grpc::Status FakeCases::WriteCaseStatus(grpc::ServerContext*, const lv::WriteCaseStatusRequest* q,
                                        lv::CaseStatusPage* r) {
  if (!refusal.ok()) return rpc::ToGrpc(refusal);
  written.push_back(*q);
  *r = page;
  return grpc::Status::OK;
}

grpc::Status FakeCases::ConfirmCaseStatus(grpc::ServerContext*, const lv::ConfirmCaseStatusRequest* q,
                                          lv::CaseStatusPage* r) {
  if (!refusal.ok()) return rpc::ToGrpc(refusal);
  confirmed.push_back(*q);
  *r = page;
  return grpc::Status::OK;
}

grpc::Status FakeRespondents::UnsubscribeRespondent(grpc::ServerContext*, const sv::UnsubscribeRespondentRequest* q,
                                                    sv::UnsubscribeRespondentResponse*) {
  one_click = q->one_click();
  ++unsubscribed;
  return grpc::Status::OK;
}

GatewayFixture::GatewayFixture(gateway::RateLimits limits)
    : database_("gateway", gateway::Migrations()),
      runtime_(rpc::MakeRuntime(clock_, metrics_, 4, 1000)),
      combiner_(database_.pool(), clock_, {}),
      writer_(combiner_, "gateway"),
      keys_(*runtime_, writer_, database_.pool(), clock_),
      tenants_(*runtime_, writer_, database_.pool()),
      routes_(*gateway::RouteTable::Build(gateway::LinkedServices())),
      authenticator_(database_.pool(), *runtime_, clock_),
      limiter_(limits, clock_),
      gate_(authenticator_, limiter_) {
  grpc::ServerBuilder builder;
  int backend_port = 0;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &backend_port);
  builder.SetMaxReceiveMessageSize(16 << 20);
  builder.RegisterService(&probes_);
  builder.RegisterService(&respondents_);
  builder.RegisterService(&cases_);
  builder.RegisterService(&keys_);
  builder.RegisterService(&tenants_);
  backend_ = builder.BuildAndStart();
  grpc::ChannelArguments args;
  args.SetMaxReceiveMessageSize(16 << 20);
  args.SetInt(GRPC_ARG_MAX_METADATA_SIZE, 256 << 10);  // as platform/server/app.cc has it
  args.SetInt("channel", backend_port);                // a channel of its own per fixture
  std::shared_ptr<grpc::Channel> channel =
      grpc::CreateCustomChannel(absl::StrCat("127.0.0.1:", backend_port), grpc::InsecureChannelCredentials(), args);
  gateway::Peers peers;
  for (const char* name : {"survey", "scoring", "loop", "gateway", "test"}) peers[name] = channel;
  dispatcher_ = std::make_unique<gateway::Dispatcher>(routes_, peers, *runtime_, clock_);
  pages_ = std::make_unique<gateway::Pages>(channel, channel, "https://hoi.example", clock_, VietnamTime());
  gateway::Operations operations{[this] { return std::pair(ready_, std::string("{\"detail\":1}\n")); },
                                 [] { return std::string("hoiam_up 1\n"); }};
  api_ = std::make_unique<gateway::Api>(routes_, gate_, *dispatcher_, *pages_, operations, clock_);
  gateway::HttpServerOptions options;
  options.idle_timeout = absl::Seconds(5);
  options.header_timeout = absl::Seconds(1);
  options.body_timeout = absl::Seconds(1);
  options.write_timeout = absl::Seconds(1);
  http_ = std::make_unique<gateway::HttpServer>(options, *api_);
  grpc_ = std::make_unique<gateway::PublicGrpc>(routes_, gate_, *dispatcher_, clock_);
  if (!http_->Start().ok() || !grpc_->Start("127.0.0.1:0").ok()) std::abort();
  if (const auto session = database_.Session();
      !gateway::AddTenant(testing::TenantOn(*session, "acme"), "Acme", clock_.Now()).ok())
    std::abort();
  admin_key_ = MakeKey("root", gateway::kAdminScope);
}

GatewayFixture::~GatewayFixture() {
  http_->Stop(absl::Seconds(5));
  grpc_->Stop(clock_.Now() + absl::Seconds(5));
  dispatcher_.reset();
  backend_->Shutdown(absl::ToChronoTime(SystemClock().Now()));
}

std::string GatewayFixture::MakeKey(const std::string& key_id, gateway::ScopeSet scopes,
                                    std::optional<absl::Time> expires) {
  KeyRow row;
  row.key_id = key_id;
  row.scopes = gateway::FormatScopes(scopes);
  row.expires_at = expires;
  return MakeKey(std::move(row));
}

std::string GatewayFixture::MakeKey(KeyRow row) {
  const std::string text = gateway::NewKeyText(row.test_mode, row.kind == gateway::v1::KeyKind::PUBLISHABLE);
  row.tenant_id = "acme";
  row.principal = "till";
  row.secret_hash = gateway::KeyHash(text);
  row.prefix = gateway::KeyPrefix(text);
  row.created_at = clock_.Now();
  const auto session = database_.Session();
  if (!gateway::ReplaceKey(testing::TenantOn(*session, row.tenant_id), row).ok()) std::abort();
  return text;
}

void GatewayFixture::RevokeKey(const std::string& key_id) {
  const auto session = database_.Session();
  if (!session->Run("UPDATE api_key SET revoked_at = ? WHERE tenant_id = 'acme' AND key_id = ?", {clock_.Now(), key_id})
           .ok())
    std::abort();
}

RawResponse GatewayFixture::Call(const std::string& method, const std::string& target, const std::string& body,
                                 const std::string& headers) {
  return Fetch(port(), method, target, body, Bearer(admin_key_) + headers);
}

std::shared_ptr<grpc::Channel> GatewayFixture::PublicChannel() {
  grpc::ChannelArguments args;
  args.SetInt("channel", grpc_->port());
  return grpc::CreateCustomChannel(absl::StrCat("127.0.0.1:", grpc_->port()), grpc::InsecureChannelCredentials(), args);
}

std::string ReasonIn(const RawResponse& response) {
  const size_t at = response.body.find("\"reason\":\"");
  return at == std::string::npos ? "" : response.body.substr(at + 10, response.body.find('"', at + 10) - at - 10);
}

}  // namespace hoiam::testing
