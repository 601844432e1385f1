// The words after a command.
#pragma once

#include <initializer_list>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace hoiam::cli {

class Args {
 public:
  // `valued` take a value ("--metric NPS" or "--metric=NPS"), `flags` take none. After "--" everything is a plain word.
  // INVALID_ARGUMENT names the first word that is not known, or lacks its value, or is given twice.
  static absl::StatusOr<Args> Parse(const std::vector<std::string>& words, std::initializer_list<const char*> valued,
                                    std::initializer_list<const char*> flags);

  const std::vector<std::string>& words() const { return words_; }
  bool Has(const std::string& name) const { return flags_.count(name) || values_.count(name); }
  std::string Value(const std::string& name, absl::string_view fallback = "") const;

 private:
  std::vector<std::string> words_;
  std::map<std::string, std::string> values_;
  std::set<std::string> flags_;
};

}  // namespace hoiam::cli
