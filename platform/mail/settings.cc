#include "platform/mail/settings.h"

#include <curl/curl.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "platform/mail/message.h"

namespace hoiam::mail {
namespace {

// smtp:// or smtps:// with a host and perhaps a port, nothing else. Answers the host; "" when it is something else.
std::string HostOf(const std::string& url) {
  CURLU* const u = curl_url();
  std::string host;
  if (curl_url_set(u, CURLUPART_URL, url.c_str(), 0) == CURLUE_OK) {
    const auto part = [u](CURLUPart which) {
      char* text = nullptr;
      const bool there = curl_url_get(u, which, &text, 0) == CURLUE_OK;
      const std::string out = there ? text : "";
      curl_free(text);
      return out;
    };
    const std::string path = part(CURLUPART_PATH);
    if ((path.empty() || path == "/") && part(CURLUPART_USER).empty() && part(CURLUPART_PASSWORD).empty() &&
        part(CURLUPART_QUERY).empty() && part(CURLUPART_FRAGMENT).empty())
      host = part(CURLUPART_HOST);
  }
  curl_url_cleanup(u);
  return host;
}

bool IsThisMachine(const std::string& host) {
  return host == "localhost" || host == "[::1]" || absl::StartsWith(host, "127.");
}

}  // namespace

Settings ReadSettings(config::Env& env) {
  Settings s;
  const std::string how = env.String("HOIAM_MAIL", "file");
  const std::string state = env.String("HOIAM_STATE_DIR", "");
  s.dir = env.String("HOIAM_MAIL_DIR", state.empty() ? "" : absl::StrCat(state, "/mail"));
  s.from = env.String("HOIAM_MAIL_FROM", "");
  s.smtp.starttls = env.Flag("HOIAM_SMTP_STARTTLS", false);
  s.smtp.user = env.String("HOIAM_SMTP_USER", "");
  if (!s.smtp.user.empty()) s.smtp.password = env.SecretFile("HOIAM_SMTP_PASSWORD_FILE", 1);
  s.smtp.ca_file = env.String("HOIAM_SMTP_CA_FILE", "");
  s.files = how == "file";
  if (s.files) {
    if (s.dir.empty())
      env.Problem("HOIAM_MAIL_DIR", "must be set while HOIAM_MAIL is file: the folder that mails go into");
    if (s.from.empty()) s.from = "hoiam@localhost";
  } else {
    s.smtp.url = how;
    const bool tls = absl::StartsWith(how, "smtps://"), plain = absl::StartsWith(how, "smtp://");
    const std::string host = tls || plain ? HostOf(how) : "";
    if (host.empty())
      env.Problem("HOIAM_MAIL", "must be file, smtp://host:port or smtps://host:port");
    else if (tls && s.smtp.starttls)
      env.Problem("HOIAM_SMTP_STARTTLS", "is for smtp://; smtps:// is encrypted from its first byte");
    else if (!tls && !s.smtp.starttls && !s.smtp.user.empty() && !IsThisMachine(host))
      env.Problem("HOIAM_SMTP_USER", "the password would be sent in the clear: use smtps://, or HOIAM_SMTP_STARTTLS=1");
    if (s.from.empty()) env.Problem("HOIAM_MAIL_FROM", "must be set: the address that mail comes from");
  }
  if (!s.from.empty() && !IsAddress(s.from))
    env.Problem("HOIAM_MAIL_FROM", "must be a mail address, e.g. khaosat@example.vn");
  return s;
}

std::unique_ptr<Transport> MakeTransport(const Settings& settings) {
  return settings.files ? IntoFolder(settings.dir) : OverSmtp(settings.smtp);
}

}  // namespace hoiam::mail
