#include "loop_service/convert/case_filter.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "hoiam/loop/v1/resources.pb.h"
#include "platform/base/filter_match.h"
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
  const bool is_enum = f.field == "state" || f.field == "kind" || f.field == "priority" || f.field == "origin";
  if (!is_enum && f.field != "open") return absl::OkStatus();
  if (f.op != FilterOp::kEq && f.op != FilterOp::kNe)
    return InvalidFilter(f.position, absl::StrCat(f.field, " is compared with = or !="));
  if (f.field == "open") {
    if (f.value.text != "true" && f.value.text != "false")
      return InvalidFilter(f.position, "open is compared with true or false");
    f.value.number = f.value.text == "true" ? 1 : 0;
    return absl::OkStatus();
  }
  const bool known = f.field == "state"      ? IsName(f.value.text, &pb::CaseState::Code_Parse)
                     : f.field == "kind"     ? IsName(f.value.text, &pb::CaseKind::Code_Parse)
                     : f.field == "priority" ? IsName(f.value.text, &pb::Priority::Code_Parse)
                                             : IsName(f.value.text, &pb::CaseOrigin::Code_Parse);
  return known ? absl::OkStatus()
               : InvalidFilter(f.position, absl::StrCat("'", f.value.text, "' is no ", f.field, " of a case"));
}

absl::Status Check(Filter& f) {
  if (f.kind == Filter::Kind::kCompare) return CheckComparison(f);
  for (Filter& part : f.parts) HOIAM_RETURN_IF_ERROR(Check(part));
  return absl::OkStatus();
}

// `team` is one of `teams`; with kNe: none of them.
Filter Among(const std::vector<std::string>& teams, FilterOp op, size_t position) {
  Filter all;
  all.kind = op == FilterOp::kEq ? Filter::Kind::kOr : Filter::Kind::kAnd;
  for (const std::string& team : teams) {
    Filter& one = all.parts.emplace_back();
    one.kind = Filter::Kind::kCompare;
    one.field = one.said = "team";
    one.op = op;
    one.value.text = team;
    one.position = position;
  }
  return all;
}

// `roots`, whether there are such teams or not, and what lies below them.
std::vector<std::string> WithBelow(absl::Span<const std::string> roots, const Playbook& playbook) {
  std::vector<std::string> teams = playbook.TeamsWithin(roots);
  teams.insert(teams.end(), roots.begin(), roots.end());
  std::sort(teams.begin(), teams.end());
  teams.erase(std::unique(teams.begin(), teams.end()), teams.end());
  return teams;
}

Filter Expand(Filter f, const Playbook& playbook) {
  for (Filter& part : f.parts) part = Expand(std::move(part), playbook);
  if (f.kind != Filter::Kind::kCompare || f.field != "team" || SubtreeOf(f).empty()) return f;
  return Among(WithBelow({std::string(SubtreeOf(f))}, playbook), f.op, f.position);
}

}  // namespace

Filter OfTeams(Filter filter, absl::Span<const std::string> teams, const Playbook& playbook) {
  filter = Expand(std::move(filter), playbook);
  if (teams.empty()) return filter;
  Filter bound = Among(WithBelow(teams, playbook), FilterOp::kEq, 0);
  if (filter.kind == Filter::Kind::kEverything) return bound;
  Filter both;
  both.kind = Filter::Kind::kAnd;
  both.parts = {std::move(bound), std::move(filter)};
  return both;
}

absl::StatusOr<Filter> ParseCaseFilter(absl::string_view text) {
  HOIAM_ASSIGN_OR_RETURN(Filter filter, ParseFilter(text));
  HOIAM_RETURN_IF_ERROR(Check(filter));
  return filter;
}

}  // namespace hoiam::loop
