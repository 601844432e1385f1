#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "platform/mail/transport.h"

namespace hoiam::mail {
namespace {

bool WriteAll(int fd, const std::string& bytes) {
  for (size_t at = 0; at < bytes.size();) {
    const ssize_t n = write(fd, bytes.data() + at, bytes.size() - at);
    if (n < 0 && errno != EINTR) return false;
    if (n > 0) at += static_cast<size_t>(n);
  }
  return true;
}

class Folder final : public Transport, public Connection {
 public:
  explicit Folder(std::string dir) : dir_(std::move(dir)) {}
  std::unique_ptr<Connection> Connect() const override { return std::make_unique<Folder>(dir_); }

  Outcome Send(const Envelope& envelope, const std::string& bytes) override {
    std::error_code ignored;
    if (std::filesystem::create_directories(dir_, ignored)) chmod(dir_.c_str(), 0700);
    const std::string name = envelope.id.substr(0, envelope.id.find('@'));
    if (absl::StrContains(name, '/')) return {Outcome::kNotNow, "an id with a slash names no file"};
    const std::string to = absl::StrCat(dir_, "/", name, ".eml"), partly = absl::StrCat(to, ".", getpid());
    const int fd = open(partly.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    bool done = fd >= 0 && WriteAll(fd, bytes);
    if (fd >= 0) done = close(fd) == 0 && done;
    if (done && std::rename(partly.c_str(), to.c_str()) == 0) return {Outcome::kTaken, ""};
    const std::string why = absl::StrCat("cannot write the mail: ", std::strerror(errno));
    unlink(partly.c_str());
    return {Outcome::kNoServer, why};
  }

 private:
  const std::string dir_;
};

}  // namespace

std::unique_ptr<Transport> IntoFolder(std::string dir) { return std::make_unique<Folder>(std::move(dir)); }

}  // namespace hoiam::mail
