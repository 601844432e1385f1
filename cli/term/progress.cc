#include "cli/term/progress.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "cli/term/table.h"

namespace hoiam::cli {

Progress::Progress(std::ostream& out, bool tty, const Say& say, std::string title, int64_t total)
    : out_(out), tty_(tty), say_(say), title_(std::move(title)), total_(total) {}

std::string Progress::Line() const {
  if (total_ == 0) return absl::StrCat(title_, "  ", say_.Count(done_));
  const double share = static_cast<double>(done_) / static_cast<double>(total_);
  const int64_t percent = done_ * 100 / total_;  // rounded down: 100 % is the end
  return absl::StrCat(title_, "  ", Bar({share, 1 - share}, 24), "  ", say_.Count(done_), "/", say_.Count(total_), "  ",
                      percent, "%");
}

void Progress::Update(int64_t done) {
  done_ = done;
  if (tty_) {
    out_ << "\r\033[K" << Line() << std::flush;
    on_screen_ = true;
    return;
  }
  const int64_t tenth = total_ == 0 ? 0 : done_ * 10 / total_;
  if (tenth <= shown_tenth_) return;
  shown_tenth_ = tenth;
  out_ << Line() << std::endl;
}

void Progress::Clear() {
  if (on_screen_) out_ << "\r\033[K" << std::flush;
  on_screen_ = false;
}

void Progress::Finish() {
  if (!tty_) return;
  Clear();
  out_ << Line() << std::endl;
}

}  // namespace hoiam::cli
