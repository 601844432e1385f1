// Templates of webhooks: what is accepted for JSON makes JSON whatever the event holds, and no text of the event comes
// out of its string; every refusal says why.
#include <rapidjson/document.h>

#include <algorithm>

#include "gateway/limits.h"
#include "gateway/webhook/body_template.h"
#include "gateway/webhook/event_types.h"
#include "gateway/webhook/samples.h"
#include "gateway/webhook/webhook_rules.h"
#include "platform/base/text.h"
#include "tests/fuzz/fuzz.h"

namespace hoiam::gateway {
namespace {

bool IsJson(const std::string& body) {
  rapidjson::Document document;
  document.Parse<rapidjson::kParseIterativeFlag>(body.data(), body.size());
  return !document.HasParseError();
}

// An event whose every text wants to get out.
v1::PublicEvent Hostile(const std::string& type) {
  constexpr char kText[] = "\"},{{type}}\\\n\t</script>'&{\"a\":[1";
  v1::PublicEvent e = SampleOf(type, absl::UnixEpoch());
  e.set_id(kText);
  v1::EventData& data = *e.mutable_data();
  data.set_customer_id(kText);
  if (data.has_text()) data.set_text(kText);
  if (data.has_response()) data.mutable_response()->set_comment(kText);
  if (data.has_case_()) {
    data.mutable_case_()->set_owner(kText);
    data.mutable_case_()->mutable_answers(0)->set_comment(kText);
    data.mutable_case_()->mutable_answers(0)->add_reasons(kText);
    data.mutable_case_()->mutable_history(0)->set_note(kText);
  }
  return e;
}

}  // namespace
}  // namespace hoiam::gateway

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace hoiam;           // NOLINT
  using namespace hoiam::gateway;  // NOLINT
  fuzz::Input input(data, size);
  const std::string type = kEventTypes[input.Byte() % kEventTypes.size()];
  const std::string content_type(input.Line());
  const std::string text(input.rest());

  Violations v;
  CheckContent({type, text, content_type, ""}, v);
  if (!v.empty()) {
    fuzz::CheckRefusal(v);
    return 0;
  }
  FUZZ_CHECK(content_type.size() <= kMaxContentType && content_type.find('\r') == std::string::npos);
  Violations again;
  const Escape escape = EscapeOf(content_type);
  const BodyTemplate t = BodyTemplate::Parse(text, escape, "bodyTemplate", again);
  FUZZ_CHECK(again.empty());
  for (const v1::PublicEvent& event : {v1::PublicEvent(), SampleOf(type, absl::UnixEpoch()), Hostile(type)}) {
    const auto body = t.Render(event);
    if (!body.ok()) {
      FUZZ_CHECK(absl::IsResourceExhausted(body.status()));
      continue;
    }
    FUZZ_CHECK(body->size() <= kMaxRenderedBody + kMaxBodyTemplate && IsUtf8(*body));
    if (escape == Escape::kJson && !text.empty()) FUZZ_CHECK(IsJson(*body));
  }
  return 0;
}
