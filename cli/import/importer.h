// Sends the files of an import to a suite in batches, several at once, and tells what became of every row.
#pragma once

#include <cstdint>
#include <ostream>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "absl/status/status.h"
#include "cli/api/client.h"
#include "cli/import/rows.h"
#include "cli/term/lang.h"
#include "platform/base/clock.h"

namespace hoiam::cli {

struct ImportOptions {
  Target target;         // not used by a dry run
  bool dry_run = false;  // checks every row and sends nothing
  bool tty = false;
};

// What became of one file.
struct FileSummary {
  std::string file;
  int64_t rows = 0;    // read, the header left out
  int64_t sent = 0;    // stored by the server; in a dry run: found good
  int64_t failed = 0;  // each was told with file, line, id, field and reason
};

class Importer {
 public:
  Importer(ImportOptions options, const Clock& clock, const Say& say, std::ostream& out, std::ostream& err);

  // Loads one file. Customers before interactions before responses: a dry run compares references with the files
  // before. A failure means that the rest was not tried: the file cannot be read, or the server refuses or is gone.
  // Running it again is always safe, because every row has an id.
  absl::Status Load(const CustomerKind& kind, const std::string& file);
  absl::Status Load(const InteractionKind& kind, const std::string& file);
  absl::Status Load(const ResponseKind& kind, const std::string& file);

  // Returns once everything that was sent is counted in scores and history.
  absl::Status WaitUntilCounted();

  const std::vector<FileSummary>& summaries() const { return summaries_; }
  bool any_failed() const;

 private:
  template <class K>
  absl::Status LoadFile(const K& kind, const std::string& file);
  template <class K>
  class Sending;

  // Adds to `violations` what a row names and the files before do not have.
  void CheckReferences(const survey::v1::Customer& item, Violations& violations);
  void CheckReferences(const survey::v1::RecordInteractionRequest& item, Violations& violations);
  void CheckReferences(const survey::v1::CreateResponseRequest& item, Violations& violations);

  const ImportOptions options_;
  const Clock& clock_;
  const Say& say_;
  std::ostream& out_;
  std::ostream& err_;
  std::vector<FileSummary> summaries_;
  std::vector<std::string> tokens_;
  std::unordered_map<std::string, std::string> interactions_;  // id → customer, of the files loaded so far
  bool has_interactions_ = false;
};

// Waits until everything that `tokens` stand for is counted; tries again as long as the server says PROJECTION_BEHIND.
absl::Status WaitUntilCounted(Client& client, const std::vector<std::string>& tokens);

}  // namespace hoiam::cli
