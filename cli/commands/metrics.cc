#include <fstream>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/commands/survey.h"
#include "cli/term/table.h"
#include "platform/base/text.h"

namespace hoiam::cli {
namespace {

using survey::v1::Metric;
using survey::v1::Scope;

std::string ScopeName(const Say& say, Scope::Code scope) {
  switch (scope) {
    case Scope::RELATIONSHIP:
      return say("mối quan hệ", "relationship");
    case Scope::JOURNEY:
      return say("hành trình", "journey");
    case Scope::TOUCHPOINT:
      return say("điểm chạm", "touchpoint");
    case Scope::PRODUCT_USE:
      return say("dùng sản phẩm", "product use");
    case Scope::SERVICE:
      return say("dịch vụ", "service");
    default:
      return Scope::Code_Name(scope);
  }
}

std::string Range(int low, int high) { return low == high ? absl::StrCat(low) : absl::StrCat(low, "–", high); }

// "detractors 0–6 (−1)"
std::string PartText(const Metric::Part& p) {
  const std::string weight = p.weight() < 0 ? absl::StrCat("−", -p.weight()) : absl::StrCat(p.weight());
  return absl::StrCat(p.name(), " ", Range(p.low(), p.high()), " (", weight, ")");
}

std::string Parts(const Say& say, const Metric& m) {
  if (m.parts().empty()) return say("theo trọng số từng thuộc tính", "by its attributes' weights");
  return absl::StrJoin(m.parts(), " · ", [](std::string* out, const Metric::Part& p) { out->append(PartText(p)); });
}

Table TableOf(const Say& say) {
  return Table({"id", say("Thang", "Scale"), ">" + say("Bản", "Version"), say("Phần (trọng số)", "Parts (weight)"),
                say("Đo", "About"), say("Tên", "Name")});
}

void AddTo(Table& table, const Say& say, const Metric& m) {
  table.Add({m.metric_id(), Range(m.min(), m.max()), absl::StrCat(m.version()), Parts(say, m),
             ScopeName(say, m.scope()), TextOf(say, m.display_name())});
}

}  // namespace

int PrintMetrics(const Context& context, const Args& args) {
  return AskAndPrint<survey::v1::ListMetricsResponse>(context, args, {.path = "/v1/metrics"}, [&](const auto& list) {
    Table table = TableOf(context.say);
    for (const Metric& m : list.metrics()) AddTo(table, context.say, m);
    context.out << table.Render();
    return kDone;
  });
}

int DefineMetric(const Context& context, const Args& args, const std::string& id) {
  if (!args.Has("file")) return Misuse(context, "survey", "metric needs --file metric.json");
  std::ifstream in(args.Value("file"), std::ios::binary);
  if (!in) return Misuse(context, "survey", absl::StrCat("cannot read ", args.Value("file")));
  const Call call{.method = "PATCH",
                  .path = absl::StrCat("/v1/metrics/", PercentEncode(id), "?allowMissing=true"),
                  .body = std::string(std::istreambuf_iterator<char>(in), {})};
  return AskAndPrint<Metric>(context, args, call, [&](const Metric& m) {
    Table table = TableOf(context.say);
    AddTo(table, context.say, m);
    context.out << table.Render();
    return kDone;
  });
}

}  // namespace hoiam::cli
