#include "cli/api/client.h"

#include <curl/curl.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace hoiam::cli {
namespace {

constexpr absl::Duration kFirstPause = absl::Milliseconds(100);
constexpr absl::Duration kLongestPause = absl::Seconds(2);
constexpr long kTimeoutSeconds = 60;  // the longest deadline of a public method is 30 s

std::string FirstLine(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);
  return std::string(absl::StripAsciiWhitespace(line));
}

std::filesystem::path StateDir() {
  if (const char* dir = std::getenv("HOIAM_STATE_DIR"); dir && *dir) return dir;
  std::error_code ignored;
  for (auto dir = std::filesystem::current_path(ignored); !dir.empty(); dir = dir.parent_path()) {
    if (std::filesystem::exists(dir / ".hoiam", ignored)) return dir / ".hoiam";
    if (dir == dir.root_path()) break;
  }
  return ".hoiam";
}

size_t Collect(char* data, size_t size, size_t n, void* to) {
  static_cast<std::string*>(to)->append(data, size * n);
  return size * n;
}

}  // namespace

absl::StatusOr<Target> FindTarget(bool as_operator) {
  const auto from = [](const char* variable, const char* file) {
    const char* given = std::getenv(variable);
    return given && *given ? std::string(given) : FirstLine(StateDir() / file);
  };
  const char* key_variable = as_operator ? "HOIAM_OPERATOR_KEY" : "HOIAM_API_KEY";
  Target target{from("HOIAM_URL", "url"), from(key_variable, as_operator ? "operator_key" : "api_key")};
  while (absl::EndsWith(target.url, "/")) target.url.pop_back();
  if (target.url.empty() || target.key.empty())
    return absl::FailedPreconditionError(
        absl::StrCat("no suite is known: ", target.url.empty() ? "HOIAM_URL" : key_variable, " is not set and ",
                     StateDir().string(), " has no running suite. Set it, or start one with ./dev up."));
  return target;
}

std::string WithQuery(absl::string_view path, const std::vector<std::pair<std::string, std::string>>& query) {
  std::string out(path);
  for (const auto& [name, value] : query) {
    if (value.empty()) continue;
    absl::StrAppend(&out, out.find('?') == std::string::npos ? "?" : "&", name, "=", PercentEncode(value));
  }
  return out;
}

struct Client::Handle {
  CURL* curl = curl_easy_init();
  ~Handle() { curl_easy_cleanup(curl); }
};

// What came back: `status` 0 when nothing did, and then `lost` says whether the call may have arrived.
struct Client::Reply {
  long status = 0;
  bool lost = false;
  absl::Duration retry_after = absl::ZeroDuration();
  std::string body;
  std::string problem;
};

Client::Client(Target target, const Clock& clock)
    : target_(std::move(target)), clock_(clock), handle_(std::make_unique<Handle>()) {}
Client::~Client() = default;
Client::Client(Client&&) noexcept = default;

Client::Reply Client::Once(const Call& call) {
  Reply reply;
  CURL* curl = handle_->curl;
  curl_easy_reset(curl);
  curl_slist* headers = curl_slist_append(nullptr, absl::StrCat("Authorization: Bearer ", target_.key).c_str());
  headers = curl_slist_append(headers, "Content-Type: application/json");
  headers = curl_slist_append(headers, "Expect:");  // the answer to "100-continue" would cost a round trip
  if (!call.idempotency_key.empty())
    headers = curl_slist_append(headers, absl::StrCat("Idempotency-Key: ", call.idempotency_key).c_str());
  const std::string url = target_.url + call.path;
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, kTimeoutSeconds);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, Collect);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &reply.body);
  curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, call.method.c_str());
  if (call.method != "GET") {
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, call.body.c_str());
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, static_cast<long>(call.body.size()));
  }
  const CURLcode code = curl_easy_perform(curl);
  curl_slist_free_all(headers);
  if (code != CURLE_OK) {
    reply.lost = code != CURLE_COULDNT_CONNECT && code != CURLE_COULDNT_RESOLVE_HOST;
    reply.problem = absl::StrCat(target_.url, ": ", curl_easy_strerror(code));
    return reply;
  }
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &reply.status);
  curl_off_t seconds = 0;
  curl_easy_getinfo(curl, CURLINFO_RETRY_AFTER, &seconds);
  reply.retry_after = absl::Seconds(seconds);
  return reply;
}

absl::StatusOr<std::string> Client::Do(const Call& call) {
  const absl::Time until = clock_.Now() + patience;
  for (absl::Duration pause = kFirstPause;; pause = std::min(pause * 2, kLongestPause)) {
    const Reply reply = Once(call);
    if (reply.status >= 200 && reply.status < 300) return reply.body;
    const bool again =
        reply.status == 429 || reply.status == 503 || (reply.status == 0 && (!reply.lost || call.repeatable));
    const absl::Duration wait = std::max(pause, reply.retry_after);
    if (again && clock_.Now() + wait < until) {
      clock_.Sleep(wait);
      continue;
    }
    if (reply.status == 0) return absl::UnavailableError(reply.problem);
    return ErrorOf(static_cast<int>(reply.status), reply.body);
  }
}

}  // namespace hoiam::cli
