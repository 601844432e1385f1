#include "gateway/openapi/comments.h"

#include <regex>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace hoiam::gateway::openapi {
namespace {

// "`page_size`" to "`pageSize`": callers of the document know fields by their names in JSON. Without the quotes it
// stays: filters are written with update_time.
std::string JsonNames(const std::string& text) {
  std::string out;
  bool quoted = false;
  for (size_t i = 0; i < text.size(); ++i) {
    quoted = quoted != (text[i] == '`');
    const bool joins = quoted && text[i] == '_' && i > 0 && i + 1 < text.size() && absl::ascii_islower(text[i - 1]) &&
                       absl::ascii_islower(text[i + 1]);
    out += joins ? absl::ascii_toupper(text[++i]) : text[i];
  }
  return out;
}

template <class D>
std::string Above(const D* found) {
  google::protobuf::SourceLocation where;
  if (!found || !found->GetSourceLocation(&where)) return "";
  std::string out;
  for (absl::string_view line : absl::StrSplit(where.leading_comments, '\n')) {
    line = absl::StripAsciiWhitespace(line);
    if (!line.empty()) absl::StrAppend(&out, out.empty() ? "" : " ", line);
  }
  return JsonNames(out);
}

int64_t Number(const std::string& digits) {
  int64_t n = 0;
  return absl::SimpleAtoi(absl::StrReplaceAll(digits, {{",", ""}}), &n) ? n : 0;
}

}  // namespace

std::string Comments::Of(const google::protobuf::Descriptor* message) const {
  return Above(sources_.FindMessageTypeByName(message->full_name()));
}
std::string Comments::Of(const google::protobuf::FieldDescriptor* field) const {
  return Above(sources_.FindFieldByName(field->full_name()));
}
std::string Comments::Of(const google::protobuf::EnumDescriptor* type) const {
  return Above(sources_.FindEnumTypeByName(type->full_name()));
}
std::string Comments::Of(const google::protobuf::EnumValueDescriptor* value) const {
  return Above(sources_.FindEnumValueByName(value->full_name()));
}
std::string Comments::Of(const google::protobuf::ServiceDescriptor* service) const {
  return Above(sources_.FindServiceByName(service->full_name()));
}
std::string Comments::Of(const google::protobuf::MethodDescriptor* method) const {
  return Above(sources_.FindMethodByName(method->full_name()));
}

Said Read(absl::string_view comment) {
  Said said;
  said.output_only = absl::ConsumePrefix(&comment, "Output only.");
  said.text = std::string(absl::StripAsciiWhitespace(comment));
  said.required = absl::StartsWith(said.text, "Required");

  static const auto* length = new std::regex("(?:≤ |([0-9]+)–)([0-9,]+) (?:bytes|characters)");
  static const auto* range = new std::regex("^(?:Required\\. )?([0-9,]+)–([0-9,]+)");
  static const auto* preset = new std::regex("default ([0-9]+)");
  static const auto* at_most = new std::regex("≤ ([0-9,]+);");
  static const auto* pattern = new std::regex(R"(^(?:Required\. )?((?:\[[^\]]+\](?:\{[0-9,]+\})?)+)(?=[.,; ]))");
  std::smatch found;
  if (std::regex_search(said.text, found, *length)) {
    if (found[1].matched) said.min_length = Number(found[1]);
    said.max_length = Number(found[2]);
  }
  if (std::regex_search(said.text, found, *range)) {
    said.low = Number(found[1]);
    said.high = Number(found[2]);
  } else if (std::regex_search(said.text, found, *at_most)) {
    said.high = Number(found[1]);
  }
  if (std::regex_search(said.text, found, *preset)) said.preset = Number(found[1]);
  if (std::regex_search(said.text, found, *pattern)) said.pattern = absl::StrCat("^", found[1].str(), "$");
  return said;
}

std::string FirstSentence(absl::string_view comment) {
  const size_t end = comment.find(". ");
  return std::string(absl::StripSuffix(comment.substr(0, end), "."));
}

}  // namespace hoiam::gateway::openapi
