#include "tests/e2e/api.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <regex>

#include "absl/strings/str_replace.h"
#include "platform/base/clock.h"

namespace hoiam::testing {

Json Api::Ok(const std::string& method, const std::string& path, const std::string& body) {
  const Answer answer = http_.Send(method, path, body, {});
  EXPECT_EQ(answer.code, 200) << method << " " << path << " " << body.substr(0, 500) << "\n" << answer;
  if (!answer.token().empty()) token_ = answer.token();
  return answer.json();
}

std::vector<Json> Api::List(const std::string& path, const std::string& field, int page_size) {
  std::vector<Json> all;
  std::string token;
  do {
    const Json page = Get(absl::StrCat(path, path.find('?') == std::string::npos ? "?" : "&", "pageSize=", page_size,
                                       token.empty() ? "" : "&pageToken=" + Escape(token)));
    for (const Json& item : page.Items(field)) all.push_back(item);
    token = page.Has("nextPageToken") ? page.String("nextPageToken") : "";
  } while (!token.empty() && !::testing::Test::HasFatalFailure());
  return all;
}

Json Api::ActiveSurvey(const std::string& id, const std::string& metric, const std::string& trigger) {
  const std::string low = metric == "NPS" ? "nps" : metric == "CSAT" ? "csat" : "ces";
  const Json made =
      Post("/v1/surveys?surveyId=" + id,
           absl::StrCat(R"({"displayName":{"vi":"Khảo sát","en":"Survey"},"metric":")", metric, R"(","template":")",
                        low, R"(","trigger":)", trigger, R"(,"channels":["LINK"]})"));
  EXPECT_EQ(made.String("state"), "DRAFT");
  const Json active = Post("/v1/surveys/" + id + ":activate", "{}");
  EXPECT_EQ(active.String("state"), "ACTIVE");
  return active;
}

Json Api::ScoreRow(const std::string& query) {
  const Json scores = Get("/v1/scores?" + query);
  EXPECT_EQ(scores.Size("rows"), 1u) << scores.Dump();
  return scores.At("rows/0");
}

std::vector<int64_t> Distribution(const Json& row) {
  std::map<int, int64_t> counts;
  for (const std::string& value : row.Names("distribution"))
    counts[std::stoi(value)] = row.Int("distribution/" + value);
  std::vector<int64_t> in_order;
  for (const auto& [value, count] : counts) {
    EXPECT_EQ(value, counts.begin()->first + static_cast<int>(in_order.size())) << row.Dump("distribution");
    in_order.push_back(count);
  }
  return in_order;
}

std::string Rfc3339(absl::Time t) { return absl::FormatTime("%Y-%m-%dT%H:%M:%E*SZ", t, absl::UTCTimeZone()); }

absl::Time Now() { return absl::FromUnixSeconds(absl::ToUnixSeconds(SystemClock().Now())); }

namespace {

// The value of an attribute of a tag, entities decoded.
std::string Attribute(const std::string& tag, const std::string& name) {
  std::smatch m;
  if (!std::regex_search(tag, m, std::regex("\\b" + name + "\\s*=\\s*(\"([^\"]*)\"|'([^']*)')"))) return "";
  return absl::StrReplaceAll(m[2].matched ? m[2].str() : m[3].str(),
                             {{"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}});
}

}  // namespace

Form FormOf(const std::string& html, const std::string& page_path) {
  Form form;
  form.action = page_path;
  std::smatch m;
  const size_t begin = html.find("<form");
  EXPECT_NE(begin, std::string::npos) << "no form in the page:\n" << html;
  if (begin == std::string::npos) return form;
  const size_t end = html.find("</form>", begin);
  const std::string body = html.substr(begin, end == std::string::npos ? end : end - begin);
  const std::regex tags("<(form|input|button|select|textarea)\\b[^>]*>");
  for (auto it = std::sregex_iterator(body.begin(), body.end(), tags); it != std::sregex_iterator(); ++it) {
    const std::string tag = it->str(), kind = (*it)[1], type = Attribute(tag, "type"), name = Attribute(tag, "name");
    if (kind == "form") {
      EXPECT_EQ(Attribute(tag, "method"), "post") << tag;
      if (!Attribute(tag, "action").empty()) form.action = Attribute(tag, "action");
    } else if (name.empty()) {
      continue;
    } else if (type == "hidden") {
      form.hidden[name] = Attribute(tag, "value");
    } else if (type == "submit" || kind == "button") {
      form.submit = {{name, Attribute(tag, "value")}};
    } else {
      if (tag.find(" checked") != std::string::npos) form.hidden[name] = Attribute(tag, "value");
      if (std::find(form.names.begin(), form.names.end(), name) == form.names.end()) form.names.push_back(name);
    }
  }
  return form;
}

Answer Submit(HttpClient& browser, const Form& form, const std::map<std::string, std::string>& fields) {
  std::map<std::string, std::string> all = form.hidden;
  for (const auto& [name, value] : form.submit) all[name] = value;
  for (const auto& [name, value] : fields) all[name] = value;
  return browser.Post(form.action, FormEncode(all), {{"Content-Type", "application/x-www-form-urlencoded"}});
}

std::string FormEncode(const std::map<std::string, std::string>& fields) {
  std::string body;
  for (const auto& [name, value] : fields)
    absl::StrAppend(&body, body.empty() ? "" : "&", Escape(name), "=", Escape(value));
  return body;
}

std::string PathOf(const std::string& url) {
  const size_t scheme = url.find("://");
  const size_t path = url.find('/', scheme == std::string::npos ? 0 : scheme + 3);
  return path == std::string::npos ? "" : url.substr(path);
}

}  // namespace hoiam::testing
