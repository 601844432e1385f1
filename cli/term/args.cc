#include "cli/term/args.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace hoiam::cli {

absl::StatusOr<Args> Args::Parse(const std::vector<std::string>& words, std::initializer_list<const char*> valued,
                                 std::initializer_list<const char*> flags) {
  const auto in = [](std::initializer_list<const char*> names, const std::string& name) {
    return std::any_of(names.begin(), names.end(), [&](const char* n) { return name == n; });
  };
  Args args;
  for (size_t i = 0; i < words.size(); ++i) {
    if (words[i] == "--") {
      args.words_.insert(args.words_.end(), words.begin() + i + 1, words.end());
      break;
    }
    if (!absl::StartsWith(words[i], "--")) {
      args.words_.push_back(words[i]);
      continue;
    }
    const auto equals = words[i].find('=');
    const std::string name = words[i].substr(2, equals == std::string::npos ? equals : equals - 2);
    if (args.Has(name)) return absl::InvalidArgumentError(absl::StrCat("--", name, " is given twice"));
    if (in(flags, name) && equals == std::string::npos) {
      args.flags_.insert(name);
    } else if (!in(valued, name)) {
      return absl::InvalidArgumentError(absl::StrCat("no such option: ", words[i]));
    } else if (equals != std::string::npos) {
      args.values_[name] = words[i].substr(equals + 1);
    } else if (i + 1 == words.size()) {
      return absl::InvalidArgumentError(absl::StrCat("--", name, " needs a value"));
    } else {
      args.values_[name] = words[++i];
    }
  }
  return args;
}

std::string Args::Value(const std::string& name, absl::string_view fallback) const {
  const auto it = values_.find(name);
  return it == values_.end() ? std::string(fallback) : it->second;
}

}  // namespace hoiam::cli
