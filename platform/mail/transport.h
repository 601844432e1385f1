// How a mail leaves: over SMTP, or as a file in a folder.
#pragma once

#include <memory>
#include <string>

#include "absl/time/time.h"

namespace hoiam::mail {

struct Envelope {
  std::string id;        // of the message
  std::string from, to;  // addresses
};

struct Outcome {
  enum Code {
    kTaken,        // the server has it and answers for it now
    kNoMailbox,    // nobody can be reached at that address, now or later
    kRefusedMail,  // this mail is not wanted; another one may be
    kNotNow,       // this mail must be tried again later
    kNoServer,     // as all others: the server cannot be reached, or does not let us in
  };
  Code code = kNoServer;
  std::string why;  // what the server said, on one line; "" when it was taken
};

// For one thread.
class Connection {
 public:
  virtual ~Connection() = default;
  // `bytes` is what Compose made. Blocks, for at most kSendWithin.
  virtual Outcome Send(const Envelope& envelope, const std::string& bytes) = 0;
};

class Transport {
 public:
  virtual ~Transport() = default;
  virtual std::unique_ptr<Connection> Connect() const = 0;
};

inline constexpr absl::Duration kSendWithin = absl::Seconds(20);

struct SmtpOptions {
  std::string url;             // smtp://host[:port] or smtps://host[:port]
  bool starttls = false;       // smtp:// only: no mail without it
  std::string user, password;  // may be empty
  std::string ca_file;         // certificates to trust; "": the system's
};

// Connections stay open between mails.
std::unique_ptr<Transport> OverSmtp(SmtpOptions options);

// One file ID.eml per mail, of which everybody but us is kept out: a mail that is sent again is the same file again.
// `dir` is made when it is missing.
std::unique_ptr<Transport> IntoFolder(std::string dir);

}  // namespace hoiam::mail
