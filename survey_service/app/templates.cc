#include "survey_service/app/templates.h"

#include "survey_service/convert/metric.h"
#include "survey_service/convert/question.h"
#include "survey_service/domain/templates.h"

namespace hoiam::survey {

absl::StatusOr<v1::ListTemplatesResponse> ListTemplates(const Deps&, const rpc::CallContext&,
                                                        const v1::ListTemplatesRequest&) {
  v1::ListTemplatesResponse out;
  for (const Template& t : Templates()) {
    v1::Template& to = *out.add_templates();
    to.set_template_id(t.id);
    *to.mutable_display_name() = FromWords(t.name);
    *to.mutable_description() = FromWords(t.description);
    to.set_metric(t.metric);
    to.set_scope(FromScope(t.scope));
    for (const Question& q : t.questions) *to.add_questions() = FromQuestion(q);
  }
  return out;
}

}  // namespace hoiam::survey
