#include "survey_service/convert/enum_names.h"

namespace hoiam::survey {

std::vector<std::string> EnumNames(const google::protobuf::EnumDescriptor* type) {
  std::vector<std::string> names;
  for (int i = 0; i < type->value_count(); ++i)
    if (type->value(i)->number() != 0) names.push_back(type->value(i)->name());
  return names;
}

absl::string_view EnumName(const google::protobuf::EnumDescriptor* type, int number) {
  const auto* value = number == 0 ? nullptr : type->FindValueByNumber(number);
  return value ? absl::string_view(value->name()) : absl::string_view();
}

}  // namespace hoiam::survey
