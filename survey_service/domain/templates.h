// The surveys that come with Hoiam: one each for NPS, CSAT and CES, with follow-up questions per score group.
#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "survey_service/domain/questionnaire.h"

namespace hoiam::survey {

struct Template {
  std::string id;  // "nps", "csat", "ces"
  Metric metric;
  std::vector<Question> questions;
};

// nullptr when there is none of that id.
const Template* FindTemplate(absl::string_view id);
const std::vector<Template>& Templates();

}  // namespace hoiam::survey
