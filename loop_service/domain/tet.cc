#include "loop_service/domain/tet.h"

#include <array>

namespace hoiam::loop {
namespace {

struct MonthDay {
  int month, day;
};

struct LunarYear {
  MonthDay tet, hung_kings;
};

// Computed from the positions of the sun and the moon (new moons, and the solstice of winter in the eleventh month), by
// the days of UTC+7. No new moon that decides one of these days is within a quarter of an hour of midnight.
constexpr std::array<LunarYear, kLastTetYear - kFirstTetYear + 1> kYears = {
    LunarYear{{1, 25}, {4, 2}},   // 2020
    LunarYear{{2, 12}, {4, 21}},  // 2021
    LunarYear{{2, 1}, {4, 10}},   // 2022
    LunarYear{{1, 22}, {4, 29}},  // 2023
    LunarYear{{2, 10}, {4, 18}},  // 2024
    LunarYear{{1, 29}, {4, 7}},   // 2025
    LunarYear{{2, 17}, {4, 26}},  // 2026
    LunarYear{{2, 6}, {4, 16}},   // 2027
    LunarYear{{1, 26}, {4, 4}},   // 2028
    LunarYear{{2, 13}, {4, 23}},  // 2029
    LunarYear{{2, 2}, {4, 12}},   // 2030
    LunarYear{{1, 23}, {4, 1}},   // 2031
    LunarYear{{2, 11}, {4, 19}},  // 2032
    LunarYear{{1, 31}, {4, 9}},   // 2033
    LunarYear{{2, 19}, {4, 28}},  // 2034
    LunarYear{{2, 8}, {4, 17}},   // 2035
    LunarYear{{1, 28}, {4, 6}},   // 2036
    LunarYear{{2, 15}, {4, 24}},  // 2037
    LunarYear{{2, 4}, {4, 13}},   // 2038
    LunarYear{{1, 24}, {4, 3}},   // 2039
    LunarYear{{2, 12}, {4, 20}},  // 2040
    LunarYear{{2, 1}, {4, 10}},   // 2041
    LunarYear{{1, 22}, {4, 29}},  // 2042
    LunarYear{{2, 10}, {4, 19}},  // 2043
    LunarYear{{1, 30}, {4, 7}},   // 2044
    LunarYear{{2, 17}, {4, 26}},  // 2045
    LunarYear{{2, 6}, {4, 15}},   // 2046
    LunarYear{{1, 26}, {4, 4}},   // 2047
    LunarYear{{2, 14}, {4, 22}},  // 2048
    LunarYear{{2, 2}, {4, 11}},   // 2049
    LunarYear{{1, 23}, {4, 1}},   // 2050
    LunarYear{{2, 11}, {4, 20}},  // 2051
    LunarYear{{2, 1}, {4, 9}},    // 2052
    LunarYear{{2, 18}, {4, 28}},  // 2053
    LunarYear{{2, 8}, {4, 17}},   // 2054
    LunarYear{{1, 28}, {4, 6}},   // 2055
    LunarYear{{2, 15}, {4, 24}},  // 2056
    LunarYear{{2, 4}, {4, 13}},   // 2057
    LunarYear{{1, 24}, {4, 2}},   // 2058
    LunarYear{{2, 12}, {4, 21}},  // 2059
    LunarYear{{2, 2}, {4, 10}},   // 2060
};

const LunarYear* Find(int year) {
  return year < kFirstTetYear || year > kLastTetYear ? nullptr : &kYears[year - kFirstTetYear];
}

}  // namespace

std::optional<absl::CivilDay> TetDay(int year) {
  const LunarYear* found = Find(year);
  if (!found) return std::nullopt;
  return absl::CivilDay(year, found->tet.month, found->tet.day);
}

std::optional<absl::CivilDay> HungKingsDay(int year) {
  const LunarYear* found = Find(year);
  if (!found) return std::nullopt;
  return absl::CivilDay(year, found->hung_kings.month, found->hung_kings.day);
}

}  // namespace hoiam::loop
