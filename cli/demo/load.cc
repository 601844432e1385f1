#include "cli/demo/load.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cli/demo/shop.h"
#include "cli/import/importer.h"
#include "cli/import/rows.h"
#include "cli/term/progress.h"
#include "platform/rpc/status_wire.h"

namespace hoiam::cli {
namespace {

constexpr int kItemsPerBatch = 500;
constexpr char kFirstCustomer[] = "/v1/customers/kh-0001";
constexpr char kLoadedAt[] = "demoLoadedAt";  // property of the first customer

// The moment that all times of the demo are counted from: that of the first load.
absl::StatusOr<absl::Time> LoadedAt(Client& client, absl::Time now) {
  const auto first = client.Get<survey::v1::Customer>(kFirstCustomer);
  if (absl::IsNotFound(first.status())) {
    const absl::Time minute = absl::FromUnixSeconds(absl::ToUnixSeconds(now) / 60 * 60);
    survey::v1::Customer customer;
    (*customer.mutable_properties())[kLoadedAt].set_string_value(
        absl::FormatTime(absl::RFC3339_sec, minute, absl::UTCTimeZone()));
    HOIAM_RETURN_IF_ERROR(client
                              .Do({.method = "PATCH",
                                   .path = absl::StrCat(kFirstCustomer, "?allowMissing=true"),
                                   .body = ToJson(customer)})
                              .status());
    return minute;
  }
  HOIAM_RETURN_IF_ERROR(first.status());
  const auto it = first->properties().find(kLoadedAt);
  absl::Time t;
  if (it == first->properties().end() || !absl::ParseTime(absl::RFC3339_sec, it->second.string_value(), &t, nullptr))
    return absl::FailedPreconditionError(
        "this tenant has a customer kh-0001 of its own: the demo belongs into an empty one");
  return t;
}

// Sends all items in batches; a single bad one is a failure.
template <class K>
absl::Status Send(Client& client, const K& kind, const std::vector<typename K::Item>& items, Progress& progress,
                  int64_t& done, std::string& token) {
  for (size_t i = 0; i < items.size();) {
    typename K::Request request;
    for (int n = 0; n < kItemsPerBatch && i < items.size(); ++n, ++i) *kind.add(request) = items[i];
    HOIAM_ASSIGN_OR_RETURN(const auto answer, client.Post<typename K::Answer>(kind.path, request));
    for (const auto& result : answer.results()) {
      if (result.status().code() != 0) return rpc::FromProto(result.status());
    }
    token = answer.consistency_token();
    done += answer.results_size();
    progress.Update(done);
  }
  return absl::OkStatus();
}

absl::Status MakeSurvey(Client& client, const survey::v1::CreateSurveyRequest& request) {
  const std::string path = absl::StrCat("/v1/surveys/", PercentEncode(request.survey_id()));
  auto survey = client.Get<survey::v1::Survey>(path);
  if (absl::IsNotFound(survey.status()))
    survey = client.Post<survey::v1::Survey>(WithQuery("/v1/surveys", {{"surveyId", request.survey_id()}}),
                                             request.survey());
  HOIAM_RETURN_IF_ERROR(survey.status());
  if (survey->state() != survey::v1::SurveyState::DRAFT) return absl::OkStatus();
  return client.Do({.method = "POST", .path = path + ":activate", .body = "{}"}).status();
}

// Whom the shop wants as customers, what it aims at, what it changed (the delivery partner, in week 19), who looks
// after its unhappy customers and when, and that its best ones are heard first.
struct Setting {
  std::string path, body;
};
std::vector<Setting> Settings(absl::Time loaded_at) {
  const absl::Time week_19 = loaded_at - absl::Hours(24 * 7 * (kDemoWeeks - 18));
  return {
      {"/v1/icpProfile",
       R"({"criteria":[{"filter":"segment = \"VIP\"","weight":50},{"filter":"segment = \"Thân thiết\"","weight":50}]})"},
      {"/v1/targets/nps?allowMissing=true", R"({"metric":"NPS","score":40})"},
      {"/v1/targets/csat?allowMissing=true", R"({"metric":"CSAT","score":85})"},
      {"/v1/targets/csat-delivery?allowMissing=true",
       R"({"metric":"CSAT","dimension":"touchpoint","value":"delivery","score":80})"},
      {"/v1/improvements/delivery-partner?allowMissing=true",
       absl::StrCat(R"({"displayName":{"vi":"Phạt đối tác giao trễ, báo trước giờ đến",
         "en":"Late deliveries are fined, customers are called before"},"metric":"NPS",
         "filter":"touchpoint = \"delivery\"","startTime":")",
                    absl::FormatTime(absl::RFC3339_sec, week_19, absl::UTCTimeZone()), "\"}")},
      {"/v1/casePolicy", R"({"brand":"Nhà Én"})"},
      {"/v1/teams/cskh", R"({"calendarId":"shop","escalatesTo":"cx"})"},
      {"/v1/members/huong?allowMissing=true", R"({"displayName":"Hương","teams":["cskh"]})"},
      {"/v1/members/minh?allowMissing=true", R"({"displayName":"Minh","teams":["cskh","cx"]})"},
      {"/v1/alarmRules/vip?allowMissing=true",
       R"({"displayName":{"vi":"Khách VIP không vui","en":"An unhappy VIP"},"rank":250,"priority":"P2",
         "condition":{"detractor":true,"segments":["VIP"]},"assignPerson":"LEAST_LOADED"})"}};
}

absl::Status DoUsage(Client& client, const survey::v1::RecordUsageRequest& usage, std::string& token) {
  survey::v1::RecordUsageRequest body = usage;
  body.clear_customer_id();  // the path has it
  HOIAM_ASSIGN_OR_RETURN(const auto recorded,
                         client.Post<survey::v1::RecordUsageResponse>(
                             absl::StrCat("/v1/customers/", PercentEncode(usage.customer_id()), "/usage"), body));
  token = recorded.consistency_token();
  return absl::OkStatus();
}

absl::Status DoLive(Client& client, const LiveStep& step, std::string& token) {
  HOIAM_ASSIGN_OR_RETURN(const auto recorded,
                         client.Post<survey::v1::RecordInteractionResponse>("/v1/interactions", step.interaction));
  token = recorded.consistency_token();
  if (step.cancelled) {
    survey::v1::VoidInteractionRequest request;
    request.set_reason("Khách hủy đơn");
    const std::string path =
        absl::StrCat("/v1/interactions/", PercentEncode(step.interaction.interaction_id()), ":void");
    HOIAM_ASSIGN_OR_RETURN(const auto voided, client.Post<survey::v1::VoidInteractionResponse>(path, request));
    token = voided.consistency_token();
  }
  if (!step.answer) return absl::OkStatus();
  auto answer = *step.answer;
  for (const auto& dispatch : recorded.dispatch()) {
    if (dispatch.decision() == survey::v1::DispatchDecision::INVITED) answer.set_invitation_id(dispatch.invitation());
  }
  HOIAM_ASSIGN_OR_RETURN(const auto stored, client.Post<survey::v1::CreateResponseResponse>("/v1/responses", answer));
  token = stored.consistency_token();
  return absl::OkStatus();
}

}  // namespace

absl::Status LoadDemo(Client& client, const Clock& clock, const Say& say, bool tty, std::ostream& out) {
  client.patience = absl::Minutes(1);
  HOIAM_ASSIGN_OR_RETURN(const absl::Time loaded_at, LoadedAt(client, clock.Now()));
  const Demo demo = MakeDemo(kDemoSeed, loaded_at);
  const std::vector<Setting> settings = Settings(loaded_at);
  const auto total = demo.customers.size() + demo.interactions.size() + demo.answers.size() + demo.surveys.size() +
                     demo.live.size() + demo.usage.size() + demo.csi.size() + settings.size();
  Progress progress(out, tty, say, "Nhà Én", static_cast<int64_t>(total));
  int64_t done = 0;
  std::vector<std::string> tokens(6);
  progress.Update(0);
  for (const auto& [path, body] : settings) {
    HOIAM_RETURN_IF_ERROR(client.Do({.method = "PATCH", .path = path, .body = body}).status());
    progress.Update(++done);
  }
  HOIAM_RETURN_IF_ERROR(Send(client, Customers(), demo.customers, progress, done, tokens[0]));
  HOIAM_RETURN_IF_ERROR(Send(client, Interactions(), demo.interactions, progress, done, tokens[1]));
  for (const auto& survey : demo.surveys) {
    HOIAM_RETURN_IF_ERROR(MakeSurvey(client, survey));
    progress.Update(++done);
  }
  HOIAM_RETURN_IF_ERROR(Send(client, Responses(), demo.answers, progress, done, tokens[2]));
  HOIAM_RETURN_IF_ERROR(Send(client, Responses(), demo.csi, progress, done, tokens[4]));
  for (const auto& usage : demo.usage) {
    HOIAM_RETURN_IF_ERROR(DoUsage(client, usage, tokens[5]));
    progress.Update(++done);
  }
  for (const auto& step : demo.live) {
    HOIAM_RETURN_IF_ERROR(DoLive(client, step, tokens[3]));
    progress.Update(++done);
  }
  progress.Finish();
  return WaitUntilCounted(client, tokens);
}

absl::StatusOr<std::string> OpenDemoLink(Client& client) {
  HOIAM_ASSIGN_OR_RETURN(const auto list, client.Get<survey::v1::ListInvitationsResponse>(
                                              absl::StrCat("/v1/surveys/", kNpsSurvey, "/invitations")));
  for (const auto& invitation : list.invitations()) {
    if (invitation.state() == survey::v1::InvitationState::CREATED) return invitation.link();
  }
  return absl::NotFoundError("no invitation of the demo is open");
}

}  // namespace hoiam::cli
