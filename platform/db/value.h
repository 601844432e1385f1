// Values that go into and come out of SQL.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "platform/base/decimal.h"

namespace hoiam::db {

// NULL, integer, bytes (text too), or a time (DATETIME(6), UTC).
using Value = std::variant<std::monostate, int64_t, std::string, absl::Time>;
using Values = std::vector<Value>;

inline Value Null() { return std::monostate{}; }
inline Value Of(std::optional<int64_t> v) { return v ? Value(*v) : Null(); }
inline Value Of(std::optional<absl::Time> v) { return v ? Value(*v) : Null(); }
inline Value Of(Decimal v) { return v.ToStored(); }

// Order-preserving, unambiguous text of a key: compares as the database compares BINARY, VARBINARY, BIGINT and DATETIME
// keys.
std::string EncodeKey(const Value* values, size_t n);
void AppendKey(std::string& key, absl::string_view bytes);
void AppendKey(std::string& key, int64_t number);
inline std::string EncodeKey(const Values& v) { return EncodeKey(v.data(), v.size()); }

// "YYYY-MM-DD HH:MM:SS.ffffff" in UTC and back. The driver drops trailing zeros of fractions: both lengths are read.
std::string FormatTime(absl::Time t);
std::optional<absl::Time> ParseTime(absl::string_view text);

}  // namespace hoiam::db
