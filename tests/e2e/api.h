// The public API in the words of a test: one line a call, one expectation an answer.
#pragma once

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "tests/support/http.h"
#include "tests/support/suite.h"

namespace hoiam::testing {

// Calls that must succeed: anything but 200 is a failure of the test with the whole answer.
class Api {
 public:
  explicit Api(HttpClient http) : http_(std::move(http)) {}

  Json Get(const std::string& path) { return Ok("GET", path, ""); }
  Json Post(const std::string& path, const std::string& body) { return Ok("POST", path, body); }
  Json Patch(const std::string& path, const std::string& body) { return Ok("PATCH", path, body); }
  // Every item of a list, over all its pages.
  std::vector<Json> List(const std::string& path, const std::string& field, int page_size = 1000);
  // The last answer's Hoiam-Consistency-Token.
  const std::string& token() const { return token_; }
  HttpClient& http() { return http_; }

  // Makes a survey from the template of its metric and activates it.
  Json ActiveSurvey(const std::string& id, const std::string& metric, const std::string& trigger);
  // The one row of GET /v1/scores?….
  Json ScoreRow(const std::string& query);

 private:
  Json Ok(const std::string& method, const std::string& path, const std::string& body);
  HttpClient http_;
  std::string token_;
};

// Counts of a score row by value, lowest first; a failure when the values have gaps.
std::vector<int64_t> Distribution(const Json& row);

// "2026-11-21T08:00:00Z".
std::string Rfc3339(absl::Time t);
// Now, to the second.
absl::Time Now();

// The form of a respondent's page, as a browser without JavaScript sees it.
struct Form {
  std::string action;                         // path
  std::map<std::string, std::string> hidden;  // name → value; what is ticked already is sent as it stands
  std::map<std::string, std::string> submit;  // name → value of the last submit button that has a name
  std::vector<std::string> names;             // of every field, in order, once each
};
Form FormOf(const std::string& html, const std::string& page_path);
// Fills in `fields`, presses the button.
Answer Submit(HttpClient& browser, const Form& form, const std::map<std::string, std::string>& fields);
std::string FormEncode(const std::map<std::string, std::string>& fields);
// "http://host:port/s/abc" → "/s/abc".
std::string PathOf(const std::string& url);

MATCHER_P(HasCode, code, "") {
  *result_listener << arg;
  return arg.code == code;
}
// An error as api.md describes it: code, status, reason, and that `field` is among the violations ("" for none wanted).
MATCHER_P4(IsRefused, code, status, reason, field, "") {
  *result_listener << arg;
  const std::string wanted = field;
  const auto fields = arg.fields();
  return arg.code == code && arg.status() == status && arg.reason() == reason &&
         (wanted.empty() || std::find(fields.begin(), fields.end(), wanted) != fields.end()) &&
         arg.json().Int("error/code") == code && !arg.json().String("error/message").empty();
}

}  // namespace hoiam::testing
