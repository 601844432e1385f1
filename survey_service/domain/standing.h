// The scores that one customer has given for one metric, in order of time: what the answer before was is read here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace hoiam::survey {

class Standing {
 public:
  // A score that was given.
  struct Given {
    absl::Time at;
    int score;
  };

  Standing() = default;
  // nullopt when the bytes are not those of Serialize.
  static std::optional<Standing> Parse(absl::string_view bytes);
  // 17 bytes a score.
  std::string Serialize() const;

  // The latest score given strictly before `at`, wherever in time the others lie and in whatever order they came.
  std::optional<Given> Before(absl::Time at) const;

  // Each returns whether anything changed. The newest kMaxStanding scores are kept; an answer older than all of them
  // finds none before it.
  bool Set(absl::string_view response_id, absl::Time at, int score);
  bool Remove(absl::string_view response_id, absl::Time at);

  bool empty() const { return entries_.empty(); }

 private:
  struct Entry {
    int64_t micros;
    uint64_t id;  // first 8 bytes of the response id's SHA-256
    int8_t score;
  };
  std::vector<Entry>::iterator Find(int64_t micros, uint64_t id);
  std::vector<Entry> entries_;  // by micros, then id
};

}  // namespace hoiam::survey
