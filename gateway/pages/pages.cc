#include "gateway/pages/pages.h"

#include <grpcpp/client_context.h>

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "gateway/errors.h"
#include "gateway/http/render.h"
#include "gateway/limits.h"
#include "gateway/pages/form.h"
#include "gateway/pages/html.h"
#include "gateway/pages/qr.h"
#include "gateway/pages/view.h"
#include "gateway/route/path.h"
#include "platform/base/process_time.h"
#include "platform/base/status.h"
#include "platform/observe/log.h"
#include "platform/rpc/status_wire.h"

namespace hoiam::gateway {
namespace {

namespace sv = hoiam::survey::v1;

// "/s/{token}" or "/s/{token}/unsubscribe"; false for anything else. Tokens are base64url.
bool ParsePagePath(absl::string_view path, std::string& token, bool& unsubscribe) {
  absl::ConsumePrefix(&path, "/s/");
  unsubscribe = absl::ConsumeSuffix(&path, "/unsubscribe");
  token = std::string(path);
  return !path.empty() && path.size() <= 64 &&
         std::all_of(path.begin(), path.end(), [](char c) { return absl::ascii_isalnum(c) || c == '-' || c == '_'; });
}

// The question of the built-in template (survey_service/domain/templates.cc); a survey of its own may have none.
bool WantsContact(const sv::Response& response) {
  return std::any_of(response.answers().begin(), response.answers().end(), [](const sv::Answer& a) {
    return a.question_id() == "contact_wanted" && a.choices_size() > 0 && a.choices(0) != "no";
  });
}

// Whether a mail program says it (RFC 8058), as a form of either encoding.
bool IsOneClick(absl::string_view body) {
  return absl::StrContains(body, "List-Unsubscribe") && absl::StrContains(body, "One-Click");
}

// What the page speaks where nobody asked for a language: the customer's, unless the survey has no words in it.
std::string SpokenBy(const sv::RespondentPage& page) {
  const bool vi = absl::StartsWithIgnoreCase(page.language(), "vi");
  const auto& questions = page.survey().questions();
  const bool has = std::any_of(questions.begin(), questions.end(),
                               [&](const sv::Question& q) { return !(vi ? q.text().vi() : q.text().en()).empty(); });
  return has || page.fallback_language().empty() ? page.language() : page.fallback_language();
}

const char* ThanksFor(const sv::RespondentPage& page, const sv::Response& response, const Texts& t) {
  if (!response.has_score()) return t.thanks;
  const Band band = BandOf(page, response.metric(), response.score());
  return band == Band::kLow ? t.thanks_low : band == Band::kMiddle ? t.thanks_middle : t.thanks_high;
}

}  // namespace

// One request of a browser on its way.
struct Pages::Visit {
  HttpRequest request;
  std::string request_id;
  HttpReply reply;
  std::string token;
  bool unsubscribe = false;
  Language language = Language::kVi;
  grpc::ClientContext contexts[2];
  sv::GetRespondentPageRequest open;
  sv::RespondentPage page;
  sv::SubmitAnswerRequest form;
  sv::SubmitAnswerResponse stored;
  sv::UnsubscribeRespondentRequest leave;
  sv::UnsubscribeRespondentResponse left;

  const Texts& texts() const { return TextsIn(language); }
  const std::string& brand() const { return page.survey().brand(); }
  std::string Words(const char* text) const { return Filled(text, {brand(), page.survey().address()}, language); }
  std::string Link(absl::string_view more = "") const {
    return absl::StrCat("/s/", token, more, "?lang=", CodeOf(language));
  }
  bool posts() const { return request.method == "POST"; }

  void Say(int status, const char* title, const char* hint = "") const {
    reply(HtmlPage(status, RenderMessage({language, brand(), Words(title), "", Words(hint), "", ""})));
  }

  // What a failure of survey_service means for a person.
  void Fail(const grpc::Status& status) const {
    const std::string reason = ReasonOf(rpc::FromGrpc(status));
    if (reason == "LINK_USED") return Say(410, texts().used);
    if (reason == "LINK_EXPIRED") return Say(410, texts().expired);
    if (reason == "LINK_REVOKED") return Say(410, texts().revoked);
    if (reason == "LINK_UNKNOWN") return Say(404, texts().unknown, texts().unknown_hint);
    observe::Warn("page.failed", {{"request_id", request_id}, {"error", status.error_message()}});
    Say(503, texts().busy);
  }

  // The form again, with what was sent and what is wrong with it.
  void ShowMistakes(const Violations& violations) const {
    const auto detail = DetailOf(violations.ToStatus());
    FormView view{token, language, &page, &form.answers(), form.comment(), form.phone(), {}, true};
    for (const Violation& v : detail->violations)
      view.errors.emplace(v.field == "comment" ? kCommentField : v.field == "phone" ? kPhoneField : v.field, v.reason);
    reply(HtmlPage(400, RenderForm(view)));
  }
};

Pages::Pages(std::shared_ptr<grpc::ChannelInterface> survey, std::shared_ptr<grpc::ChannelInterface> loop,
             std::string public_url, const Clock& clock, absl::TimeZone zone)
    : survey_(sv::RespondentService::NewStub(survey)),
      cases_(std::move(loop), clock, zone),
      public_url_(std::move(public_url)),
      clock_(clock) {}

bool Pages::Owns(absl::string_view path) {
  return path == "/" || absl::StartsWith(path, "/s/") || CasePages::Owns(path);
}

HttpResponse Pages::Refuse(const HttpRequest& head, const absl::Status& why) {
  const Language language = ChooseLanguage(QueryParameter(head.query(), "lang"), "", head.Header("accept-language"));
  const Texts& t = TextsIn(language);
  const std::string reason = ReasonOf(why);
  const int code = HttpCode(static_cast<int>(why.code()), reason);
  const char* words = reason == "BODY_TOO_LARGE" ? t.too_long : reason == "REQUEST_TIMEOUT" ? t.busy : t.bad_request;
  return HtmlPage(code, RenderMessage({language, "", Filled(words, {}, language), "", "", "", ""}));
}

void Pages::Handle(HttpRequest request, std::string request_id, HttpReply reply) {
  if (CasePages::Owns(request.path()))
    return cases_.Handle(std::move(request), std::move(request_id), std::move(reply));
  const bool get = request.method == "GET";
  if (request.path() == "/" && get) return reply(HtmlPage(200, RenderLanding()));
  if (auto picture = get ? QrAt(request.path(), public_url_) : std::nullopt) return reply(*std::move(picture));
  auto visit = std::make_shared<Visit>();
  visit->request = std::move(request);
  visit->request_id = std::move(request_id);
  visit->reply = std::move(reply);
  const HttpRequest& q = visit->request;
  visit->language = ChooseLanguage(QueryParameter(q.query(), "lang"), "", q.Header("accept-language"));
  if (!get && !(visit->posts() && q.path() != "/")) {
    HttpResponse r =
        HtmlPage(405, RenderMessage({visit->language, "", visit->Words(visit->texts().bad_request), "", "", "", ""}));
    r.headers.emplace_back("Allow", q.path() == "/" ? "GET, HEAD" : "GET, HEAD, POST");
    return visit->reply(std::move(r));
  }
  if (!ParsePagePath(q.path(), visit->token, visit->unsubscribe))
    return visit->Say(404, visit->texts().unknown, visit->texts().unknown_hint);
  for (auto& context : visit->contexts) {
    context.AddMetadata("hoiam-request-id", visit->request_id);
    context.set_deadline(OnMachine(clock_.Now() + kPageDeadline));
  }
  Open(std::move(visit));
}

void Pages::Open(VisitPtr visit) {
  visit->open.set_token(visit->token);
  survey_->async()->GetRespondentPage(&visit->contexts[0], &visit->open, &visit->page,
                                      [this, visit](grpc::Status s) { Opened(visit, s); });
}

void Pages::Opened(VisitPtr visit, const grpc::Status& status) {
  if (!status.ok()) return visit->Fail(status);
  const HttpRequest& q = visit->request;
  visit->language =
      ChooseLanguage(QueryParameter(q.query(), "lang"), SpokenBy(visit->page), q.Header("accept-language"));
  const Texts& t = visit->texts();
  if (visit->unsubscribe) {
    if (visit->posts()) return Unsubscribe(visit);
    return visit->reply(HtmlPage(
        200, RenderMessage({visit->language, visit->brand(), t.unsubscribe_title, visit->Words(t.unsubscribe_ask), "",
                            visit->Link("/unsubscribe"), t.unsubscribe_button})));
  }
  switch (visit->page.state()) {
    case sv::InvitationState::ANSWERED:
      return visit->Say(410, t.used);
    case sv::InvitationState::EXPIRED:
      return visit->Say(410, t.expired);
    case sv::InvitationState::REVOKED:
      return visit->Say(410, t.revoked);
    default:
      break;
  }
  if (visit->posts()) return Submit(visit);
  const sv::Response& r = visit->page.response();
  auto answers = r.answers();
  Preselect(visit->page, QueryParameter(q.query(), "a"), answers);
  visit->reply(HtmlPage(200, RenderForm({visit->token, visit->language, &visit->page, &answers, r.comment(), "", {}})));
}

void Pages::Submit(VisitPtr visit) {
  const absl::string_view type = visit->request.Header("content-type");
  const auto fields = ParseQuery(visit->request.body);
  if (!absl::StartsWithIgnoreCase(type, "application/x-www-form-urlencoded") || !fields.ok())
    return visit->Say(400, visit->texts().bad_request);
  Violations violations;
  visit->form = ReadForm(visit->page.survey(), *fields, violations);
  if (!violations.empty()) return visit->ShowMistakes(violations);
  visit->form.set_token(visit->token);
  visit->form.set_language(CodeOf(visit->language));
  survey_->async()->SubmitAnswer(&visit->contexts[1], &visit->form, &visit->stored,
                                 [this, visit](grpc::Status s) { Submitted(visit, s); });
}

void Pages::Submitted(VisitPtr visit, const grpc::Status& status) {
  const Texts& t = visit->texts();
  if (status.error_code() == grpc::StatusCode::INVALID_ARGUMENT) {
    Violations violations;
    const auto detail = DetailOf(rpc::FromGrpc(status));
    for (const Violation& v : detail ? detail->violations : std::vector<Violation>())
      violations.Add(v.field, v.reason, v.description);
    if (!violations.empty()) return visit->ShowMistakes(violations);
  }
  if (!status.ok()) return visit->Fail(status);
  if (visit->stored.state() != sv::InvitationState::ANSWERED) {
    HttpResponse r = HtmlPage(303, "");
    r.headers.emplace_back("Location", visit->Link());
    return visit->reply(std::move(r));
  }
  const sv::Response& response = visit->stored.response();
  const std::string contact = WantsContact(response) ? visit->Words(t.will_contact) : "";
  visit->reply(HtmlPage(200, RenderMessage({visit->language, visit->brand(),
                                            visit->Words(ThanksFor(visit->page, response, t)), contact, "", "", ""})));
}

void Pages::Unsubscribe(VisitPtr visit) {
  visit->leave.set_token(visit->token);
  visit->leave.set_one_click(IsOneClick(visit->request.body));
  survey_->async()->UnsubscribeRespondent(&visit->contexts[1], &visit->leave, &visit->left, [visit](grpc::Status s) {
    if (!s.ok()) return visit->Fail(s);
    visit->Say(200, visit->texts().unsubscribed);
  });
}

}  // namespace hoiam::gateway
