#include "survey_service/convert/catalogue.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "platform/base/text.h"
#include "survey_service/convert/checks.h"
#include "survey_service/limits.h"

namespace hoiam::survey {
namespace {

void CheckNames(const v1::LocalizedText& name, Violations& v) {
  if (name.vi().empty() && name.en().empty()) v.Add("displayName", "REQUIRED", "needs a name in vi or en");
  CheckLine(name.vi(), "displayName.vi", kMaxName, v);
  CheckLine(name.en(), "displayName.en", kMaxName, v);
}

template <class Entry>
void CheckAliases(const Entry& e, Violations& v) {
  if (e.aliases_size() > static_cast<int>(kMaxAliases))
    v.Add("aliases", "TOO_MANY", absl::StrCat("at most ", kMaxAliases), {{"max", absl::StrCat(kMaxAliases)}});
  std::set<std::string> seen;
  for (int i = 0; i < e.aliases_size(); ++i) {
    const std::string field = absl::StrCat("aliases[", i, "]");
    const std::string folded = FoldName(e.aliases(i));
    Violations own;
    CheckLine(e.aliases(i), field, kMaxAlias, own);
    if (!own.empty()) {
      CheckLine(e.aliases(i), field, kMaxAlias, v);
    } else if (folded.empty()) {
      v.Add(field, "REQUIRED", "must not be empty");
    } else if (folded.size() > kMaxAlias) {
      v.Add(field, "TOO_LONG", absl::StrCat("must be at most ", kMaxAlias, " bytes in lower case"),
            {{"max", absl::StrCat(kMaxAlias)}});
    } else if (CouldBeId(e.aliases(i))) {
      v.Add(field, "ALIAS_IS_ID", "could be an id, which is always taken as it is");
    } else if (!seen.insert(folded).second) {
      v.Add(field, "ALIAS_TAKEN", "is said twice");
    }
  }
}

}  // namespace

v1::Touchpoint ToMessage(const BuiltInTouchpoint& t) {
  v1::Touchpoint out;
  out.set_touchpoint_id(std::string(t.id));
  out.set_parent(std::string(ParentOf(t.id)));
  out.mutable_display_name()->set_vi(std::string(t.vi));
  out.mutable_display_name()->set_en(std::string(t.en));
  out.set_stage(static_cast<v1::Stage::Code>(t.stage));
  out.set_channel(std::string(t.channel));
  out.set_place(static_cast<v1::Place::Code>(t.place));
  out.set_controllable(t.controllable);
  out.set_moment_of_truth(t.moment_of_truth);
  out.set_built_in(true);
  return out;
}

v1::Channel ToMessage(const BuiltInChannel& c) {
  v1::Channel out;
  out.set_channel_id(std::string(c.id));
  out.mutable_display_name()->set_vi(std::string(c.vi));
  out.mutable_display_name()->set_en(std::string(c.en));
  out.set_place(static_cast<v1::Place::Code>(c.place));
  out.set_built_in(true);
  return out;
}

void CheckEntry(const v1::Touchpoint& t, Violations& v) {
  CheckNames(t.display_name(), v);
  CheckAliases(t, v);
  if (!v1::Stage::Code_IsValid(t.stage())) UnknownEnum("stage", v);
  if (!v1::Place::Code_IsValid(t.place())) UnknownEnum("place", v);
  CheckSlug(t.channel(), "channel", false, v);
  CheckLine(t.owner_team(), "ownerTeam", kMaxTeam, v);
}

void CheckEntry(const v1::Channel& c, Violations& v) {
  CheckNames(c.display_name(), v);
  CheckAliases(c, v);
  if (!v1::Place::Code_IsValid(c.place())) UnknownEnum("place", v);
}

Patch ReadEntryPatch(const v1::Touchpoint& t, const google::protobuf::FieldMask* mask, Violations& v) {
  static const auto* fields = new Patchable{{"display_name", "aliases", "stage", "channel", "place", "owner_team",
                                             "controllable", "moment_of_truth", "archived"},
                                            "touchpoint_id"};
  if (!IsTreeId(t.touchpoint_id()))
    v.Add("touchpointId", t.touchpoint_id().empty() ? "REQUIRED" : "INVALID_SLUG",
          "must be 1 to 64 of a-z, 0-9, '_', '.', '-', with something between its dots");
  return ReadPatch(t, mask, *fields, v);
}

Patch ReadEntryPatch(const v1::Channel& c, const google::protobuf::FieldMask* mask, Violations& v) {
  static const auto* fields = new Patchable{{"display_name", "aliases", "place", "archived"}, "channel_id"};
  CheckSlug(c.channel_id(), "channelId", true, v);
  return ReadPatch(c, mask, *fields, v);
}

void CheckSaid(absl::string_view said, absl::string_view field, Violations& v) {
  if (!said.empty() && !CouldBeId(said)) CheckLine(said, field, kMaxAlias, v);
}

}  // namespace hoiam::survey
