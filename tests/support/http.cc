#include "tests/support/http.h"

#include <curl/curl.h>
#include <rapidjson/pointer.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <mutex>
#include <ostream>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "tests/support/process.h"

namespace hoiam::testing {
namespace {

size_t TakeBody(char* data, size_t size, size_t n, void* out) {
  static_cast<Answer*>(out)->body.append(data, size * n);
  return size * n;
}

size_t TakeHeader(char* data, size_t size, size_t n, void* out) {
  const std::string line(data, size * n);
  auto& headers = static_cast<Answer*>(out)->headers;
  if (line.rfind("HTTP/", 0) == 0) headers.clear();  // after a 100 Continue
  if (const size_t colon = line.find(':'); colon != std::string::npos)
    headers[absl::AsciiStrToLower(line.substr(0, colon))] =
        std::string(absl::StripAsciiWhitespace(line.substr(colon + 1)));
  return size * n;
}

void InitCurl() {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

void Perform(CURL* curl, Answer& answer) {
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1);
  curl_easy_setopt(curl, CURLOPT_PROXY, "");
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &TakeBody);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer);
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, &TakeHeader);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, &answer);
  const CURLcode done = curl_easy_perform(curl);
  if (done != CURLE_OK) {
    answer = Answer{0, {}, curl_easy_strerror(done)};
    return;
  }
  long code = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &code);
  answer.code = static_cast<int>(code);
}

}  // namespace

Json::Json(const std::string& text) : all_(std::make_shared<rapidjson::Document>()) {
  all_->Parse<rapidjson::kParseFullPrecisionFlag>(text.data(), text.size());
  valid_ = !all_->HasParseError();
  if (!valid_) all_->SetNull();
  value_ = all_.get();
}

Json::Json(std::shared_ptr<rapidjson::Document> all, const rapidjson::Value* value)
    : all_(std::move(all)), value_(value), valid_(true) {}

const rapidjson::Value* Json::Find(const std::string& path) const {
  if (path.empty()) return value_;
  return rapidjson::Pointer(("/" + path).c_str()).Get(*value_);
}

std::string Json::String(const std::string& path) const {
  const auto* v = Find(path);
  if (!v) return "<missing: " + path + ">";
  return v->IsString() ? std::string(v->GetString(), v->GetStringLength()) : Dump(path);
}

double Json::Number(const std::string& path) const {
  const auto* v = Find(path);
  return v && v->IsNumber() ? v->GetDouble() : std::numeric_limits<double>::quiet_NaN();
}

int64_t Json::Int(const std::string& path) const {
  const auto* v = Find(path);
  if (v && v->IsInt64()) return v->GetInt64();
  // int64 fields are strings in proto3 JSON.
  char* end = nullptr;
  if (v && v->IsString()) {
    const int64_t n = std::strtoll(v->GetString(), &end, 10);
    if (*end == '\0' && end != v->GetString()) return n;
  }
  return std::numeric_limits<int64_t>::min();
}

bool Json::Bool(const std::string& path) const {
  const auto* v = Find(path);
  return v && v->IsTrue();
}

size_t Json::Size(const std::string& path) const {
  const auto* v = Find(path);
  return v && v->IsArray() ? v->Size() : v && v->IsObject() ? v->MemberCount() : 0;
}

Json Json::At(const std::string& path) const {
  const auto* v = Find(path);
  return v ? Json(all_, v) : Json();
}

std::vector<Json> Json::Items(const std::string& path) const {
  std::vector<Json> items;
  if (const auto* v = Find(path); v && v->IsArray())
    for (const auto& item : v->GetArray()) items.push_back(Json(all_, &item));
  return items;
}

std::vector<std::string> Json::Names(const std::string& path) const {
  std::vector<std::string> names;
  if (const auto* v = Find(path); v && v->IsObject())
    for (const auto& member : v->GetObject()) names.push_back(member.name.GetString());
  std::sort(names.begin(), names.end());
  return names;
}

absl::Time Json::Time(const std::string& path) const {
  absl::Time t;
  std::string error;
  return absl::ParseTime(absl::RFC3339_full, String(path), &t, &error) ? t : absl::InfinitePast();
}

std::string Json::Dump(const std::string& path) const {
  const auto* v = Find(path);
  if (!v) return "<missing: " + path + ">";
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  v->Accept(writer);
  return buffer.GetString();
}

std::string Quote(const std::string& text) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  writer.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
  return buffer.GetString();
}

std::string Answer::status() const {
  const Json j = json();
  return j.Has("error/status") ? j.String("error/status") : "";
}

std::string Answer::reason() const {
  for (const Json& d : json().Items("error/details"))
    if (d.String("@type") == "type.googleapis.com/google.rpc.ErrorInfo") return d.String("reason");
  return "";
}

std::vector<std::string> Answer::fields() const {
  std::vector<std::string> fields;
  for (const Json& d : json().Items("error/details")) {
    if (d.String("@type") != "type.googleapis.com/google.rpc.BadRequest") continue;
    for (const Json& v : d.Items("fieldViolations")) fields.push_back(v.String("field"));
  }
  std::sort(fields.begin(), fields.end());
  return fields;
}

std::string Answer::token() const {
  const auto it = headers.find("hoiam-consistency-token");
  return it == headers.end() ? "" : it->second;
}

std::ostream& operator<<(std::ostream& out, const Answer& answer) {
  return out << "HTTP " << answer.code << " " << answer.body.substr(0, 2000);
}

HttpClient::HttpClient(std::string url, std::string key) : url_(std::move(url)), key_(std::move(key)) {
  InitCurl();
  curl_ = curl_easy_init();
  if (!curl_) Die("curl_easy_init failed");
}

HttpClient::HttpClient(HttpClient&& other) noexcept
    : url_(std::move(other.url_)),
      key_(std::move(other.key_)),
      timeout_(other.timeout_),
      curl_(std::exchange(other.curl_, nullptr)) {}

HttpClient::~HttpClient() {
  if (curl_) curl_easy_cleanup(curl_);
}

Answer HttpClient::Send(const std::string& method, const std::string& path, const std::string& body,
                        const Headers& headers) {
  curl_easy_reset(curl_);  // keeps the connection
  Headers all;
  if (!key_.empty()) all["Authorization"] = "Bearer " + key_;
  if (method != "GET") all["Content-Type"] = "application/json";
  for (const auto& [name, value] : headers) all[name] = value;
  curl_slist* list = curl_slist_append(nullptr, "Expect:");
  for (const auto& [name, value] : all)
    list = curl_slist_append(list, (value.empty() ? name + ":" : name + ": " + value).c_str());
  curl_easy_setopt(curl_, CURLOPT_URL, (url_ + path).c_str());
  curl_easy_setopt(curl_, CURLOPT_PATH_AS_IS, 1L);
  curl_easy_setopt(curl_, CURLOPT_HTTPHEADER, list);
  curl_easy_setopt(curl_, CURLOPT_TIMEOUT_MS, static_cast<long>(absl::ToInt64Milliseconds(timeout_)));
  if (method != "GET") {
    curl_easy_setopt(curl_, CURLOPT_POST, 1L);
    curl_easy_setopt(curl_, CURLOPT_POSTFIELDS, body.data());
    curl_easy_setopt(curl_, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
    curl_easy_setopt(curl_, CURLOPT_CUSTOMREQUEST, method.c_str());
  }
  Answer answer;
  Perform(curl_, answer);
  curl_slist_free_all(list);
  return answer;
}

Answer GetOverSocket(const std::string& socket, const std::string& path) {
  InitCurl();
  CURL* curl = curl_easy_init();
  curl_easy_setopt(curl, CURLOPT_UNIX_SOCKET_PATH, socket.c_str());
  curl_easy_setopt(curl, CURLOPT_URL, ("http://localhost" + path).c_str());
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, 5000L);
  Answer answer;
  Perform(curl, answer);
  curl_easy_cleanup(curl);
  return answer;
}

std::string Escape(const std::string& text) {
  std::string out;
  for (const unsigned char c : text) {
    if (absl::ascii_isalnum(c) || c == '-' || c == '.' || c == '_' || c == '~')
      out += static_cast<char>(c);
    else
      absl::StrAppend(&out, "%", absl::Hex(c, absl::kZeroPad2));
  }
  return out;
}

}  // namespace hoiam::testing
