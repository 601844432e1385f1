#include "gateway/webhook/body_template.h"

#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "gateway/limits.h"
#include "platform/base/text.h"
#include "platform/json/fields.h"
#include "platform/json/writer.h"

namespace hoiam::gateway {
namespace {

using rapidjson::Value;

constexpr char kLast[] = "last";

bool IsToken(absl::string_view s) {
  constexpr absl::string_view kMarks = "!#$&^_.+-";
  return !s.empty() && std::all_of(s.begin(), s.end(), [&](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) || absl::StrContains(kMarks, c);
  });
}

absl::string_view MediaType(absl::string_view content_type) {
  return absl::StripAsciiWhitespace(content_type.substr(0, content_type.find(';')));
}

// At most `n` characters, with … in place of the last when there are more.
std::string Truncated(absl::string_view text, size_t n) {
  size_t characters = 0, end = text.size();
  for (size_t i = 0; i < text.size(); ++i) {
    if ((text[i] & 0xC0) == 0x80) continue;
    if (++characters == n) end = i;
  }
  return characters > n ? absl::StrCat(text.substr(0, end), "…") : std::string(text);
}

std::string Html(absl::string_view text) {
  return absl::StrReplaceAll(text, {{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}, {"'", "&#39;"}});
}

std::string Escaped(std::string text, Escape escape) {
  switch (escape) {
    case Escape::kText:
      return text;
    case Escape::kJson: {
      std::string quoted;
      json::AppendString(text, quoted);
      return quoted.substr(1, quoted.size() - 2);
    }
    case Escape::kForm:
      return PercentEncode(text);
    case Escape::kHtml:
      return Html(text);
  }
  return text;
}

const Value* FindIn(const Value& root, const std::vector<std::string>& path) {
  const Value* at = &root;
  for (const std::string& token : path) {
    if (at->IsObject()) {
      const auto it = at->FindMember(Value(token.data(), static_cast<rapidjson::SizeType>(token.size())));
      if (it == at->MemberEnd()) return nullptr;
      at = &it->value;
    } else if (at->IsArray() && !at->Empty()) {
      uint32_t index = at->Size() - 1;
      if (token != kLast && !absl::SimpleAtoi(token, &index)) return nullptr;
      if (index >= at->Size()) return nullptr;
      at = &(*at)[index];
    } else {
      return nullptr;
    }
  }
  return at->IsNull() ? nullptr : at;
}

std::string TextOf(const Value& value) {
  if (value.IsString()) return {value.GetString(), value.GetStringLength()};
  rapidjson::StringBuffer out;
  rapidjson::Writer<rapidjson::StringBuffer> writer(out);
  value.Accept(writer);
  return {out.GetString(), out.GetSize()};
}

// What lies at the end of a path.
struct Leaf {
  std::string wrong;     // what is wrong with the path; "" nothing
  bool is_text = false;  // neither number, bool, list nor object, or not known
  bool whole = false;    // a list or an object
};

Leaf Follow(const std::vector<std::string>& path) {
  const json::MessageInfo* message = &json::InfoOf(v1::PublicEvent::descriptor());
  const json::FieldInfo* field = nullptr;
  bool in_list = false, in_map = false;
  for (const std::string& token : path) {
    if (in_list) {
      uint32_t index;
      if (token != kLast && !absl::SimpleAtoi(token, &index))
        return {absl::StrCat("'", field->name, "' is a list: say which by its index from 0, or 'last'")};
      in_list = false;
      continue;
    }
    if (in_map) {  // any key; what lies there is the map's second field
      field = &field->message->fields[1];
      in_map = false;
      message = field->kind == json::Kind::kMessage ? field->message : nullptr;
      continue;
    }
    if (field && (field->kind == json::Kind::kStruct || field->kind == json::Kind::kValue ||
                  field->kind == json::Kind::kListValue))
      return {"", true};
    if (!message) return {absl::StrCat("'", field->name, "' has no parts")};
    const json::FieldInfo* next = message->Find(token);
    if (!next) return {absl::StrCat("an event has no '", token, "' in ", message->descriptor->name())};
    field = next;
    in_list = next->repeated;
    in_map = next->map;
    message = !in_map && next->kind == json::Kind::kMessage ? next->message : nullptr;
  }
  if (in_list || in_map || message) return {"", false, true};
  switch (field->kind) {
    case json::Kind::kBool:
    case json::Kind::kInt32:
    case json::Kind::kUint32:
    case json::Kind::kInt64:
    case json::Kind::kUint64:
    case json::Kind::kDouble:
    case json::Kind::kFloat:
      return {};
    case json::Kind::kStruct:
    case json::Kind::kListValue:
      return {"", false, true};
    default:
      return {"", true};
  }
}

}  // namespace

void CheckContentType(absl::string_view content_type, absl::string_view field, Violations& v) {
  if (content_type.empty()) return;
  const std::vector<absl::string_view> parts = absl::StrSplit(content_type, ';');
  const std::vector<absl::string_view> type = absl::StrSplit(MediaType(content_type), '/');
  const bool one_line = std::all_of(content_type.begin(), content_type.end(),
                                    [](char c) { return absl::ascii_isprint(static_cast<unsigned char>(c)); });
  bool fine =
      one_line && content_type.size() <= kMaxContentType && type.size() == 2 && IsToken(type[0]) && IsToken(type[1]);
  if (parts.size() == 2) fine &= absl::EqualsIgnoreCase(absl::StripAsciiWhitespace(parts[1]), "charset=utf-8");
  if (!fine || parts.size() > 2)
    v.Add(field, "INVALID_CONTENT_TYPE", "must be type/subtype, with charset=utf-8 behind it or nothing");
}

Escape EscapeOf(absl::string_view content_type) {
  const std::string type = absl::AsciiStrToLower(MediaType(content_type));
  if (type.empty() || absl::EndsWith(type, "/json") || absl::EndsWith(type, "+json")) return Escape::kJson;
  if (type == "application/x-www-form-urlencoded") return Escape::kForm;
  if (absl::EndsWith(type, "/html") || absl::EndsWith(type, "/xml") || absl::EndsWith(type, "+xml"))
    return Escape::kHtml;
  return Escape::kText;
}

class TemplateParser {
 public:
  TemplateParser(absl::string_view text, Escape escape, absl::string_view field, Violations& v)
      : text_(text), escape_(escape), field_(field), v_(v) {}

  BodyTemplate Parse() {
    size_t at = 0;
    while (true) {
      const size_t open = text_.find("{{", at);
      t_.texts_.emplace_back(text_.substr(at, open - std::min(at, open)));
      if (open == absl::string_view::npos) return std::move(t_);
      const size_t close = CloseOf(open + 2);
      const size_t again = text_.find("{{", open + 2);
      if (close == absl::string_view::npos || again < close) {
        Wrong("TEMPLATE_UNBALANCED", open, "{{ has no }} of its own");
        return std::move(t_);
      }
      if (t_.placeholders_.size() == kMaxPlaceholders) {
        Wrong("TOO_MANY_PLACEHOLDERS", open, absl::StrCat("may hold ", kMaxPlaceholders, " placeholders"));
        return std::move(t_);
      }
      t_.placeholders_.emplace_back().position = open;
      Read(text_.substr(open + 2, close - open - 2), t_.placeholders_.back());
      at = close + 2;
    }
  }

 private:
  void Wrong(absl::string_view reason, size_t position, absl::string_view what) {
    v_.Add(field_, reason, absl::StrCat(what, " (at byte ", position, ")"), {{"position", absl::StrCat(position)}});
  }

  // The }} outside of quotes.
  size_t CloseOf(size_t at) const {
    char quote = 0;
    for (; at + 1 < text_.size(); ++at) {
      if (quote)
        quote = text_[at] == quote ? 0 : quote;
      else if (text_[at] == '\'')
        quote = text_[at];
      else if (text_[at] == '}' && text_[at + 1] == '}')
        return at;
    }
    return absl::string_view::npos;
  }

  // By bars outside of quotes.
  static std::vector<absl::string_view> Parts(absl::string_view inner) {
    std::vector<absl::string_view> parts;
    bool quoted = false;
    size_t begin = 0;
    for (size_t i = 0; i <= inner.size(); ++i) {
      if (i < inner.size() && inner[i] == '\'') quoted = !quoted;
      if (i < inner.size() && (quoted || inner[i] != '|')) continue;
      parts.push_back(absl::StripAsciiWhitespace(inner.substr(begin, i - begin)));
      begin = i + 1;
    }
    return parts;
  }

  void Read(absl::string_view inner, BodyTemplate::Placeholder& p) {
    const std::vector<absl::string_view> parts = Parts(inner);
    p.path = absl::StrSplit(parts[0], '.');
    const Leaf leaf = Follow(p.path);
    if (!leaf.wrong.empty()) Wrong("TEMPLATE_UNKNOWN_FIELD", p.position, leaf.wrong);
    p.escape = escape_;
    bool said = false;
    for (size_t i = 1; i < parts.size(); ++i) {
      if (said || !ReadFilter(parts[i], p, said)) {
        Wrong("TEMPLATE_UNKNOWN_FILTER", p.position,
              absl::StrCat("'", parts[i],
                           "' is none of: default 'TEXT', truncate N, html, and last of all json, text or form"));
        return;
      }
    }
    p.bare_json = said && escape_ == Escape::kJson && p.escape == Escape::kText;
    const bool changed = std::any_of(p.steps.begin(), p.steps.end(),
                                     [](const auto& s) { return s.kind != BodyTemplate::Step::Kind::kDefault; });
    p.hostile = !p.bare_json ? "x\"\\<" : leaf.whole ? "{}" : "-1.5";
    if (p.bare_json && (leaf.is_text || changed))
      Wrong("TEMPLATE_UNESCAPED", p.position, "text cannot go into JSON as it is: leave out '| text'");
  }

  // Whether it is one, in its place.
  bool ReadFilter(absl::string_view said_filter, BodyTemplate::Placeholder& p, bool& said) {
    using Kind = BodyTemplate::Step::Kind;
    const std::vector<absl::string_view> words = absl::StrSplit(said_filter, absl::MaxSplits(' ', 1));
    const absl::string_view name = words[0];
    const absl::string_view rest = words.size() > 1 ? absl::StripAsciiWhitespace(words[1]) : "";
    const bool html = !p.steps.empty() && p.steps.back().kind == Kind::kHtml;
    if (name == "default" && rest.size() >= 2 && rest.front() == '\'' && rest.find('\'', 1) == rest.size() - 1) {
      p.steps.push_back({Kind::kDefault, std::string(rest.substr(1, rest.size() - 2))});
      return !html;
    }
    if (name == "truncate") {
      uint32_t n = 0;
      const bool fine = absl::SimpleAtoi(rest, &n) && n > 0 && n <= kMaxBodyTemplate;
      p.steps.push_back({Kind::kTruncate, "", n});
      return fine && !html;  // cut afterwards, an escape could lose its end
    }
    if (!rest.empty()) return false;
    if (name == "html") {
      p.steps.push_back({Kind::kHtml});
      return !html && escape_ != Escape::kHtml;
    }
    said = true;
    if (name == "json")
      p.escape = Escape::kJson;
    else if (name == "text")
      p.escape = Escape::kText;
    else if (name == "form")
      p.escape = Escape::kForm;
    else
      return false;
    return true;
  }

  const absl::string_view text_;
  const Escape escape_;
  const absl::string_view field_;
  Violations& v_;
  BodyTemplate t_;
};

BodyTemplate BodyTemplate::Parse(absl::string_view text, Escape escape, absl::string_view field, Violations& v) {
  if (text.size() > kMaxBodyTemplate)
    v.Add(field, "TOO_LONG", absl::StrCat("may have ", kMaxBodyTemplate, " bytes"));
  else if (!IsUtf8(text))
    v.Add(field, "INVALID_UTF8", "must be UTF-8");
  else if (HasControl(text, true))
    v.Add(field, "CONTROL_CHARACTER", "must not hold control characters");
  else
    return TemplateParser(text, escape, field, v).Parse();
  return {};
}

void BodyTemplate::Append(const Placeholder& p, std::string value, std::string& out) {
  for (const Step& step : p.steps) {
    switch (step.kind) {
      case Step::Kind::kDefault:
        if (value.empty()) value = step.text;
        break;
      case Step::Kind::kTruncate:
        value = Truncated(value, step.length);
        break;
      case Step::Kind::kHtml:
        value = Html(value);
        break;
    }
  }
  out += p.bare_json && value.empty() ? "null" : Escaped(std::move(value), p.escape);
}

std::string BodyTemplate::RenderNothing() const {
  std::string out = texts_[0];
  for (size_t i = 0; i < placeholders_.size(); ++i) {
    Append(placeholders_[i], "", out);
    out += texts_[i + 1];
  }
  return out;
}

std::string BodyTemplate::RenderHostile() const {
  std::string out = texts_[0];
  for (size_t i = 0; i < placeholders_.size(); ++i) {
    Append(placeholders_[i], placeholders_[i].hostile, out);
    out += texts_[i + 1];
  }
  return out;
}

absl::StatusOr<std::string> BodyTemplate::Render(const v1::PublicEvent& event) const {
  const std::string json = json::ToJson(event);
  rapidjson::Document root;
  root.Parse<rapidjson::kParseFullPrecisionFlag>(json.data(), json.size());
  std::string out;
  for (size_t i = 0; i < texts_.size(); ++i) {
    out += texts_[i];
    if (i == placeholders_.size()) break;
    const Placeholder& p = placeholders_[i];
    const Value* found = FindIn(root, p.path);
    Append(p, found ? TextOf(*found) : "", out);
    if (out.size() > kMaxRenderedBody)
      return absl::ResourceExhaustedError("the template makes a body that is too long");
  }
  return out;
}

std::vector<BodyTemplate::Use> BodyTemplate::Uses() const {
  std::vector<Use> uses;
  for (const Placeholder& p : placeholders_) {
    if (p.path.size() < 2 || p.path[0] != "data") continue;
    const bool has_default =
        std::any_of(p.steps.begin(), p.steps.end(), [](const Step& s) { return s.kind == Step::Kind::kDefault; });
    uses.push_back({p.path[1], p.position, has_default});
  }
  return uses;
}

}  // namespace hoiam::gateway
