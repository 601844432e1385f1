#include "gateway/inbound/json_tree.h"

#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "gateway/limits.h"
#include "platform/base/status.h"
#include "platform/base/text.h"
#include "platform/json/reader.h"

namespace hoiam::gateway {
namespace {

using Kind = JsonNode::Kind;

absl::Status Refuse(absl::string_view reason, absl::string_view description) {
  Violations v;
  v.Add("$", reason, description);
  return v.ToStatus();
}

// rapidjson calls one function per token; false ends the parse, and `refused` says why.
class TreeBuilder {
 public:
  bool Null() { return Take({}); }
  bool Bool(bool b) { return Take({Kind::kBool, b ? "true" : "false"}); }
  bool RawNumber(const char* s, rapidjson::SizeType n, bool) { return Take({Kind::kNumber, std::string(s, n)}); }
  bool String(const char* s, rapidjson::SizeType n, bool) {
    return Utf8({s, n}) && Take({Kind::kString, std::string(s, n)});
  }
  bool Key(const char* s, rapidjson::SizeType n, bool) {
    if (!Utf8({s, n})) return false;
    open_.back().names.emplace_back(s, n);
    return true;
  }
  bool StartObject() { return Open(Kind::kObject); }
  bool EndObject(rapidjson::SizeType) {
    absl::flat_hash_set<absl::string_view> seen;
    for (const std::string& name : open_.back().names)
      if (!seen.insert(name).second) return Fail(Refuse("DUPLICATE_KEY", "a name is given more than once"));
    return Close();
  }
  bool StartArray() { return Open(Kind::kArray); }
  bool EndArray(rapidjson::SizeType) { return Close(); }

  // Numbers come as text.
  bool Int(int) { return false; }
  bool Uint(unsigned) { return false; }
  bool Int64(int64_t) { return false; }
  bool Uint64(uint64_t) { return false; }
  bool Double(double) { return false; }

  JsonNode root;
  absl::Status refused;

 private:
  bool Open(Kind kind) {
    if (open_.size() >= json::kMaxDepth)
      return Fail(Refuse("TOO_DEEP", absl::StrCat("is deeper than ", json::kMaxDepth, " levels")));
    open_.push_back({kind, ""});
    return true;
  }
  bool Close() {
    JsonNode node = std::move(open_.back());
    open_.pop_back();
    return Take(std::move(node));
  }
  bool Take(JsonNode node) {
    if (++values_ > kMaxInboundValues)
      return Fail(Refuse("TOO_MANY_VALUES", absl::StrCat("must hold at most ", kMaxInboundValues, " values")));
    if (open_.empty())
      root = std::move(node);
    else
      open_.back().items.push_back(std::move(node));
    return true;
  }
  bool Utf8(absl::string_view s) { return IsUtf8(s) || Fail(Refuse("INVALID_UTF8", "must be valid UTF-8")); }
  bool Fail(absl::Status why) {
    refused = std::move(why);
    return false;
  }

  std::vector<JsonNode> open_;
  int values_ = 0;
};

}  // namespace

absl::StatusOr<JsonNode> ParseJson(absl::string_view text) {
  constexpr unsigned kFlags = rapidjson::kParseIterativeFlag | rapidjson::kParseNumbersAsStringsFlag;
  if (text.find('\0') != absl::string_view::npos) return Refuse("INVALID_JSON", "the body holds a NUL byte");
  rapidjson::MemoryStream stream(text.data(), text.size());
  rapidjson::Reader reader;
  TreeBuilder tree;
  reader.Parse<kFlags>(stream, tree);
  if (!tree.refused.ok()) return tree.refused;
  if (reader.HasParseError())
    return Refuse("INVALID_JSON",
                  absl::StrCat("the body is not JSON: ", rapidjson::GetParseError_En(reader.GetParseErrorCode()),
                               " (byte ", std::min(reader.GetErrorOffset(), text.size()), ")"));
  return std::move(tree.root);
}

bool ParsePointer(absl::string_view pointer, std::vector<std::string>& tokens) {
  tokens.clear();
  if (pointer.empty()) return true;
  if (pointer[0] != '/') return false;
  for (absl::string_view raw : absl::StrSplit(pointer.substr(1), '/')) {
    for (size_t i = raw.find('~'); i != absl::string_view::npos; i = raw.find('~', i + 1))
      if (i + 1 == raw.size() || (raw[i + 1] != '0' && raw[i + 1] != '1')) return false;
    tokens.push_back(absl::StrReplaceAll(raw, {{"~1", "/"}, {"~0", "~"}}));
  }
  return true;
}

std::string EscapeToken(absl::string_view token) { return absl::StrReplaceAll(token, {{"~", "~0"}, {"/", "~1"}}); }

const JsonNode* FindIn(const JsonNode& node, const std::vector<std::string>& tokens) {
  const JsonNode* at = &node;
  for (const std::string& token : tokens) {
    size_t i = at->items.size();
    if (at->kind == Kind::kObject) {
      i = std::find(at->names.begin(), at->names.end(), token) - at->names.begin();
    } else if (at->kind == Kind::kArray) {
      uint32_t index;
      if (absl::SimpleAtoi(token, &index) && absl::StrCat(index) == token) i = index;
    }
    if (i >= at->items.size()) return nullptr;
    at = &at->items[i];
  }
  return at;
}

}  // namespace hoiam::gateway
