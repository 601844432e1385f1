// The surveys that come with Hoiam, in Vietnamese and English. {xungHo} and {XungHo} are the survey's form of address,
// other names in braces the interaction's properties.
#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "survey_service/domain/questionnaire.h"

namespace hoiam::survey {

struct Template {
  std::string id;
  std::string metric;
  Scope scope;  // what its answers are about
  Words name;
  Words description;  // when to use it
  std::vector<Question> questions;
};

// nullptr when there is none of that id.
const Template* FindTemplate(absl::string_view id);
const std::vector<Template>& Templates();

}  // namespace hoiam::survey
