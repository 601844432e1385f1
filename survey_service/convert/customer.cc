#include "survey_service/convert/customer.h"

#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/time.h"
#include "platform/base/text.h"
#include "survey_service/convert/checks.h"
#include "survey_service/limits.h"

namespace hoiam::survey {
namespace {

const Patchable& Fields() {
  static const auto* p =
      new Patchable{{"display_name", "honorific", "given_name", "email", "phone", "locale", "time_zone", "segment",
                     "lifecycle", "owner_team", "account_owner", "properties", "kind"},
                    "customer_id"};
  return *p;
}

// One address, nothing else: no list, no name in front, no quotes, nothing that could end a header.
bool IsMailAddress(absl::string_view email) {
  if (email.size() > kMaxEmail || !IsUtf8(email) || HasControl(email)) return false;
  if (email.find_first_of(" ,;:<>()[]\"\\") != absl::string_view::npos) return false;
  const std::vector<absl::string_view> parts = absl::StrSplit(email, '@');
  if (parts.size() != 2 || parts[0].size() > kMaxEmailLocal) return false;
  for (absl::string_view part : parts)
    if (part.empty() || part.front() == '.' || part.back() == '.' || absl::StrContains(part, "..")) return false;
  return true;
}

void CheckEmail(absl::string_view email, absl::string_view field, Violations& v) {
  if (email.empty() || IsMailAddress(email)) return;
  v.Add(field, "INVALID_EMAIL", absl::StrCat("must be one mail address of at most ", kMaxEmail, " bytes"));
}

void CheckZone(absl::string_view zone, absl::string_view field, Violations& v) {
  if (zone.empty()) return;
  if (!FindTimeZone(zone)) v.Add(field, "UNKNOWN_TIME_ZONE", "must be an IANA zone, e.g. Asia/Ho_Chi_Minh");
}

}  // namespace

void CheckCustomerFields(const v1::Customer& c, absl::string_view prefix, Violations& v) {
  const auto at = [&](const char* name) { return absl::StrCat(prefix, name); };
  const auto line = [&](const std::string& value, const char* name, size_t max) {
    if (!value.empty()) CheckLine(value, at(name), max, v);
  };
  line(c.display_name(), "displayName", kMaxName);
  line(c.honorific(), "honorific", kMaxHonorific);
  line(c.given_name(), "givenName", kMaxGivenName);
  line(c.phone(), "phone", kMaxPhone);
  line(c.segment(), "segment", kMaxSegment);
  line(c.owner_team(), "ownerTeam", kMaxTeam);
  line(c.account_owner(), "accountOwner", kMaxPerson);
  CheckEmail(c.email(), at("email"), v);
  CheckLanguage(c.locale(), at("locale"), v);
  CheckZone(c.time_zone(), at("timeZone"), v);
  if (!v1::Lifecycle::Code_IsValid(c.lifecycle())) UnknownEnum(at("lifecycle"), v);
  if (!v1::RespondentKind::Code_IsValid(c.kind())) UnknownEnum(at("kind"), v);
  CheckProperties(c.properties(), at("properties"), v);
}

CustomerPatch ReadCustomerPatch(const v1::Customer& customer, const google::protobuf::FieldMask* mask,
                                const PhoneNumbers& phones, Violations& v) {
  CustomerPatch p{&customer, ReadPatch(customer, mask, Fields(), v)};
  for (const auto* f : p.patch.fields)
    if (f->number() == v1::Customer::kPhoneFieldNumber && v.empty()) p.phone = phones.Normal(customer.phone());
  return p;
}

absl::Status Apply(const CustomerPatch& p, v1::Customer& target) {
  ApplyPatch(*p.source, p.patch, target);
  if (p.patch.properties == PropertiesPatch::kUntouched) return absl::OkStatus();
  if (p.patch.properties == PropertiesPatch::kReplace) target.clear_properties();
  for (const auto& [key, value] : p.source->properties()) (*target.mutable_properties())[key] = value;
  Violations v;
  CheckProperties(target.properties(), "properties", v);
  return v.ToStatus();
}

std::string NormalEmail(absl::string_view email) { return absl::AsciiStrToLower(email); }

void NormaliseCustomerFilter(const PhoneNumbers& phones, Filter& filter) {
  for (Filter& part : filter.parts) NormaliseCustomerFilter(phones, part);
  if (filter.field == "phone") filter.value.text = phones.Normal(filter.value.text);
  if (filter.field == "email") filter.value.text = NormalEmail(filter.value.text);
}

}  // namespace hoiam::survey
