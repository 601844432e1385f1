#include "gateway/pages/case_view.h"

#include <kainjow/mustache.hpp>

#include "absl/strings/str_replace.h"
#include "gateway/pages/case_texts.h"
#include "gateway/pages/view.h"

namespace hoiam::gateway {
namespace {

using Data = kainjow::mustache::data;
using hoiam::loop::v1::CaseStatusPage;

constexpr char kCaseTemplate[] = R"html(<div class="card">
{{#has_thanks}}<p class="notice" role="status">{{thanks}}</p>{{/has_thanks}}
{{#has_notice}}<p class="notice" role="alert">{{notice}}</p>{{/has_notice}}
<h1>{{title}}</h1>
<p class="soft">{{state}}</p>
<p>{{you_said}}</p>
{{#has_said}}<blockquote>{{said}}</blockquote>{{/has_said}}
{{#has_done}}<h2>{{we_did}}</h2>
<blockquote>{{done}}</blockquote>{{/has_done}}
{{#has_promise}}<p>{{promise}}</p>{{/has_promise}}
<form method="post" action="/c/{{token}}?lang={{language}}">
<input type="hidden" name="form" value="{{form_id}}">
{{#has_proposal}}<h2>{{proposal_title}}</h2>
<blockquote>{{proposal}}</blockquote>{{/has_proposal}}
{{#has_question}}<p><strong>{{question}}</strong></p>
<div class="pair"><button type="submit" name="do" value="yes">{{yes}}</button><button class="plain" type="submit" name="do" value="no">{{no}}</button></div>{{/has_question}}
{{#can_write}}<div class="q">
<label for="text">{{write}}</label>
<textarea id="text" name="text" rows="4" maxlength="4000">
{{text}}</textarea>
</div>
<button class="plain" type="submit" name="do" value="send">{{send}}</button>{{/can_write}}
</form>
{{#has_over}}<p class="soft">{{over}}</p>{{/has_over}}
</div>
<h2>{{steps_title}}</h2>
<ol class="steps">
{{#steps}}<li><span class="soft">{{time}}</span> {{what}}{{#has_text}}<blockquote>{{text}}</blockquote>{{/has_text}}</li>
{{/steps}}
</ol>
<footer><a href="/c/{{token}}?lang={{other_code}}" hreflang="{{other_code}}" lang="{{other_code}}">{{other_language}}</a></footer>
)html";

// Sections look outwards for names that are missing, so every name is set, here or with its flag.
void Set(Data& d, const std::string& name, const std::string& value) {
  d.set(name, value);
  d.set("has_" + name, !value.empty());
}

absl::Time TimeOf(const google::protobuf::Timestamp& t) {
  return absl::FromUnixSeconds(t.seconds()) + absl::Nanoseconds(t.nanos());
}

std::string DayOf(const google::protobuf::Timestamp& t, absl::TimeZone zone) {
  return absl::FormatTime("%d/%m/%Y", TimeOf(t), zone);
}

std::string TimeAndDayOf(const google::protobuf::Timestamp& t, absl::TimeZone zone) {
  return absl::FormatTime("%H:%M, %d/%m/%Y", TimeOf(t), zone);
}

std::string PromiseOf(const CaseStatusPage& page, const CaseTexts& t, absl::TimeZone zone) {
  if (!page.can_write() || !page.done().empty()) return "";
  if (!page.has_contact_by()) return t.working;
  return absl::StrReplaceAll(page.team().empty() ? t.will_contact_no_one : t.will_contact,
                             {{"{team}", page.team()}, {"{time}", TimeAndDayOf(page.contact_by(), zone)}});
}

Data StepsOf(const CaseView& view) {
  Data steps(Data::type::list);
  for (const CaseStatusPage::Step& s : view.page->steps()) {
    const std::string what = StepText(s.what(), view.language);
    if (what.empty()) continue;
    Data d;
    d.set("time", TimeAndDayOf(s.time(), view.zone));
    d.set("what", what);
    Set(d, "text", s.text());
    steps << d;
  }
  return steps;
}

}  // namespace

std::string RenderCase(const CaseView& view) {
  const CaseTexts& t = CaseTextsIn(view.language);
  const CaseStatusPage& page = *view.page;
  const Language other = view.language == Language::kVi ? Language::kEn : Language::kVi;
  const int state = static_cast<int>(page.state());
  Data d;
  d.set("token", view.token);
  d.set("language", CodeOf(view.language));
  d.set("title", t.title);
  d.set("state", state >= 1 && state <= 9 ? t.states[state - 1] : "");
  Set(d, "thanks", view.thanks ? t.thanks : "");
  Set(d, "notice", view.notice);
  d.set("you_said", absl::StrReplaceAll(page.said().empty() ? t.you_told_us : t.you_said,
                                        {{"{day}", DayOf(page.said_time(), view.zone)}}));
  Set(d, "said", page.said());
  d.set("we_did", t.we_did);
  Set(d, "done", page.done());
  Set(d, "promise", PromiseOf(page, t, view.zone));
  d.set("form_id", view.form_id);
  d.set("proposal_title", t.proposal);
  Set(d, "proposal", page.proposal());
  const bool proposed = !page.proposal().empty();
  Set(d, "question", proposed ? t.ask_proposal : page.can_confirm() ? t.ask_settled : "");
  d.set("yes", proposed ? t.accept : t.settled);
  d.set("no", proposed ? t.decline : t.unsettled);
  d.set("can_write", page.can_write());
  d.set("write", t.write);
  Set(d, "text", view.text);
  d.set("send", t.send);
  Set(d, "over", page.can_write() ? "" : t.over);
  d.set("steps_title", t.steps);
  d.set("steps", StepsOf(view));
  d.set("other_code", CodeOf(other));
  d.set("other_language", TextsIn(view.language).other_language);
  return RenderLayout(view.language, t.title, page.brand(), kainjow::mustache::mustache(kCaseTemplate).render(d));
}

}  // namespace hoiam::gateway
