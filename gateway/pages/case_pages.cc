#include "gateway/pages/case_pages.h"

#include <grpcpp/client_context.h>

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "gateway/limits.h"
#include "gateway/pages/case_texts.h"
#include "gateway/pages/case_view.h"
#include "gateway/pages/html.h"
#include "gateway/pages/view.h"
#include "gateway/route/path.h"
#include "platform/base/crypto.h"
#include "platform/base/process_time.h"
#include "platform/base/status.h"
#include "platform/base/text.h"
#include "platform/observe/log.h"
#include "platform/rpc/status_wire.h"

namespace hoiam::gateway {
namespace {

namespace lv = hoiam::loop::v1;

constexpr absl::string_view kBegin = "/c/";
constexpr size_t kMaxToken = 128;
constexpr size_t kFormIdBytes = 12;

// Tokens are base64url.
bool ParseCasePath(absl::string_view path, std::string& token) {
  absl::ConsumePrefix(&path, kBegin);
  token = std::string(path);
  return !path.empty() && path.size() <= kMaxToken &&
         std::all_of(path.begin(), path.end(), [](char c) { return absl::ascii_isalnum(c) || c == '-' || c == '_'; });
}

}  // namespace

// One request of a browser on its way.
struct CasePages::Visit {
  HttpRequest request;
  std::string request_id;
  HttpReply reply;
  std::string token;
  Language language = Language::kVi;
  absl::TimeZone zone;
  grpc::ClientContext contexts[2];
  lv::GetCaseStatusRequest open;
  lv::WriteCaseStatusRequest words;
  lv::ConfirmCaseStatusRequest word;
  lv::CaseStatusPage page;
  std::string text;    // what was sent
  std::string notice;  // what is wrong with it

  const CaseTexts& texts() const { return CaseTextsIn(language); }

  void Say(int status, const char* title, const char* hint = "") const {
    reply(HtmlPage(status, RenderMessage({language, "", title, "", hint, "", ""})));
  }
  // What a failure of loop_service means for a person.
  void Fail(const grpc::Status& status) const {
    if (ReasonOf(rpc::FromGrpc(status)) == "LINK_UNKNOWN") return Say(404, texts().unknown, texts().unknown_hint);
    observe::Warn("page.failed", {{"request_id", request_id}, {"error", status.error_message()}});
    Say(503, texts().busy);
  }
  void GoBack(bool thanks) const {
    HttpResponse r = HtmlPage(303, "");
    r.headers.emplace_back("Location",
                           absl::StrCat(kBegin, token, "?lang=", CodeOf(language), thanks ? "&sent=1" : ""));
    reply(std::move(r));
  }
};

CasePages::CasePages(std::shared_ptr<grpc::ChannelInterface> loop, const Clock& clock, absl::TimeZone zone)
    : loop_(lv::CaseStatusService::NewStub(loop)), clock_(clock), zone_(zone) {}

bool CasePages::Owns(absl::string_view path) { return absl::StartsWith(path, kBegin); }

void CasePages::Handle(HttpRequest request, std::string request_id, HttpReply reply) {
  auto visit = std::make_shared<Visit>();
  visit->request = std::move(request);
  visit->request_id = std::move(request_id);
  visit->reply = std::move(reply);
  visit->zone = zone_;
  const HttpRequest& q = visit->request;
  visit->language = ChooseLanguage(QueryParameter(q.query(), "lang"), "", q.Header("accept-language"));
  const bool posts = q.method == "POST";
  if (q.method != "GET" && !posts) {
    HttpResponse r =
        HtmlPage(405, RenderMessage({visit->language, "", TextsIn(visit->language).bad_request, "", "", "", ""}));
    r.headers.emplace_back("Allow", "GET, HEAD, POST");
    return visit->reply(std::move(r));
  }
  if (!ParseCasePath(q.path(), visit->token))
    return visit->Say(404, visit->texts().unknown, visit->texts().unknown_hint);
  for (auto& context : visit->contexts) {
    context.AddMetadata("hoiam-request-id", visit->request_id);
    context.set_deadline(OnMachine(clock_.Now() + kPageDeadline));
  }
  if (posts) return Post(std::move(visit));
  Show(std::move(visit));
}

void CasePages::Show(VisitPtr visit) {
  visit->open.set_token(visit->token);
  loop_->async()->GetCaseStatus(&visit->contexts[0], &visit->open, &visit->page, [visit](grpc::Status s) {
    if (!s.ok()) return visit->Fail(s);
    CaseView view{visit->token, visit->language, &visit->page, visit->zone, Hex(RandomBytes(kFormIdBytes)),
                  visit->text,  visit->notice};
    view.thanks = visit->notice.empty() && QueryParameter(visit->request.query(), "sent") == "1";
    visit->reply(HtmlPage(visit->notice.empty() ? 200 : 400, RenderCase(view)));
  });
}

void CasePages::Post(VisitPtr visit) {
  const auto fields = ParseQuery(visit->request.body);
  if (!absl::StartsWithIgnoreCase(visit->request.Header("content-type"), "application/x-www-form-urlencoded") ||
      !fields.ok())
    return visit->Say(400, TextsIn(visit->language).bad_request);
  std::string form, what;
  for (const auto& [name, value] : *fields) {
    if (name == kCaseFormId) form = value;
    if (name == kCaseDo) what = value;
    // Browsers send line breaks as CRLF.
    if (name == kCaseText)
      visit->text = std::string(absl::StripAsciiWhitespace(absl::StrReplaceAll(value, {{"\r\n", "\n"}})));
  }
  const auto done = [this, visit](grpc::Status s) { Posted(visit, s); };
  if (what == kCaseYes || what == kCaseNo) {
    visit->word.set_token(visit->token);
    visit->word.set_settled(what == kCaseYes);
    visit->word.set_text(visit->text);
    return loop_->async()->ConfirmCaseStatus(&visit->contexts[1], &visit->word, &visit->page, done);
  }
  if (visit->text.empty()) {
    visit->notice = visit->texts().empty;
    return Show(std::move(visit));
  }
  // The same words from the same form are one message, however often the button is pressed.
  visit->words.set_token(visit->token);
  visit->words.set_message_id(absl::StrCat("page-", Hex(Sha256(absl::StrCat(form, "\n", visit->text))).substr(0, 32)));
  visit->words.set_text(visit->text);
  loop_->async()->WriteCaseStatus(&visit->contexts[1], &visit->words, &visit->page, done);
}

void CasePages::Posted(VisitPtr visit, const grpc::Status& status) {
  if (status.ok()) return visit->GoBack(/*thanks=*/true);
  if (status.error_code() == grpc::StatusCode::INVALID_ARGUMENT) {
    visit->notice = visit->texts().too_long;
    if (!IsUtf8(visit->text)) visit->text.clear();
    return Show(std::move(visit));
  }
  // It was said before, or the case has moved on since: the page says how it stands.
  if (ReasonOf(rpc::FromGrpc(status)) == "CASE_TRANSITION_REFUSED") return visit->GoBack(/*thanks=*/false);
  visit->Fail(status);
}

}  // namespace hoiam::gateway
