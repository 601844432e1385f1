#include "loop_service/convert/case_filter.h"

#include "absl/strings/str_cat.h"
#include "hoiam/loop/v1/resources.pb.h"
#include "platform/base/status.h"

namespace hoiam::loop {
namespace {

namespace pb = hoiam::loop::v1;

template <class Code>
bool IsName(const std::string& text, bool (*parse)(google::protobuf::ConstStringParam, Code*)) {
  Code code;
  return parse(text, &code) && code != 0;
}

absl::Status CheckComparison(Filter& f) {
  const bool is_enum = f.field == "state" || f.field == "kind" || f.field == "priority";
  if (!is_enum && f.field != "open") return absl::OkStatus();
  if (f.op != FilterOp::kEq && f.op != FilterOp::kNe)
    return InvalidFilter(f.position, absl::StrCat(f.field, " is compared with = or !="));
  if (f.field == "open") {
    if (f.value.text != "true" && f.value.text != "false")
      return InvalidFilter(f.position, "open is compared with true or false");
    f.value.number = f.value.text == "true" ? 1 : 0;
    return absl::OkStatus();
  }
  const bool known = f.field == "state"  ? IsName(f.value.text, &pb::CaseState::Code_Parse)
                     : f.field == "kind" ? IsName(f.value.text, &pb::CaseKind::Code_Parse)
                                         : IsName(f.value.text, &pb::Priority::Code_Parse);
  return known ? absl::OkStatus()
               : InvalidFilter(f.position, absl::StrCat("'", f.value.text, "' is no ", f.field, " of a case"));
}

absl::Status Check(Filter& f) {
  if (f.kind == Filter::Kind::kCompare) return CheckComparison(f);
  for (Filter& part : f.parts) HOIAM_RETURN_IF_ERROR(Check(part));
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Filter> ParseCaseFilter(absl::string_view text) {
  HOIAM_ASSIGN_OR_RETURN(Filter filter, ParseFilter(text));
  HOIAM_RETURN_IF_ERROR(Check(filter));
  return filter;
}

}  // namespace hoiam::loop
