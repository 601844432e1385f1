// JSON put together as text, in the order in which it is written down.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "platform/json/writer.h"

namespace hoiam::gateway::openapi {

// "…" with escapes.
inline std::string Text(absl::string_view s) {
  std::string out;
  json::AppendString(s, out);
  return out;
}

inline std::string List(const std::vector<std::string>& items) {
  std::string out = "[";
  for (const std::string& item : items) {
    if (out.size() > 1) out += ',';
    out += item;
  }
  return out + "]";
}

// An object; values are JSON already.
class Object {
 public:
  Object() = default;
  Object(std::initializer_list<std::pair<absl::string_view, std::string>> members) {
    for (const auto& [name, value] : members) Put(name, value);
  }
  Object& Put(absl::string_view name, const std::string& value) {
    if (!members_.empty()) members_ += ',';
    json::AppendString(name, members_);
    members_ += ':';
    members_ += value;
    return *this;
  }
  // Nothing when `text` is empty.
  Object& PutText(absl::string_view name, absl::string_view text) {
    return text.empty() ? *this : Put(name, Text(text));
  }
  // The members of another object after ours.
  Object& Append(const Object& more) {
    if (!members_.empty() && !more.members_.empty()) members_ += ',';
    members_ += more.members_;
    return *this;
  }
  bool empty() const { return members_.empty(); }
  std::string Build() const { return "{" + members_ + "}"; }
  operator std::string() const { return Build(); }  // NOLINT: an object is a value

 private:
  std::string members_;
};

}  // namespace hoiam::gateway::openapi
