// Names in braces in the texts of a survey: {brand}, {xungHo}, at the head of a sentence {XungHo}, and the properties
// of the interaction ({store}, {order}, …). {name|words} gives the words where there is no such property.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace hoiam::survey {

// Gives the value of a name; nullopt when there is none.
using PlaceholderValue = std::function<std::optional<std::string>(absl::string_view name)>;

// A name without a value and without words goes, together with the blank before it, so that no brace is ever shown to a
// customer.
std::string FillPlaceholders(absl::string_view text, const PlaceholderValue& value);

// With a great first letter: "anh/chị" → "Anh/chị".
std::string Capitalised(absl::string_view text);

// How people are addressed where a text leaves it open.
inline constexpr absl::string_view kAddressVi = "anh/chị";
inline constexpr absl::string_view kAddressEn = "you";

}  // namespace hoiam::survey
