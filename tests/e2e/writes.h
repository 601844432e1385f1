// One write of each kind that the public API has.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tests/e2e/api.h"

namespace hoiam::testing {

struct Call {
  std::string method, path, body;
};

struct Write {
  std::string schema;  // where its effect is
  // `i` makes each call one of its own.
  std::function<Call(const std::string& i)> call;
  // Another request of the same method.
  std::function<Call(const std::string& i)> other;
  // What must be there before.
  std::function<void(Api&, const std::string& i)> prepare = [](Api&, const std::string&) {};
};

// `case_of` answers the id of an open case of i's own.
std::vector<Write> Writes(const std::function<std::string(const std::string& i)>& case_of);

}  // namespace hoiam::testing
