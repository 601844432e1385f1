#include "survey_service/domain/phone.h"

#include <phonenumbers/phonenumberutil.h>

#include <set>

#include "absl/strings/str_replace.h"

namespace hoiam::survey {
namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

}  // namespace

bool PhoneNumbers::IsRegion(absl::string_view region) {
  std::set<std::string> known;
  PhoneNumberUtil::GetInstance()->GetSupportedRegions(&known);
  return known.count(std::string(region)) > 0;
}

std::string PhoneNumbers::Normal(absl::string_view text) const {
  const PhoneNumberUtil& util = *PhoneNumberUtil::GetInstance();
  PhoneNumber number;
  if (util.Parse(std::string(text), region_, &number) != PhoneNumberUtil::NO_PARSING_ERROR ||
      !util.IsValidNumber(number))
    return absl::StrReplaceAll(text, {{" ", ""}});
  std::string e164;
  util.Format(number, PhoneNumberUtil::E164, &e164);
  return e164;
}

}  // namespace hoiam::survey
