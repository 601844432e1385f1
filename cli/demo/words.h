// The words the demo shop is made of: names, shops, products, and what customers say.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace hoiam::cli {

struct ShopName {
  const char *team, *name;
};
// The 12 shops.
const std::vector<ShopName>& Shops();
// Index into Shops().
int ShopIndex(const char* team);

struct Product {
  const char* name;
  int64_t price_vnd;
};
const std::vector<Product>& Products();
inline constexpr char kAirFryer[] = "Nồi chiên không dầu";

const std::vector<std::string>& FamilyNames();
const std::vector<std::string>& WomensNames();
const std::vector<std::string>& MensNames();

// What one customer said: an NPS score, a touchpoint and the very words.
struct Verbatim {
  int score;
  const char* touchpoint;
  const char* text;
};
// Each is in the demo once, at its touchpoint and with its score.
const std::vector<Verbatim>& Verbatims();

// Plain words for everybody else, by touchpoint and by how content they are; may be empty.
enum class Mood { kUnhappy, kSoSo, kHappy };
const std::vector<std::string>& Remarks(const std::string& touchpoint, Mood mood);
// Of the delivery partner's bad weeks.
const std::vector<std::string>& LateRemarks();
// Of the air fryers of the bad lot.
const std::vector<std::string>& BadLotRemarks();
// Of one shop's staff.
const std::vector<std::string>& AttitudeRemarks();

}  // namespace hoiam::cli
