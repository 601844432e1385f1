// Calls the public REST API. One Client is one connection: not thread-safe, a thread that calls has its own.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "cli/api/json.h"
#include "platform/base/clock.h"
#include "platform/base/status.h"
#include "platform/base/text.h"

namespace hoiam::cli {

struct Target {
  std::string url;  // without a slash at the end
  std::string key;
};

// From HOIAM_URL and HOIAM_API_KEY; what is not set comes from `url` and `api_key` in the state directory:
// HOIAM_STATE_DIR, else the nearest .hoiam of this folder and those above. FAILED_PRECONDITION says what to set.
// `as_operator`: HOIAM_OPERATOR_KEY and `operator_key` instead.
absl::StatusOr<Target> FindTarget(bool as_operator = false);

// "/v1/scores?metric=NPS&…": pairs with an empty value are left out.
std::string WithQuery(absl::string_view path, const std::vector<std::pair<std::string, std::string>>& query);

struct Call {
  std::string method = "GET";
  std::string path = {};  // with its query
  std::string body = {};  // JSON
  // Sent as Idempotency-Key: for calls that have no id of their own.
  std::string idempotency_key = {};
  // The same call twice is the same as once: it is tried again when the connection was lost on the way.
  bool repeatable = true;
};

class Client {
 public:
  Client(Target target, const Clock& clock);
  ~Client();
  Client(Client&&) noexcept;

  // The body of a 2xx answer. Otherwise the server's error with its reason (platform/base/status.h). While the server
  // is busy, behind or starting (429, 503, connection refused) the call is tried again with growing pauses, up to
  // `patience`.
  absl::StatusOr<std::string> Do(const Call& call);

  // The same, read as a message.
  template <class Answer>
  absl::StatusOr<Answer> Get(const std::string& path) {
    return As<Answer>(Do({.path = path}));
  }
  template <class Answer>
  absl::StatusOr<Answer> Post(const std::string& path, const google::protobuf::Message& body) {
    return As<Answer>(Do({.method = "POST", .path = path, .body = ToJson(body)}));
  }
  template <class Answer>
  static absl::StatusOr<Answer> As(const absl::StatusOr<std::string>& text) {
    if (!text.ok()) return text.status();
    Answer answer;
    HOIAM_RETURN_IF_ERROR(FromJson(*text, answer));
    return answer;
  }

  absl::Duration patience = absl::Seconds(5);  // of one call; long work has more

 private:
  struct Reply;
  Reply Once(const Call& call);
  Target target_;
  const Clock& clock_;
  struct Handle;
  std::unique_ptr<Handle> handle_;
};

}  // namespace hoiam::cli
