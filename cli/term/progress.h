// How far a long piece of work is: a bar that is rewritten in place on a terminal, a plain line at every tenth
// otherwise.
#pragma once

#include <cstdint>
#include <ostream>
#include <string>

#include "cli/term/lang.h"

namespace hoiam::cli {

class Progress {
 public:
  // `total` 0: not known yet.
  Progress(std::ostream& out, bool tty, const Say& say, std::string title, int64_t total);
  void Update(int64_t done);
  // Takes the bar away, so that something else can be printed; the next Update brings it back.
  void Clear();
  // Leaves the last state on a line of its own.
  void Finish();

 private:
  std::string Line() const;
  std::ostream& out_;
  const bool tty_;
  const Say& say_;
  const std::string title_;
  const int64_t total_;
  int64_t done_ = 0;
  int64_t shown_tenth_ = -1;
  bool on_screen_ = false;
};

}  // namespace hoiam::cli
