// From a sender's JSON to interactions, by the mapping that the tenant wrote: values in, values out.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "gateway/inbound/json_tree.h"
#include "hoiam/gateway/v1/inbound_service.pb.h"
#include "platform/base/status.h"
#include "platform/json/fields.h"

namespace hoiam::gateway {

// A mapping that was checked, ready to be used.
struct Mapping {
  struct Source {
    bool from_root = false;  // "//…"
    std::vector<std::string> tokens;
    std::string pointer;  // as written, without the second slash
  };
  struct Condition {
    Source at;
    std::vector<std::string> values;
  };
  struct Field {
    std::string name;                        // "customer.displayName"
    bool of_customer = false;                // its message is `customer`
    const json::FieldInfo* field = nullptr;  // nullptr: a property
    std::string property;                    // its key
    std::optional<Source> source;
    std::string constant;
    std::string prefix;
  };
  std::vector<std::string> items;  // tokens; "*" is each element
  std::vector<Condition> conditions;
  std::vector<Field> fields;
  std::optional<absl::TimeZone> zone;
};

// Reads items, conditions, fields and time_zone, and adds everything that is wrong with them, each at `prefix` and its
// path ("inbound.fields[2].field"): REQUIRED, INVALID_POINTER, UNKNOWN_TARGET, DUPLICATE_TARGET, UNKNOWN_TIME_ZONE,
// PREFIX_NOT_ALLOWED, CONSTANT_NOT_ALLOWED, INVALID_CONSTANT, TOO_LONG, TOO_MANY. Good only when nothing was added.
Mapping ReadMapping(const v1::Inbound& inbound, absl::string_view prefix, Violations& v);

// What became of one item of a body.
struct MappedItem {
  std::string path;  // "/Notifications/0/Data/1"; "" when the body is the item
  bool passed_over = false;
  // INVALID_ARGUMENT with all that is wrong: violations of the fields of the request, each with the metadata `path`,
  // the place in the body.
  absl::Status status;
  hoiam::survey::v1::RecordInteractionRequest interaction;
};

// The items of a body, in order; none when there is nothing where they should be. INVALID_ARGUMENT when it is not JSON
// (json_tree.h), or holds more than json::kMaxItems.
//
// A value that is null or "" is not there. Ids and names are taken as they are written, numbers too.
absl::StatusOr<std::vector<MappedItem>> MapBody(const Mapping& mapping, absl::string_view body);
absl::StatusOr<std::vector<MappedItem>> MapTree(const Mapping& mapping, const JsonNode& root);

}  // namespace hoiam::gateway
