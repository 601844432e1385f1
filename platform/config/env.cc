#include "platform/config/env.h"

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace hoiam::config {
namespace {

std::string FromProcess(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

}  // namespace

Env::Env() : Env(&FromProcess) {}
Env::Env(std::string (*lookup)(const char*)) : lookup_(lookup) {}

std::string Env::Get(const char* name) {
  names_.push_back(name);
  return lookup_(name);
}

void Env::Problem(absl::string_view name, absl::string_view what) {
  problems_.push_back(absl::StrCat(name, ": ", what));
}

std::string Env::String(const char* name, absl::string_view fallback) {
  std::string value = Get(name);
  return value.empty() ? std::string(fallback) : value;
}

std::string Env::Required(const char* name, absl::string_view what_for) {
  std::string value = Get(name);
  if (value.empty()) Problem(name, absl::StrCat("must be set: ", what_for));
  return value;
}

int Env::Int(const char* name, int fallback, int min, int max) {
  const std::string value = Get(name);
  if (value.empty()) return fallback;
  int n = 0;
  if (absl::SimpleAtoi(value, &n) && n >= min && n <= max) return n;
  Problem(name, absl::StrCat("must be a number from ", min, " to ", max, ", not \"", value, "\""));
  return fallback;
}

bool Env::Flag(const char* name, bool fallback) {
  const std::string value = Get(name);
  if (value == "1" || value == "true") return true;
  if (value == "0" || value == "false") return false;
  if (!value.empty()) Problem(name, absl::StrCat("must be 0 or 1, not \"", value, "\""));
  return fallback;
}

std::string Env::PublicUrl() {
  const int port = Int("HOIAM_HTTP_PORT", 8080, 0, 65535);
  std::string url = String("HOIAM_PUBLIC_URL", absl::StrCat("http://127.0.0.1:", port));
  while (absl::EndsWith(url, "/")) url.pop_back();
  if (!absl::StartsWith(url, "http://") && !absl::StartsWith(url, "https://"))
    Problem("HOIAM_PUBLIC_URL", "must begin with http:// or https://");
  return url;
}

std::string Env::SecretFile(const char* name, size_t min_bytes) {
  const std::string path = Get(name);
  if (path.empty()) return Problem(name, "must name a file that holds the secret"), "";
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  if (!in) return Problem(name, absl::StrCat("cannot read ", path)), "";
  std::string secret = text.str();
  while (!secret.empty() && (secret.back() == '\n' || secret.back() == '\r')) secret.pop_back();
  if (secret.size() < min_bytes)
    Problem(name, absl::StrCat("the secret in ", path, " is shorter than ", min_bytes, " bytes"));
  return secret;
}

absl::TimeZone Env::Zone(const char* name, absl::string_view fallback) {
  const std::string value = String(name, fallback);
  absl::TimeZone zone;
  if (!absl::LoadTimeZone(value, &zone))
    Problem(name, absl::StrCat("\"", value, "\" is no IANA time zone, e.g. Asia/Ho_Chi_Minh"));
  return zone;
}

}  // namespace hoiam::config
