// Conditions on earlier answers: whether a question is shown.
#pragma once

#include <string>
#include <vector>

#include "survey_service/domain/question.h"

namespace hoiam::survey {

// Everything that is wrong with the condition of `questions[i]`, paths below `path`: one kind of condition in each
// part, at most 4 deep and 20 parts in all, about a question that comes before it, on its scale, with its choices and
// bands.
void CheckCondition(const std::vector<Question>& questions, size_t i, const std::string& path,
                    std::vector<Problem>& problems);

// Whether the condition holds for somebody who gave these answers and no others.
bool Holds(const std::vector<Question>& questions, const ShowIf& condition, const std::vector<Answer>& answers);

// Whether it can come to hold by answers that are not given yet, to the questions in `open`. Each part is looked at by
// itself, so that parts which exclude one another are said to be possible.
bool CouldHold(const std::vector<Question>& questions, const ShowIf& condition, const std::vector<Answer>& answers,
               const std::vector<std::string>& open);

}  // namespace hoiam::survey
