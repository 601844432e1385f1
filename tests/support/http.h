// What a caller of the public API needs: HTTP/1.1 and JSON reached by path.
#pragma once

#include <rapidjson/document.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"

namespace hoiam::testing {

// A JSON value. Paths are "rows/0/shares/2/count"; what is not there reads as "<missing: path>", NaN or INT64_MIN, so
// that an expectation on it fails and says why.
class Json {
 public:
  Json() : Json("null") {}
  explicit Json(const std::string& text);
  bool valid() const { return valid_; }
  bool Has(const std::string& path) const { return Find(path) != nullptr; }
  std::string String(const std::string& path) const;
  double Number(const std::string& path) const;
  int64_t Int(const std::string& path) const;
  bool Bool(const std::string& path) const;  // absent reads as false
  size_t Size(const std::string& path = "") const;
  Json At(const std::string& path) const;
  std::vector<Json> Items(const std::string& path = "") const;
  std::vector<std::string> Names(const std::string& path = "") const;  // of an object's members, sorted
  absl::Time Time(const std::string& path) const;                      // InfinitePast when it is none
  std::string Dump(const std::string& path = "") const;                // compact

 private:
  Json(std::shared_ptr<rapidjson::Document> all, const rapidjson::Value* value);
  const rapidjson::Value* Find(const std::string& path) const;
  std::shared_ptr<rapidjson::Document> all_;
  const rapidjson::Value* value_;
  bool valid_;
};

// "…" with escapes.
std::string Quote(const std::string& text);

struct Answer {
  int code = 0;                                // 0: there was no answer; the body says why
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;
  Json json() const { return Json(body); }
  // Of the error, "" when there is none.
  std::string status() const;
  std::string reason() const;               // google.rpc.ErrorInfo
  std::vector<std::string> fields() const;  // google.rpc.BadRequest, sorted
  std::string token() const;                // Hoiam-Consistency-Token
};
std::ostream& operator<<(std::ostream& out, const Answer& answer);

using Headers = std::map<std::string, std::string>;

// One connection, kept open. Not thread-safe: one for each thread.
class HttpClient {
 public:
  HttpClient(std::string url, std::string key);
  ~HttpClient();
  HttpClient(HttpClient&& other) noexcept;

  Answer Get(const std::string& path, const Headers& headers = {}) { return Send("GET", path, "", headers); }
  Answer Post(const std::string& path, const std::string& body, const Headers& headers = {}) {
    return Send("POST", path, body, headers);
  }
  Answer Patch(const std::string& path, const std::string& body, const Headers& headers = {}) {
    return Send("PATCH", path, body, headers);
  }
  // The path goes out as it is. A body is application/json unless `headers` say otherwise; an empty header value takes
  // a header away.
  Answer Send(const std::string& method, const std::string& path, const std::string& body, const Headers& headers);

  void set_key(std::string key) { key_ = std::move(key); }
  void set_timeout(absl::Duration d) { timeout_ = d; }
  const std::string& url() const { return url_; }

 private:
  std::string url_, key_;
  absl::Duration timeout_ = absl::Seconds(20);
  void* curl_ = nullptr;
};

// GET over a Unix socket: the ops port of a process.
Answer GetOverSocket(const std::string& socket, const std::string& path);

// Percent-encoded, so that it is one segment of a path or one value of a query.
std::string Escape(const std::string& text);

}  // namespace hoiam::testing
