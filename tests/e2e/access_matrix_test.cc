// Who may call what, of every public method there is: found by the descriptors, called over REST and gRPC with every
// kind of key, and with the ids of another tenant. Nothing here names a method, so a new one is in it as soon as its
// .proto is.
#include <google/protobuf/util/json_util.h>
#include <grpcpp/generic/generic_stub.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "gateway/auth/roles.h"
#include "gateway/route/route_table.h"
#include "google/protobuf/dynamic_message.h"
#include "platform/base/clock.h"
#include "tests/e2e/api.h"

namespace hoiam::testing {
namespace {

using gateway::Route;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// In every text that only the planted tenant's rows hold: an answer to anybody else must not have it.
constexpr char kPlanted[] = "PLANTED7731";

// What a field that names something is given: the planted one of its kind. A field that looks like a name of something
// and is not here fails the test: whoever adds one says here what it names, and plants one.
const std::map<std::string, std::string>& PlantedIds() {
  static const auto* ids = new std::map<std::string, std::string>{
      {"customer_id", "lan"},       {"customer_ids", "lan"},  {"interaction_id", "o1"},
      {"survey_id", "nps"},         {"response_id", "r1"},    {"invitation_id", ""},
      {"invitation_ids", ""},       {"case_id", ""},          {"key_id", "planted-key"},
      {"new_key_id", "next-key"},   {"tenant_id", "planted"}, {"webhook_id", "planted-hook"},
      {"inbound_id", "planted-in"}, {"event_ids", ""},        {"note_id", "n1"},
      {"feedback_id", "f1"},        {"survey", "nps"},        {"question_id", "nps"},
      {"touchpoint_id", "p1"},      {"channel_id", "way"},    {"wave_id", "w1"},
      {"usage_id", "u1"},           {"consent_id", "c1"},     {"rule_id", "rule"},
      {"metric_id", "OWN"},         {"target_id", "t1"},      {"improvement_id", "i1"},
      {"need_id", "need"},          {"message_id", "said"},   {"root_cause_id", "cause"},
      {"team_id", "own-team"},      {"member_id", "someone"}, {"calendar_id", "shifts"}};
  return *ids;
}

// Texts that requests need to get as far as the rows.
std::string TextFor(const std::string& field) {
  static const auto* texts = new std::map<std::string, std::string>{{"type", "PURCHASE"},
                                                                    {"metric", "NPS"},
                                                                    {"reason", "x"},
                                                                    {"note", "x"},
                                                                    {"text", "x"},
                                                                    {"display_name", "x"},
                                                                    {"principal", "x"},
                                                                    {"url", "https://203.0.113.9/x"},
                                                                    {"root_cause", "other"},
                                                                    {"originator_team", "all"},
                                                                    {"resolution", "x"},
                                                                    {"channel", "phone"},
                                                                    {"sent_by", "x"},
                                                                    {"event_types", "case.opened"},
                                                                    {"comment", "x"},
                                                                    {"owner", "x"},
                                                                    {"item", "fryer-1"},
                                                                    {"status", "IN_USE"},
                                                                    {"how", "x"},
                                                                    {"order", "B-1"},
                                                                    {"base_filter", "segment = \"gold\""},
                                                                    {"by", "segment"}};
  const auto it = texts->find(field);
  return it == texts->end() ? "" : it->second;
}

bool NamesSomething(const FieldDescriptor& f) {
  const std::string& name = f.name();
  return f.type() == FieldDescriptor::TYPE_STRING &&
         (absl::EndsWith(name, "_id") || absl::EndsWith(name, "_ids") || PlantedIds().contains(name));
}

class AccessMatrixTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    suite_ =
        new Suite({{"HOIAM_RATE_KEY", "0"}, {"HOIAM_RATE_TENANT", "0"}, {"HOIAM_WEBHOOK_ALLOW", "203.0.113.0/24"}});
    admin_ = suite_->MakeTenant("victim");
    operator_ = suite_->OperatorKey();
    Plant();
  }
  static void TearDownTestSuite() { delete std::exchange(suite_, nullptr); }

  // One of everything, in the tenant "victim".
  static void Plant() {
    Api api(HttpClient(suite_->url(), admin_));
    ids_ = PlantedIds();
    const std::string planted = kPlanted;
    api.Patch("/v1/customers/lan?allowMissing=true", R"({"displayName":")" + planted + R"(","segment":"gold"})");
    api.ActiveSurvey("nps", "NPS", R"({"interactionTypes":["PURCHASE"]})");
    const Json bought = api.Post("/v1/interactions",
                                 R"({"interactionId":"o1","customerId":"lan","type":"PURCHASE","properties":{"p":")" +
                                     planted + R"("},"occurredAt":")" + Rfc3339(Now()) + "\"}");
    api.Patch("/v1/touchpoints/p1?allowMissing=true",
              R"({"displayName":{"vi":")" + planted + R"("},"stage":"AFTER","place":"OFFLINE"})");
    api.Patch("/v1/channels/way?allowMissing=true", R"({"displayName":{"vi":")" + planted + R"("},"place":"OFFLINE"})");
    api.Patch("/v1/askPolicy", R"({"rules":[{"ruleId":"rule","maxAsks":99,"window":"86400s"}],
        "blackouts":[{"firstDay":"2020-01-01","lastDay":"2020-01-02","reason":")" +
                                   planted + "\"}]}");
    api.Post("/v1/customers/lan/consents", R"({"consentId":"c1","wish":"GIVEN","how":")" + planted + "\"}");
    api.Post("/v1/customers/lan/usage",
             R"({"usageId":"u1","item":"fryer-1","status":"PROBLEM","detail":")" + planted + "\"}");
    api.Post("/v1/responses",
             R"({"responseId":"receipt","metric":"NPS","score":9,"order":"B-1","comment":")" + planted + "\"}");
    // Its turn never comes while the test runs.
    api.Post("/v1/surveys/nps/waves?waveId=w1",
             R"({"sample":{"size":1},"startTime":")" + Rfc3339(Now() + absl::Hours(24 * 30)) + "\"}");
    api.Patch("/v1/metrics/OWN?allowMissing=true",
              R"({"min":1,"max":2,"displayName":{"vi":")" + planted + R"("},"parts":[
        {"name":"sad","mood":"UNHAPPY","low":1,"high":1},{"name":"glad","mood":"HAPPY","low":2,"high":2,"weight":1}]})");
    api.Patch("/v1/icpProfile", R"({"criteria":[{"filter":"segment = \")" + planted + R"(\"","weight":1}]})");
    api.Patch("/v1/targets/t1?allowMissing=true",
              R"({"metric":"NPS","score":50,"dimension":"segment","value":")" + planted + "\"}");
    api.Patch("/v1/improvements/i1?allowMissing=true",
              R"({"metric":"NPS","startTime":"2026-01-01T00:00:00Z","displayName":{"vi":")" + planted + "\"}}");
    ids_["invitation_id"] = ids_["invitation_ids"] = bought.String("dispatch/0/invitation");
    api.Post("/v1/responses",
             R"({"responseId":"r1","customerId":"lan","metric":"NPS","score":1,"comment":")" + planted + "\"}");
    ids_["case_id"] = api.Get("/v1/cases?consistencyToken=" + Escape(api.token())).String("cases/0/caseId");
    api.Post("/v1/cases/" + ids_["case_id"] + "/needs", R"({"needId":"need","text":")" + planted + "\"}");
    api.Post("/v1/cases/" + ids_["case_id"] + "/messages",
             R"({"messageId":"said","channel":"phone","text":")" + planted + "\"}");
    api.Patch("/v1/rootCauses/cause?allowMissing=true",
              R"({"parent":"delivery","category":"PROCESS","displayName":")" + planted + "\"}");
    api.Patch(
        "/v1/calendars/shifts?allowMissing=true",
        R"({"timeZone":"UTC","hours":[{"start":"08:00","end":"17:00"}],"displayName":{"vi":")" + planted + "\"}}");
    api.Patch("/v1/teams/own-team?allowMissing=true", R"({"calendarId":"shifts","displayName":")" + planted + "\"}");
    api.Patch("/v1/members/someone?allowMissing=true", R"({"teams":["own-team"],"displayName":")" + planted + "\"}");
    api.Patch("/v1/alarmRules/rule?allowMissing=true",
              R"({"priority":"P3","rank":900,"condition":{"detractor":true},"displayName":{"vi":")" + planted + "\"}}");
    api.Post("/v1/keys", R"({"keyId":"planted-key","principal":")" + planted + R"(","scopes":["cases.read"]})");
    api.Post("/v1/webhooks", R"({"webhookId":"planted-hook","eventTypes":["case.opened"],"url":"https://203.0.113.7/)" +
                                 planted + "\"}");
    api.Post("/v1/inbounds", R"({"inboundId":"planted-in","inbound":{"displayName":")" + planted + R"(","fields":[
        {"field":"interactionId","path":"/id"},{"field":"customerId","path":"/c"},{"field":"type","constant":"PURCHASE"},
        {"field":"occurredAt","path":"/t"}]}})");
    Api operates(HttpClient(suite_->url(), operator_));
    operates.Post("/v1/tenants", R"({"tenantId":"planted","displayName":")" + planted + "\"}");
    const std::vector<Json> events = api.List("/v1/events", "events", 100);
    if (!events.empty()) ids_["event_ids"] = events[0].String("eventId");
  }

  static std::string KeyOf(const std::string& body) {
    Api api(HttpClient(suite_->url(), admin_));
    return api.Post("/v1/keys", body).String("secret");
  }

  // A request that names the planted ids wherever it can name something.
  static void Fill(Message& m, int depth = 0) {
    const auto* reflection = m.GetReflection();
    for (int i = 0; i < m.GetDescriptor()->field_count(); ++i) {
      const FieldDescriptor* f = m.GetDescriptor()->field(i);
      std::string text;
      if (NamesSomething(*f)) {
        const auto it = ids_.find(f->name());
        if (it == ids_.end()) {
          ADD_FAILURE() << f->full_name() << " names something that this test does not know: plant one";
          continue;
        }
        text = it->second;
      } else if (f->type() == FieldDescriptor::TYPE_STRING && depth == 0) {
        text = TextFor(f->name());
      }
      if (f->name() == "margin_of_error") reflection->SetDouble(&m, f, 5);
      if (!text.empty()) {
        f->is_repeated() ? reflection->AddString(&m, f, text) : reflection->SetString(&m, f, text);
      } else if (f->type() == FieldDescriptor::TYPE_MESSAGE && !f->is_map() && depth < 2 &&
                 absl::StartsWith(f->message_type()->full_name(), "hoiam.")) {
        Fill(f->is_repeated() ? *reflection->AddMessage(&m, f) : *reflection->MutableMessage(&m, f), depth + 1);
      }
    }
  }

  static std::unique_ptr<Message> RequestOf(const Route& route) {
    std::unique_ptr<Message> m(
        google::protobuf::MessageFactory::generated_factory()->GetPrototype(route.method->input_type())->New());
    Fill(*m);
    return m;
  }

  static const Message& Through(const Message& m, const std::vector<const FieldDescriptor*>& path) {
    const Message* at = &m;
    for (size_t i = 0; i + 1 < path.size(); ++i) at = &at->GetReflection()->GetMessage(*at, path[i]);
    return *at;
  }

  // The texts of a request that are neither in its path nor in its body.
  static std::string QueryOf(const Route& route, const Message& request) {
    std::string query;
    for (int i = 0; i < request.GetDescriptor()->field_count(); ++i) {
      const FieldDescriptor* f = request.GetDescriptor()->field(i);
      const bool in_path = std::any_of(route.segments.begin(), route.segments.end(), [&](const auto& segment) {
        return !segment.field.empty() && segment.field[0] == f;
      });
      const auto* r = request.GetReflection();
      if (f->name() == "margin_of_error") absl::StrAppend(&query, query.empty() ? "?" : "&", "marginOfError=5");
      if (f->type() != FieldDescriptor::TYPE_STRING || in_path) continue;
      const std::string value = !f->is_repeated()               ? r->GetString(request, f)
                                : r->FieldSize(request, f) == 0 ? ""
                                                                : r->GetRepeatedString(request, f, 0);
      if (!value.empty()) absl::StrAppend(&query, query.empty() ? "?" : "&", f->json_name(), "=", Escape(value));
    }
    return query;
  }

  static Answer Rest(const Route& route, const Message& request, const std::string& key) {
    std::string path;
    for (const auto& segment : route.segments) {
      if (segment.field.empty()) {
        absl::StrAppend(&path, "/", segment.literal);
        continue;
      }
      const Message& holder = Through(request, segment.field);
      absl::StrAppend(&path, "/", Escape(holder.GetReflection()->GetString(holder, segment.field.back())));
    }
    if (!route.verb.empty()) absl::StrAppend(&path, ":", route.verb);
    if (route.body == Route::Body::kNone) absl::StrAppend(&path, QueryOf(route, request));
    std::string body;
    if (route.body != Route::Body::kNone) {
      const Message& source =
          route.body == Route::Body::kField ? request.GetReflection()->GetMessage(request, route.body_field) : request;
      EXPECT_TRUE(google::protobuf::util::MessageToJsonString(source, &body).ok());
    }
    HttpClient http(suite_->url(), key);
    return http.Send(route.http_method, path, body, key.empty() ? Headers{{"Authorization", ""}} : Headers{});
  }

  struct GrpcAnswer {
    grpc::Status status;
    std::string bytes;
  };
  static GrpcAnswer Grpc(const Route& route, const Message& request, const std::string& key) {
    static const auto channel = suite_->Channel();
    grpc::GenericStub stub(channel);
    grpc::ClientContext context;
    if (!key.empty()) Suite::Authorize(context, key);
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(30));
    const grpc::Slice slice(request.SerializeAsString());
    const grpc::ByteBuffer in(&slice, 1);
    grpc::ByteBuffer out;
    grpc::CompletionQueue queue;
    const auto call = stub.PrepareUnaryCall(&context, route.full_method, in, &queue);
    call->StartCall();
    GrpcAnswer answer;
    call->Finish(&out, &answer.status, nullptr);
    void* tag;
    bool ok;
    queue.Next(&tag, &ok);
    std::vector<grpc::Slice> slices;
    if (answer.status.ok() && out.Dump(&slices).ok())
      for (const auto& s : slices) answer.bytes.append(reinterpret_cast<const char*>(s.begin()), s.size());
    answer.bytes += answer.status.error_message() + answer.status.error_details();
    return answer;
  }

  enum class Want { kUnknownCaller, kForbidden, kLetIn };
  // Calls a method both ways, and expects the same of both.
  static void Expect(const Route& route, const std::string& who, const std::string& key, Want want, bool sees_planted) {
    const auto request = RequestOf(route);
    const std::string what = who + " " + route.http_method + " " + route.path;
    const Answer rest = Rest(route, *request, key);
    const GrpcAnswer grpc = Grpc(route, *request, key);
    const int code = grpc.status.error_code();
    switch (want) {
      case Want::kUnknownCaller:
        EXPECT_EQ(rest.code, 401) << what << " " << rest;
        EXPECT_EQ(code, grpc::StatusCode::UNAUTHENTICATED) << what << " over gRPC: " << grpc.status.error_message();
        break;
      case Want::kForbidden:
        EXPECT_EQ(rest.code, 403) << what << " " << rest;
        EXPECT_EQ(code, grpc::StatusCode::PERMISSION_DENIED) << what << " over gRPC: " << grpc.status.error_message();
        break;
      case Want::kLetIn:
        EXPECT_TRUE(rest.code == 200 || rest.code == 400 || rest.code == 404 || rest.code == 409)
            << what << " " << rest;
        EXPECT_TRUE(code == grpc::StatusCode::OK || code == grpc::StatusCode::INVALID_ARGUMENT ||
                    code == grpc::StatusCode::NOT_FOUND || code == grpc::StatusCode::ALREADY_EXISTS ||
                    code == grpc::StatusCode::FAILED_PRECONDITION || code == grpc::StatusCode::ABORTED)
            << what << " over gRPC: " << code << " " << grpc.status.error_message();
    }
    if (sees_planted) return;
    EXPECT_EQ(rest.body.find(kPlanted), std::string::npos) << what << " " << rest;
    EXPECT_EQ(grpc.bytes.find(kPlanted), std::string::npos) << what << " over gRPC";
  }

  // All that the planted tenant can read, but for what passes by itself (times of use, deliveries).
  static std::string Everything() {
    std::string all;
    HttpClient http(suite_->url(), admin_);
    for (const auto& route : routes_->routes()) {
      if (route->writes || route->http_method != "GET" || route->scope == "operator") continue;
      std::string body = Rest(*route, *RequestOf(*route), admin_).body;
      if (absl::StrContains(route->path, "/deliveries") || absl::StrContains(route->path, "/events")) continue;
      for (const char* field : {"lastUsedTime", "queued", "lastSuccessTime", "lastFailureTime", "failingSinceTime"}) {
        const std::string name = absl::StrCat("\"", field, "\":");
        for (size_t at = 0; (at = body.find(name, at)) != std::string::npos;)
          body.erase(at, body.find_first_of(",}", at) + (body[body.find_first_of(",}", at)] == ',') - at);
      }
      absl::StrAppend(&all, route->path, "\n", body, "\n");
    }
    return all;
  }

  static Suite* suite_;
  static std::string admin_, operator_;
  static std::map<std::string, std::string> ids_;
  static const gateway::RouteTable* routes_;
};

Suite* AccessMatrixTest::suite_ = nullptr;
std::string AccessMatrixTest::admin_, AccessMatrixTest::operator_;
std::map<std::string, std::string> AccessMatrixTest::ids_;
const gateway::RouteTable* AccessMatrixTest::routes_ =
    new gateway::RouteTable(*gateway::RouteTable::Build(gateway::LinkedServices()));

TEST_F(AccessMatrixTest, TheTableIsTheWholeApiAndSomethingOfEveryKindIsPlanted) {
  EXPECT_GE(routes_->routes().size(), 60u);
  for (const char* must : {"invitation_id", "case_id"}) EXPECT_NE(ids_.at(must), "") << must;
  // The planted tenant finds its own by the very requests that are tried on it below.
  int found = 0;
  for (const auto& route : routes_->routes()) {
    if (route->http_method != "GET" || route->scope == "operator") continue;
    const Answer mine = Rest(*route, *RequestOf(*route), admin_);
    EXPECT_EQ(mine.code, 200) << route->path << " " << mine;
    found += absl::StrContains(mine.body, kPlanted);
  }
  EXPECT_GE(found, 10) << "otherwise the test below would find nothing however much were told";
}

TEST_F(AccessMatrixTest, WithoutAKeyThatWorksNobodyIsLetIn) {
  const std::string revoked = KeyOf(R"({"keyId":"revoked","principal":"revoked","role":"ADMIN"})");
  const std::string expired = KeyOf(R"({"keyId":"expired","principal":"expired","role":"ADMIN","expireTime":")" +
                                    Rfc3339(Now() + absl::Seconds(3)) + "\"}");
  Api(HttpClient(suite_->url(), admin_)).Post("/v1/keys/revoked:revoke", "{}");
  for (const std::string& key : {revoked, expired}) {  // it bites within a second
    HttpClient http(suite_->url(), key);
    const absl::Time end = SystemClock().Now() + absl::Seconds(20);
    while (http.Get("/v1/surveys").code == 200 && SystemClock().Now() < end)
      SystemClock().Sleep(absl::Milliseconds(20));
  }
  std::string unknown = revoked;
  unknown[12] = unknown[12] == 'a' ? 'b' : 'a';
  for (const auto& route : routes_->routes()) {
    for (const auto& [who, key] : {std::pair("nobody", std::string()), std::pair("a wrong key", unknown),
                                   std::pair("a revoked key", revoked), std::pair("an expired key", expired)})
      Expect(*route, who, key, Want::kUnknownCaller, false);
  }
}

TEST_F(AccessMatrixTest, AnotherTenantsIdsGiveNobodyAnythingAndChangeNothing) {
  const std::string other = suite_->MakeTenant("other");
  Api mine(HttpClient(suite_->url(), other));
  const std::string of_test =
      KeyOf(R"({"keyId":"of-test","principal":"of-test","role":"ADMIN","testMode":true})");  // the planted tenant's own
  const std::string before = Everything();
  for (const auto& route : routes_->routes()) {
    const Want want = route->scope == "operator" ? Want::kForbidden : Want::kLetIn;
    Expect(*route, "the admin of another tenant", other, want, false);
    Expect(*route, "the same tenant's test mode", of_test, want, false);
    // What is asked for by its id and belongs to somebody else is not there.
    const bool by_id = route->http_method == "GET" && !route->segments.back().field.empty();
    if (by_id && want == Want::kLetIn && !absl::StartsWith(route->path, "/v1/customers")) {
      EXPECT_EQ(Rest(*route, *RequestOf(*route), suite_->key()).code, 404) << route->path;
    }
  }
  EXPECT_EQ(Everything(), before);
}

TEST_F(AccessMatrixTest, ARoleMayCallWhatItsScopesSayAndNothingElse) {
  for (const auto& row : gateway::kRoles) {
    const std::string role = gateway::v1::Role::Code_Name(row.role);
    const std::string key = KeyOf(absl::StrCat(R"({"keyId":")", absl::AsciiStrToLower(role), R"(","principal":")", role,
                                               R"(","role":")", role, "\"}"));
    for (const auto& route : routes_->routes()) {
      const bool may = gateway::Allows(gateway::ScopesOf(row.role), route->scope_bit);
      // Who may do everything is tried last, below: it would take away what the others are tried on.
      if (row.role == gateway::v1::Role::ADMIN && route->writes && may) continue;
      Expect(*route, role, key, may ? Want::kLetIn : Want::kForbidden, true);
    }
  }
}

TEST_F(AccessMatrixTest, APublishableKeyMayCallWhatIsMeantForItAndReadsNothing) {
  const std::string key = KeyOf(R"({"keyId":"web","principal":"web","kind":"PUBLISHABLE"})");
  int meant = 0;
  for (const auto& route : routes_->routes()) {
    meant += route->publishable;
    EXPECT_TRUE(!route->publishable || (route->http_method == "POST" && route->writes)) << route->path << " reads";
    Expect(*route, "a publishable key", key, route->publishable ? Want::kLetIn : Want::kForbidden, false);
  }
  EXPECT_GE(meant, 2);
}

TEST_F(AccessMatrixTest, OnlyTheOperatorMayCallWhatIsTheOperators) {
  const std::string admin = KeyOf(R"({"keyId":"last-admin","principal":"last-admin","role":"ADMIN"})");
  int operators = 0;
  for (const auto& route : routes_->routes()) {
    const bool operates = route->scope == "operator";
    operators += operates;
    if (operates) Expect(*route, "an admin", admin, Want::kForbidden, false);
    // The operator is nobody in a tenant: no planted row of one but what a tenant is called.
    Expect(*route, "the operator", operator_, Want::kLetIn, operates);
  }
  EXPECT_GE(operators, 7);
  for (const auto& route : routes_->routes())
    if (route->writes && route->scope != "operator") Expect(*route, "an admin", admin, Want::kLetIn, true);
}

}  // namespace
}  // namespace hoiam::testing
