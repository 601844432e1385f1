// Failures: an absl::Status with a catalogued reason, and the macros that pass it on.
//
// Every failure that a caller may see carries an ErrorDetail: a stable UPPER_SNAKE reason, metadata, and for bad input
// one violation per bad field. platform/rpc turns it into google.rpc.ErrorInfo and BadRequest in exactly one place.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace hoiam {

// One bad field. `field` is a JSON path as the caller wrote it: "score", "interactions[3].customerId".
struct Violation {
  std::string field;
  std::string reason;       // UPPER_SNAKE
  std::string description;  // says what would be right
  std::map<std::string, std::string> metadata;
};

struct ErrorDetail {
  std::string reason;
  std::map<std::string, std::string> metadata;
  std::vector<Violation> violations;
};

// A failure with a stable reason.
absl::Status MakeError(absl::StatusCode code, absl::string_view reason, absl::string_view message,
                       std::map<std::string, std::string> metadata = {});

// The detail of a failure; nullopt for one that was not made by MakeError or Violations.
std::optional<ErrorDetail> DetailOf(const absl::Status& status);
// Its reason, or "".
std::string ReasonOf(const absl::Status& status);

// Collects every bad field of a request before it is refused.
class Violations {
 public:
  void Add(absl::string_view field, absl::string_view reason, absl::string_view description,
           std::map<std::string, std::string> metadata = {});
  bool empty() const { return violations_.empty(); }
  // OK when empty; else INVALID_ARGUMENT with the first one's reason and all of them.
  absl::Status ToStatus() const;

 private:
  std::vector<Violation> violations_;
};

}  // namespace hoiam

#define HOIAM_CONCAT_INNER_(a, b) a##b
#define HOIAM_CONCAT_(a, b) HOIAM_CONCAT_INNER_(a, b)

#define HOIAM_RETURN_IF_ERROR(expr)                                                     \
  do {                                                                                  \
    if (absl::Status hoiam_status_ = (expr); !hoiam_status_.ok()) return hoiam_status_; \
  } while (false)

#define HOIAM_ASSIGN_OR_RETURN(lhs, expr) HOIAM_ASSIGN_OR_RETURN_(HOIAM_CONCAT_(hoiam_or_, __LINE__), lhs, expr)
#define HOIAM_ASSIGN_OR_RETURN_(tmp, lhs, expr)  \
  auto tmp = (expr);                             \
  if (!tmp.ok()) return std::move(tmp).status(); \
  lhs = *std::move(tmp)
