// What a webhook sends in place of the standard body: text with placeholders. Values in, values out.
//
//   {"text": "{{data.case.priority}} {{data.case.answers.0.comment | truncate 200}}"}
//
// A placeholder names a value of the event by its JSON path (of PublicEvent: id, type, timestamp, data); a member of a
// list by its index, or by `last`. What is not there is empty. A list or an object is its JSON text. After bars come
// filters, in order:
//
//   default 'TEXT'   what stands there when the value is empty; allows a field that an event type lacks
//   truncate N       at most N characters, the last of them … when something was cut off
//   html             escapes & < > " '
//   json text form   how it is written, last and once: escaped for a JSON string, as it is, percent-encoded for a form.
//                    When none is said the content type decides: JSON json, application/x-www-form-urlencoded form,
//                    HTML and XML html, others text.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "hoiam/gateway/v1/webhook_service.pb.h"
#include "platform/base/status.h"

namespace hoiam::gateway {

// How a value is written.
enum class Escape { kText, kJson, kForm, kHtml };

// Adds a violation of `field`, INVALID_CONTENT_TYPE, unless it is "type/subtype" with at most charset=utf-8 behind it.
// "" is fine.
void CheckContentType(absl::string_view content_type, absl::string_view field, Violations& v);
// What placeholders do when they do not say. "" is application/json.
Escape EscapeOf(absl::string_view content_type);

class BodyTemplate {
 public:
  // Violations of `field`, each with metadata `position` (in bytes from 0). TOO_LONG, INVALID_UTF8, CONTROL_CHARACTER,
  // TOO_MANY_PLACEHOLDERS, TEMPLATE_UNBALANCED ({{ without }}), TEMPLATE_UNKNOWN_FIELD, TEMPLATE_UNKNOWN_FILTER,
  // TEMPLATE_UNESCAPED (into JSON as it is what is neither number, bool, list nor object, or was changed). Holds
  // nothing of use when there are any.
  static BodyTemplate Parse(absl::string_view text, Escape escape, absl::string_view field, Violations& v);

  // RESOURCE_EXHAUSTED when it becomes longer than kMaxRenderedBody.
  absl::StatusOr<std::string> Render(const v1::PublicEvent& event) const;

  // What it makes when nothing that it names is there, and when all is and every text wants to break out of its place.
  // When both are JSON, so is what it makes of any event.
  std::string RenderNothing() const;
  std::string RenderHostile() const;

  // A field of EventData that a placeholder names, in JSON's spelling.
  struct Use {
    std::string data_field;
    size_t position = 0;
    bool has_default = false;
  };
  std::vector<Use> Uses() const;

 private:
  friend class TemplateParser;
  struct Step {
    enum class Kind { kDefault, kTruncate, kHtml } kind;
    std::string text;   // kDefault
    size_t length = 0;  // kTruncate
  };
  struct Placeholder {
    size_t position = 0;
    std::vector<std::string> path;
    std::vector<Step> steps;
    Escape escape = Escape::kText;
    bool bare_json = false;  // a value of its own in JSON: null when it is not there
    std::string hostile;     // of RenderHostile
  };
  static void Append(const Placeholder& p, std::string value, std::string& out);

  std::vector<std::string> texts_;  // one more than placeholders: around them
  std::vector<Placeholder> placeholders_;
};

}  // namespace hoiam::gateway
