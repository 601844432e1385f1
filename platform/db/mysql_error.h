// The one place that knows MySQL's error numbers.
#pragma once

#include <string>

#include "absl/status/status.h"

namespace hoiam::db {

// By kind, as session.h promises. `fatal` says whether the connection must be dropped.
absl::Status FromMysql(int code, const std::string& sql_state, const std::string& what, bool& fatal);

// The statement was prepared against columns that have changed since: prepare it again.
bool NeedsReprepare(int code);

inline bool IsRetry(const absl::Status& s) { return s.code() == absl::StatusCode::kAborted; }
inline bool IsDuplicate(const absl::Status& s) { return s.code() == absl::StatusCode::kAlreadyExists; }
inline bool IsLost(const absl::Status& s) { return s.code() == absl::StatusCode::kUnavailable; }

}  // namespace hoiam::db
