#include "gateway/pages/templates.h"

namespace hoiam::gateway {

const char kStyle[] = R"css(
:root{--ink:#1c2430;--soft:#5b6675;--line:#d5dbe3;--card:#fff;--back:#f3f5f8;--main:#0b6e5b;--on:#fff;--bad:#b3261e}
@media(prefers-color-scheme:dark){:root{--ink:#e8ecf1;--soft:#a3adba;--line:#3a4452;--card:#1b222c;--back:#11161d;--main:#4fc3a6;--on:#06251e;--bad:#ff9d94}}
*{box-sizing:border-box}
body{margin:0;background:var(--back);color:var(--ink);font:1.0625rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
main{max-width:40rem;margin:0 auto;padding:1rem}
.card{background:var(--card);border:1px solid var(--line);border-radius:1rem;padding:1.25rem}
.brand{margin:.5rem .25rem 1rem;font-weight:700;color:var(--main)}
h1{font-size:1.375rem;line-height:1.3;margin:0 0 .5rem}
p{margin:.5rem 0}
.soft{color:var(--soft)}
fieldset,.q{border:0;margin:0 0 1.75rem;padding:0;min-width:0}
legend,.q>label{display:block;padding:0;margin-bottom:.75rem;font-weight:600}
.must{color:var(--bad)}
.scale{display:grid;gap:.375rem;grid-template-columns:repeat(6,1fr)}
.p5{grid-template-columns:repeat(5,1fr)}
.p7{grid-template-columns:repeat(7,1fr)}
.p10{grid-template-columns:repeat(10,1fr);gap:.125rem}
.p10 span{padding:.5rem 0}
.compact{margin-bottom:1rem}
.compact legend{margin-bottom:.375rem;font-weight:500}
.sub{font-size:.875rem;color:var(--soft);margin:.5rem 0 .25rem}
@media(max-width:24rem){main{padding:.5rem}.card{padding:1rem .75rem}.p10 span{font-size:.9375rem}}
@media(min-width:34rem){.p11{grid-template-columns:repeat(11,1fr)}}
.scale label,.choice{position:relative;display:block}
input[type=radio],input[type=checkbox]{position:absolute;opacity:0;width:100%;height:100%;left:0;top:0;margin:0;cursor:pointer}
.scale span,.choice span{display:block;border:1px solid var(--line);border-radius:.625rem;text-align:center;padding:.625rem .125rem;min-height:2.75rem}
.scale i{display:block;font-style:normal;font-size:1.5rem;line-height:1.2}
.p5 span{font-size:.75rem;line-height:1.25;overflow-wrap:anywhere;height:100%}
.choice{margin-bottom:.5rem}
.q>.choice{font-weight:400;margin:.5rem 0}
.choice span{text-align:left;padding:.625rem .875rem}
input:checked+span{background:var(--main);border-color:var(--main);color:var(--on);font-weight:600}
input:focus-visible+span,textarea:focus-visible,input[type=tel]:focus-visible,button:focus-visible,a:focus-visible{outline:3px solid var(--main);outline-offset:2px}
.ends{display:flex;justify-content:space-between;gap:1rem;font-size:.875rem;color:var(--soft);margin-top:.375rem}
.ends span:last-child{text-align:right}
textarea,input[type=tel]{width:100%;font:inherit;color:inherit;background:transparent;border:1px solid var(--line);border-radius:.625rem;padding:.625rem}
button{font:inherit;font-weight:600;width:100%;padding:.875rem;border:0;border-radius:.75rem;background:var(--main);color:var(--on);cursor:pointer}
.error{color:var(--bad);font-weight:600;margin:.5rem 0 0}
.notice{border:1px solid var(--bad);border-radius:.625rem;padding:.75rem;margin:0 0 1.25rem}
h2{font-size:1.0625rem;margin:1.25rem .25rem .5rem}
blockquote{margin:.5rem 0;padding:.25rem .875rem;border-left:3px solid var(--main);white-space:pre-line;overflow-wrap:anywhere}
.pair{display:flex;gap:.5rem;margin:.75rem 0 1.5rem}
.plain{background:transparent;color:var(--main);border:1px solid var(--main)}
.steps{padding-left:1.25rem}
.steps li{margin:.5rem 0}
footer{display:flex;flex-wrap:wrap;gap:.5rem 1.5rem;justify-content:space-between;padding:1rem .25rem;font-size:.875rem}
a{color:var(--soft)}
code{font-family:ui-monospace,Menlo,Consolas,monospace}
)css";

const char kLayoutTemplate[] = R"html(<!doctype html>
<html lang="{{language}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>{{title}}</title>
<style>{{{style}}}</style>
</head>
<body>
<main>
{{#has_brand}}<p class="brand">{{brand}}</p>{{/has_brand}}
{{{content}}}
</main>
</body>
</html>
)html";

const char kFormTemplate[] = R"html(<form class="card" method="post" action="/s/{{token}}?lang={{language}}" novalidate>
{{#has_notice}}<p class="notice" role="alert">{{notice}}</p>{{/has_notice}}
<input type="hidden" name="_shown" value="{{shown}}">
{{#questions}}
{{#is_scale}}
<fieldset{{#compact}} class="compact"{{/compact}}{{#has_error}} aria-describedby="{{id}}-error"{{/has_error}}>
<legend>{{text}}{{#must}} <span class="must" title="{{must_word}}">*</span>{{/must}}</legend>
{{#scales}}
{{#has_title}}<p class="sub" id="{{name}}-title">{{title}}</p>{{/has_title}}
<div class="scale p{{count}}"{{#has_title}} role="group" aria-labelledby="{{name}}-title"{{/has_title}}>
{{#points}}<label><input type="radio" name="{{name}}" value="{{value}}"{{#checked}} checked{{/checked}}><span>{{#face}}<i aria-hidden="true">{{face}}</i>{{/face}}{{label}}</span></label>
{{/points}}
</div>
{{/scales}}
{{#has_ends}}<div class="ends"><span>{{low_label}}</span><span>{{high_label}}</span></div>{{/has_ends}}
{{#has_error}}<p class="error" id="{{id}}-error">{{error}}</p>{{/has_error}}
</fieldset>
{{/is_scale}}
{{#is_choice}}
<fieldset{{#has_error}} aria-describedby="{{id}}-error"{{/has_error}}>
<legend>{{text}}{{#must}} <span class="must" title="{{must_word}}">*</span>{{/must}}</legend>
{{#has_hint}}<p class="sub">{{hint}}</p>{{/has_hint}}
{{#options}}<label class="choice"><input type="{{input}}" name="{{id}}" value="{{value}}"{{#checked}} checked{{/checked}}><span>{{label}}</span></label>
{{/options}}
{{#has_error}}<p class="error" id="{{id}}-error">{{error}}</p>{{/has_error}}
</fieldset>
{{/is_choice}}
{{#is_text}}
<div class="q">
<label for="{{id}}">{{text}}{{#must}} <span class="must" title="{{must_word}}">*</span>{{/must}}</label>
<textarea id="{{id}}" name="{{id}}" rows="3" maxlength="4000"{{#has_error}} aria-describedby="{{id}}-error"{{/has_error}}>
{{value}}</textarea>
{{#is_ideal}}<label class="choice"><input type="checkbox" name="{{nothing_field}}" value="1"{{#nothing_checked}} checked{{/nothing_checked}}><span>{{nothing_missing}}</span></label>{{/is_ideal}}
{{#has_error}}<p class="error" id="{{id}}-error">{{error}}</p>{{/has_error}}
</div>
{{/is_text}}
{{/questions}}
{{#anonymous}}
<div class="q">
<label for="_phone">{{phone_text}}</label>
<input type="tel" id="_phone" name="_phone" maxlength="32" autocomplete="tel" value="{{phone}}"{{#has_phone_error}} aria-describedby="_phone-error"{{/has_phone_error}}>
{{#has_phone_error}}<p class="error" id="_phone-error">{{phone_error}}</p>{{/has_phone_error}}
</div>
{{/anonymous}}
<button type="submit"{{#last}} name="finish" value="1"{{/last}}>{{button}}</button>
</form>
<footer><a href="/s/{{token}}?lang={{other_code}}" hreflang="{{other_code}}" lang="{{other_code}}">{{other_language}}</a><a href="/s/{{token}}/unsubscribe?lang={{language}}">{{unsubscribe}}</a></footer>
)html";

const char kMessageTemplate[] = R"html(<div class="card">
<h1>{{title}}</h1>
{{#has_text}}<p>{{text}}</p>{{/has_text}}
{{#has_hint}}<p class="soft">{{hint}}</p>{{/has_hint}}
{{#has_action}}<form method="post" action="{{action}}"><button type="submit">{{button}}</button></form>{{/has_action}}
</div>
)html";

const char kLandingTemplate[] = R"html(<div class="card">
<h1>Hoiam · hồi âm</h1>
<p>This server measures customer satisfaction and closes the loop on it. Programs talk to it by REST under <code>/v1</code> and by
gRPC; respondents answer behind the links they were sent.</p>
<p lang="vi">Máy chủ này đo sự hài lòng của khách hàng và khép kín vòng phản hồi.</p>
<p><a href="/readyz?verbose">Is it ready?</a></p>
<p class="soft">To begin, follow the walk in the project's README: it goes from the first interaction to a closed case.</p>
</div>
)html";

}  // namespace hoiam::gateway
