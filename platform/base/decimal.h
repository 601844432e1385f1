// Money: exact decimals with 6 digits after the point in 128 bits. Never double.
#pragma once

#include <optional>
#include <string>

#include "absl/numeric/int128.h"
#include "absl/strings/string_view.h"

namespace hoiam {

// A number of millionths. Sums of up to 10^20 amounts of 18 digits fit.
class Decimal {
 public:
  Decimal() = default;
  static Decimal FromMicros(absl::int128 micros) { return Decimal(micros); }
  // "-?digits(.digits)?", ≤ 18 digits in all, ≤ 6 after the point; nullopt otherwise.
  static std::optional<Decimal> ParseAmount(absl::string_view text);
  // As a database writes DECIMAL(38,6); nullopt when it is no such text.
  static std::optional<Decimal> ParseStored(absl::string_view text);

  absl::int128 micros() const { return micros_; }
  bool is_zero() const { return micros_ == 0; }
  // Canonical: no trailing zeros after the point, no "-0".
  std::string ToString() const;
  // With 6 digits after the point.
  std::string ToStored() const;

  Decimal& operator+=(Decimal o) { return micros_ += o.micros_, *this; }
  Decimal& operator-=(Decimal o) { return micros_ -= o.micros_, *this; }
  friend Decimal operator+(Decimal a, Decimal b) { return a += b; }
  friend Decimal operator-(Decimal a, Decimal b) { return a -= b; }
  friend Decimal operator-(Decimal a) { return Decimal(-a.micros_); }
  friend bool operator==(Decimal a, Decimal b) { return a.micros_ == b.micros_; }
  friend bool operator!=(Decimal a, Decimal b) { return !(a == b); }

 private:
  explicit Decimal(absl::int128 micros) : micros_(micros) {}
  absl::int128 micros_ = 0;
};

}  // namespace hoiam
