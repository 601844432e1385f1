#include "survey_service/convert/response_filter.h"

#include <map>
#include <string>

#include "survey_service/convert/enum_names.h"
#include "survey_service/convert/times.h"

namespace hoiam::survey {
namespace {

using Read = FieldValue (*)(const v1::Response&, const Filter&);

struct Field {
  MatchField match;
  Read read;
};

FieldValue AnswerValue(const v1::Response& r, const Filter& f) {
  for (const v1::Answer& a : r.answers()) {
    if (a.question_id() != FieldKey(f)) continue;
    if (a.choices_size() > 0) return std::vector<absl::string_view>(a.choices().begin(), a.choices().end());
    if (a.has_number()) return a.number();
    if (a.has_text()) return absl::string_view(a.text());
  }
  return std::monostate();
}

#define HOIAM_TEXT(field) \
  +[](const v1::Response& r, const Filter&) -> FieldValue { return absl::string_view(r.field()); }
#define HOIAM_BOOL(what) +[](const v1::Response& r, const Filter&) -> FieldValue { return what; }
#define HOIAM_ENUM(Enum, field) \
  +[](const v1::Response& r, const Filter&) -> FieldValue { return EnumName(v1::Enum::Code_descriptor(), r.field()); }

const std::vector<Field>& Fields() {
  constexpr auto kText = FilterFieldKind::kText, kBool = FilterFieldKind::kBool;
  static const auto* fields = new std::vector<Field>{
      {{"metric", kText}, HOIAM_TEXT(metric)},
      {{"score", FilterFieldKind::kInteger},
       +[](const v1::Response& r, const Filter&) -> FieldValue {
         return r.has_score() ? FieldValue(static_cast<double>(r.score())) : FieldValue();
       }},
      {{"touchpoint", FilterFieldKind::kPath},
       +[](const v1::Response& r, const Filter&) -> FieldValue { return PathText{r.touchpoint()}; }},
      {{"survey", kText}, HOIAM_TEXT(survey_id)},
      {{"survey_id", kText}, HOIAM_TEXT(survey_id)},
      {{"responded_at", FilterFieldKind::kTime},
       +[](const v1::Response& r, const Filter&) -> FieldValue { return ToTime(r.responded_at()); }},
      {{"segment", kText}, HOIAM_TEXT(segment)},
      {{"customer", kText}, HOIAM_TEXT(customer_id)},
      {{"customer_id", kText}, HOIAM_TEXT(customer_id)},
      {{"channel", kText}, HOIAM_TEXT(channel)},
      {{"team", kText}, HOIAM_TEXT(owner_team)},
      {{"owner_team", kText}, HOIAM_TEXT(owner_team)},
      {{"collected_by", kText, EnumNames(v1::CollectedBy::Code_descriptor())}, HOIAM_ENUM(CollectedBy, collected_by)},
      {{"usage_status", kText}, HOIAM_TEXT(usage_status)},
      {{"icp_fit", kText, {"FIT", "NO_FIT"}}, HOIAM_TEXT(icp_fit)},
      {{"stage", kText, EnumNames(v1::Stage::Code_descriptor())}, HOIAM_ENUM(Stage, stage)},
      {{"scope", kText, EnumNames(v1::Scope::Code_descriptor())}, HOIAM_ENUM(Scope, scope)},
      {{"solicited", kBool}, HOIAM_BOOL(r.solicited())},
      {{"incentivised", kBool}, HOIAM_BOOL(r.incentivised())},
      {{"voided", kBool}, HOIAM_BOOL(r.voided())},
      {{"has_comment", kBool}, HOIAM_BOOL(!r.comment().empty())},
      {{"answers.", FilterFieldKind::kAny}, &AnswerValue},
  };
  return *fields;
}

}  // namespace

const std::vector<MatchField>& ResponseFields() {
  static const auto* fields = [] {
    auto* all = new std::vector<MatchField>;
    for (const Field& f : Fields()) all->push_back(f.match);
    return all;
  }();
  return *fields;
}

FieldValue ResponseValue(const v1::Response& response, const Filter& comparison) {
  static const auto* reads = [] {
    auto* all = new std::map<absl::string_view, Read>;
    for (const Field& f : Fields()) all->emplace(f.match.name, f.read);
    return all;
  }();
  const auto it = reads->find(comparison.field);
  return it == reads->end() ? AnswerValue(response, comparison) : it->second(response, comparison);
}

}  // namespace hoiam::survey
