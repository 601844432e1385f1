#include <curl/curl.h>

#include <algorithm>
#include <cstring>
#include <mutex>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "platform/base/text.h"
#include "platform/mail/transport.h"

namespace hoiam::mail {
namespace {

constexpr absl::Duration kConnectWithin = absl::Seconds(10);
constexpr absl::Duration kKeepIdle = absl::Seconds(60);  // servers hang up after minutes
constexpr size_t kMaxWhy = 300;

// What was said last about a mail: parting words are not.
struct Dialogue {
  std::string command;  // its first word
  std::string reply;    // "550 5.1.1 no such user"
  bool over = false;
};

int Listen(CURL*, curl_infotype type, char* data, size_t size, void* to) {
  auto& said = *static_cast<Dialogue*>(to);
  const absl::string_view line(data, size);
  if (type == CURLINFO_HEADER_OUT && absl::StartsWith(line, "QUIT")) said.over = true;
  if (said.over) return 0;
  if (type == CURLINFO_HEADER_OUT) said.command = std::string(line.substr(0, line.find_first_of(" \r\n")));
  if (type == CURLINFO_HEADER_IN) said.reply = std::string(absl::StripAsciiWhitespace(line));
  return 0;
}

struct Source {
  const std::string* bytes;
  size_t at = 0;
};

size_t Read(char* to, size_t size, size_t n, void* from) {
  auto& source = *static_cast<Source*>(from);
  const size_t count = std::min(size * n, source.bytes->size() - source.at);
  std::memcpy(to, source.bytes->data() + source.at, count);
  source.at += count;
  return count;
}

size_t Ignore(char*, size_t size, size_t n, void*) { return size * n; }

std::string OneLine(std::string text) {
  for (char& c : text)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  text.resize(std::min(text.size(), kMaxWhy));
  while (!IsUtf8(text)) text.pop_back();
  return text;
}

// A refusal for good, and of what: RFC 5321 §4.2, RFC 3463.
Outcome Understand(const Dialogue& said, CURLcode code) {
  const bool for_good = absl::StartsWith(said.reply, "5");
  // 5.7.x is about who may send what, 5.3.x about the server: neither says that there is no such mailbox.
  const bool of_policy =
      said.reply.size() > 7 && (said.reply.compare(4, 4, "5.7.") == 0 || said.reply.compare(4, 4, "5.3.") == 0);
  const std::string why =
      OneLine(for_good || absl::StartsWith(said.reply, "4") ? absl::StrCat(said.command, ": ", said.reply)
                                                            : curl_easy_strerror(code));
  if (for_good && said.command == "RCPT" && !of_policy) return {Outcome::kNoMailbox, why};
  // The answer to the content comes when DATA was the last command.
  if (for_good && said.command == "DATA") return {Outcome::kRefusedMail, why};
  return {said.command == "RCPT" || said.command == "DATA" ? Outcome::kNotNow : Outcome::kNoServer, why};
}

class SmtpConnection final : public Connection {
 public:
  explicit SmtpConnection(const SmtpOptions& options) : curl_(curl_easy_init()) {
    const auto set = [this](CURLoption option, auto value) { curl_easy_setopt(curl_, option, value); };
    set(CURLOPT_URL, options.url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    set(CURLOPT_PROXY, "");
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_USE_SSL, static_cast<long>(options.starttls ? CURLUSESSL_ALL : CURLUSESSL_NONE));
    if (!options.ca_file.empty()) set(CURLOPT_CAINFO, options.ca_file.c_str());
    if (!options.user.empty()) {
      set(CURLOPT_USERNAME, options.user.c_str());
      set(CURLOPT_PASSWORD, options.password.c_str());
    }
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(absl::ToInt64Milliseconds(kConnectWithin)));
    set(CURLOPT_MAXAGE_CONN, static_cast<long>(absl::ToInt64Seconds(kKeepIdle)));
    set(CURLOPT_UPLOAD, 1L);
    set(CURLOPT_READFUNCTION, &Read);
    set(CURLOPT_WRITEFUNCTION, &Ignore);
    set(CURLOPT_VERBOSE, 1L);  // to the dialogue, not to a log
    set(CURLOPT_DEBUGFUNCTION, &Listen);
    set(CURLOPT_DEBUGDATA, &said_);
  }
  ~SmtpConnection() override { curl_easy_cleanup(curl_); }
  SmtpConnection(const SmtpConnection&) = delete;
  SmtpConnection& operator=(const SmtpConnection&) = delete;

  Outcome Send(const Envelope& envelope, const std::string& bytes) override {
    const Outcome first = Try(envelope, bytes, kSendWithin / 2);
    long connects = 1;
    curl_easy_getinfo(curl_, CURLINFO_NUM_CONNECTS, &connects);
    // A connection that was kept may have ended meanwhile: that says nothing about the server.
    if (first.code == Outcome::kNoServer && connects == 0 && said_.reply.empty())
      return Try(envelope, bytes, kSendWithin / 2);
    return first;
  }

 private:
  Outcome Try(const Envelope& envelope, const std::string& bytes, absl::Duration within) {
    said_ = {};
    Source source{&bytes};
    curl_slist* to = curl_slist_append(nullptr, absl::StrCat("<", envelope.to, ">").c_str());
    curl_easy_setopt(curl_, CURLOPT_MAIL_FROM, absl::StrCat("<", envelope.from, ">").c_str());
    curl_easy_setopt(curl_, CURLOPT_MAIL_RCPT, to);
    curl_easy_setopt(curl_, CURLOPT_READDATA, &source);
    curl_easy_setopt(curl_, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(bytes.size()));
    curl_easy_setopt(curl_, CURLOPT_TIMEOUT_MS, static_cast<long>(absl::ToInt64Milliseconds(within)));
    const CURLcode code = curl_easy_perform(curl_);
    curl_easy_setopt(curl_, CURLOPT_MAIL_RCPT, nullptr);
    curl_slist_free_all(to);
    return code == CURLE_OK ? Outcome{Outcome::kTaken, ""} : Understand(said_, code);
  }

  CURL* const curl_;
  Dialogue said_;
};

class Smtp final : public Transport {
 public:
  explicit Smtp(SmtpOptions options) : options_(std::move(options)) {
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
  }
  std::unique_ptr<Connection> Connect() const override { return std::make_unique<SmtpConnection>(options_); }

 private:
  const SmtpOptions options_;
};

}  // namespace

std::unique_ptr<Transport> OverSmtp(SmtpOptions options) { return std::make_unique<Smtp>(std::move(options)); }

}  // namespace hoiam::mail
