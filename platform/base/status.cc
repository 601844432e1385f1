#include "platform/base/status.h"

#include "absl/strings/cord.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace hoiam {
namespace {

constexpr char kUrl[] = "hoiam/error";

// Length-prefixed strings: this layer must not know protobuf.
void PutString(std::string& out, absl::string_view s) { absl::StrAppend(&out, s.size(), ":", s); }

bool TakeString(absl::string_view& in, std::string& out) {
  const auto colon = in.find(':');
  size_t n = 0;
  if (colon == absl::string_view::npos || !absl::SimpleAtoi(in.substr(0, colon), &n) || in.size() < colon + 1 + n)
    return false;
  out = std::string(in.substr(colon + 1, n));
  in.remove_prefix(colon + 1 + n);
  return true;
}

void PutMap(std::string& out, const std::map<std::string, std::string>& m) {
  PutString(out, absl::StrCat(m.size()));
  for (const auto& [k, v] : m) PutString(out, k), PutString(out, v);
}

bool TakeMap(absl::string_view& in, std::map<std::string, std::string>& m) {
  std::string count, key;
  int n = 0;
  if (!TakeString(in, count) || !absl::SimpleAtoi(count, &n)) return false;
  for (int i = 0; i < n; ++i) {
    if (!TakeString(in, key) || !TakeString(in, m[key])) return false;
  }
  return true;
}

std::string Encode(const ErrorDetail& d) {
  std::string out;
  PutString(out, d.reason);
  PutMap(out, d.metadata);
  for (const auto& v : d.violations) {
    PutString(out, v.field), PutString(out, v.reason), PutString(out, v.description);
    PutMap(out, v.metadata);
  }
  return out;
}

absl::Status WithDetail(absl::Status status, const ErrorDetail& detail) {
  status.SetPayload(kUrl, absl::Cord(Encode(detail)));
  return status;
}

}  // namespace

absl::Status MakeError(absl::StatusCode code, absl::string_view reason, absl::string_view message,
                       std::map<std::string, std::string> metadata) {
  return WithDetail(absl::Status(code, message), {std::string(reason), std::move(metadata), {}});
}

std::optional<ErrorDetail> DetailOf(const absl::Status& status) {
  const auto payload = status.GetPayload(kUrl);
  if (!payload) return std::nullopt;
  const std::string flat(*payload);
  absl::string_view in = flat;
  ErrorDetail d;
  if (!TakeString(in, d.reason) || !TakeMap(in, d.metadata)) return std::nullopt;
  while (!in.empty()) {
    Violation v;
    if (!TakeString(in, v.field) || !TakeString(in, v.reason) || !TakeString(in, v.description) ||
        !TakeMap(in, v.metadata))
      return std::nullopt;
    d.violations.push_back(std::move(v));
  }
  return d;
}

std::string ReasonOf(const absl::Status& status) {
  auto d = DetailOf(status);
  return d ? d->reason : "";
}

void Violations::Add(absl::string_view field, absl::string_view reason, absl::string_view description,
                     std::map<std::string, std::string> metadata) {
  violations_.push_back({std::string(field), std::string(reason), std::string(description), std::move(metadata)});
}

absl::Status Violations::ToStatus() const {
  if (violations_.empty()) return absl::OkStatus();
  const Violation& first = violations_.front();
  ErrorDetail d{first.reason, first.metadata, violations_};
  d.metadata["field"] = first.field;
  std::string message = absl::StrCat(first.field, ": ", first.description);
  if (violations_.size() > 1) absl::StrAppend(&message, " (and ", violations_.size() - 1, " more)");
  return WithDetail(absl::InvalidArgumentError(message), d);
}

}  // namespace hoiam
