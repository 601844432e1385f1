// A text in the languages that Hoiam speaks.
#pragma once

#include <string>

namespace hoiam::survey {

struct Words {
  std::string vi;
  std::string en;
  bool empty() const { return vi.empty() && en.empty(); }
};

}  // namespace hoiam::survey
