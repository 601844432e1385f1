// Bodies of rows: resources as they were serialized when they were stored.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"

namespace hoiam::scoring {

template <class Message>
absl::StatusOr<Message> ParseStored(const std::string& body) {
  Message m;
  if (!m.ParseFromString(body))
    return absl::InternalError(absl::StrCat("a stored ", m.GetTypeName(), " cannot be read"));
  return m;
}

}  // namespace hoiam::scoring
