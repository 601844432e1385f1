// The checker of fault runs: what was acknowledged against what is found afterwards. Pure, so that a test can show it
// go red on doctored data.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "tests/e2e/api.h"

namespace hoiam::testing {

// NPS answers by id, and what was done with cases.
struct Sent {
  std::map<std::string, int> attempted;     // every answer that was sent at least once: id → score
  std::map<std::string, int> acknowledged;  // those that were answered with success
  std::map<std::string, std::string>
      moves;  // moves of cases that were answered with success: note (one word) → case id
};

struct FoundCase {
  std::string id;
  struct Answer {
    std::string response_id, role;
  };
  std::vector<Answer> answers;
  std::vector<int64_t> versions;  // of its history, in order
  struct Line {
    std::string action, from, to, note;
  };
  std::vector<Line> lines;  // the same
};

struct Found {
  std::vector<std::pair<std::string, int>> responses;  // GET /v1/responses, every page
  std::map<int, int64_t> distribution;                 // GET /v1/scores: score → n
  int64_t rollup_n = 0;
  std::vector<FoundCase> cases;  // GET /v1/cases, every page
};

// One line for each promise that is broken:
//   I1  an acknowledged answer is not stored, or stored with another score
//   I2  an answer is stored twice, or was never sent
//   I3  the rollup does not count what is stored
//   I4  a detractor's answer has not exactly one row in a case, or another answer has one
//   I5  a case's versions have a gap, it was not opened exactly once, a line of its history does not begin where the
//   one
//       before ended, an acknowledged move is not there exactly once, or something due was done twice
std::vector<std::string> BrokenPromises(const Sent& sent, const Found& found);

// Reads everything back through the public API.
Found FindAll(Api& api, const std::vector<std::string>& tokens);

}  // namespace hoiam::testing
