// Touchpoints and channels: request checks, and what Hoiam brings as the messages it is told in.
#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "google/protobuf/field_mask.pb.h"
#include "hoiam/survey/v1/survey_service.pb.h"
#include "platform/base/status.h"
#include "platform/proto/mask.h"
#include "survey_service/domain/catalogue.h"

namespace hoiam::survey {

v1::Touchpoint ToMessage(const BuiltInTouchpoint& t);
v1::Channel ToMessage(const BuiltInChannel& c);

// Checks one that was made or changed, as a whole; aliases by themselves only.
void CheckEntry(const v1::Touchpoint& t, Violations& v);
void CheckEntry(const v1::Channel& c, Violations& v);

// `mask` is nullptr when there is none. `id` is the field that names the entry.
Patch ReadEntryPatch(const v1::Touchpoint& t, const google::protobuf::FieldMask* mask, Violations& v);
Patch ReadEntryPatch(const v1::Channel& c, const google::protobuf::FieldMask* mask, Violations& v);

// A touchpoint or channel as a caller says it: an id or a name, or nothing. Whether a name is known the stored state
// tells.
void CheckSaid(absl::string_view said, absl::string_view field, Violations& v);

}  // namespace hoiam::survey
