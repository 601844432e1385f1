// A mail that came, as far as somebody who answers it needs: who wrote what, and whether it was a person.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace hoiam::mail {

struct Received {
  std::string id;                       // Message-ID without brackets; may be empty
  std::string from;                     // the first address of From; may be empty
  std::vector<std::string> to;          // addresses of Delivered-To, X-Original-To, To and Cc, in that order
  std::vector<std::string> references;  // Message-IDs of In-Reply-To and References, without brackets
  std::string subject;                  // on one line
  // What was written, of the first part that is text; of HTML where there is no plain text. UTF-8 (NFC), lines ended by
  // LF, quotes and signature still in it.
  std::string text;
  bool automatic = false;  // a machine says that it wrote it: out of office, delivery report, list
  bool report = false;     // one about delivery, or without a sender: it comes from nobody's address
};

// INVALID_ARGUMENT for what has no headers at all. Whatever else is wrong with a mail is read as well as it can be:
// unknown charsets as windows-1258, and what is still no UTF-8 by U+FFFD.
absl::StatusOr<Received> Parse(absl::string_view bytes);

// What the sender wrote now: without what it answers (in the ways in which mail programs quote in Vietnamese and
// English), without signature, without blank lines around it. Where nothing is left, without the quoted lines only.
std::string NewWords(absl::string_view text);

// The words of HTML: blocks on lines of their own, quoted ones begun by "> "; no styles, scripts or comments. Never
// fails.
std::string TextOfHtml(absl::string_view html);

}  // namespace hoiam::mail
