#include "loop_service/store/case_reader.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "platform/base/filter_match.h"
#include "platform/base/status.h"
#include "platform/db/filter_sql.h"

namespace hoiam::loop {
namespace {

constexpr char kSelectHandle[] = "SELECT subject, LENGTH(body) FROM loop_case WHERE tenant_id = ? AND case_id = ?";
constexpr char kSelectBody[] = "SELECT body FROM loop_case WHERE tenant_id = ? AND case_id = ?";

constexpr char kSelectKeys[] = "SELECT create_time, case_id FROM loop_case";
constexpr char kOfTenant[] = " WHERE tenant_id = ?";
constexpr char kAfter[] = " AND create_time <= ? AND (create_time < ? OR case_id < ?)";
constexpr char kNewestFirst[] = " ORDER BY create_time DESC, case_id DESC LIMIT ?";
constexpr char kSelectBodies[] = "SELECT case_id, body FROM loop_case WHERE tenant_id = ? AND case_id IN (";

// Read so many at a time, so that a page of long cases is never in memory whole before it is cut short.
constexpr size_t kChunk = 64;
// More are as many statements: then cases are looked through in order.
constexpr size_t kMaxLanes = 32;

std::vector<db::FilterField> Fields() {
  using db::FilterFieldKind;
  return {{"state", "state", FilterFieldKind::kText},
          {"kind", "kind", FilterFieldKind::kText},
          {"priority", "priority", FilterFieldKind::kText},
          {"customer", "customer_id", FilterFieldKind::kText},
          {"customer_id", "customer_id", FilterFieldKind::kText},
          {"owner", "owner", FilterFieldKind::kText},
          {"team", "team", FilterFieldKind::kPath},
          {"cause", "root_cause", FilterFieldKind::kText},
          {"touchpoint", "touchpoint", FilterFieldKind::kPath},
          {"origin", "origin", FilterFieldKind::kText},
          {"create_time", "create_time", FilterFieldKind::kTime},
          {"open", "is_open", FilterFieldKind::kInteger}};
}

// The values of `field` that `f` lets through, when it says nothing else: `field = a`, or several of these by OR.
std::vector<std::string> ValuesOf(const Filter& f, absl::string_view field) {
  if (f.kind == Filter::Kind::kCompare) {
    const bool one = f.field == field && f.op == FilterOp::kEq && SubtreeOf(f).empty();
    return one ? std::vector<std::string>{f.value.text} : std::vector<std::string>();
  }
  std::vector<std::string> values;
  if (f.kind != Filter::Kind::kOr) return values;
  for (const Filter& part : f.parts) {
    std::vector<std::string> of_part = ValuesOf(part, field);
    if (of_part.empty()) return {};
    values.insert(values.end(), of_part.begin(), of_part.end());
  }
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  return values;
}

// Fields with an index of their own, the one of the fewest cases first.
struct IndexedField {
  const char *name, *column, *index;
  bool by_open = false;  // the index tells open ones apart
};
constexpr IndexedField kIndexed[] = {
    {"customer", "customer_id", "by_customer"},
    {"customer_id", "customer_id", "by_customer"},
    {"owner", "owner", "by_owner", true},
    {"team", "team", "by_team", true},
    {"cause", "root_cause", "by_cause"},
    {"touchpoint", "touchpoint", "by_touchpoint"},
    {"state", "state", "by_state"},
    {"open", "is_open", "by_open"},
    {"priority", "priority", "by_priority"},
    {"kind", "kind", "by_kind"},
    {"origin", "origin", "by_origin"},
};

// All of which hold.
std::vector<const Filter*> Conjunction(const Filter& filter) {
  if (filter.kind == Filter::Kind::kEverything) return {};
  if (filter.kind != Filter::Kind::kAnd) return {&filter};
  std::vector<const Filter*> all;
  for (const Filter& part : filter.parts)
    for (const Filter* f : Conjunction(part)) all.push_back(f);
  return all;
}

// Whether cases must be open (1), must not be (0), or both.
std::vector<int64_t> OpenOf(const std::vector<const Filter*>& all) {
  for (const Filter* f : all) {
    if (f->kind != Filter::Kind::kCompare || f->field != "open" || !f->value.number) continue;
    const bool is = (*f->value.number != 0) == (f->op == FilterOp::kEq);
    return {int64_t{is}};
  }
  return {1, 0};
}

// The shortest list of values that `all` allow `field`; empty: any.
std::vector<std::string> FewestOf(const std::vector<const Filter*>& all, absl::string_view field) {
  std::vector<std::string> fewest;
  for (const Filter* f : all) {
    std::vector<std::string> values = ValuesOf(*f, field);
    if (!values.empty() && (fewest.empty() || values.size() < fewest.size())) fewest = std::move(values);
  }
  return fewest;
}

std::vector<CaseLane> LanesOf(const Filter& filter) {
  const std::vector<const Filter*> all = Conjunction(filter);
  const std::vector<int64_t> open = OpenOf(all);
  std::vector<CaseLane> lanes;
  for (const IndexedField& field : kIndexed) {
    if (absl::string_view(field.name) == "open") {
      if (open.size() == 1) return {{field.index, "is_open = ?", {open[0]}}};
      continue;
    }
    const std::vector<std::string> values = FewestOf(all, field.name);
    if (values.empty() || values.size() * (field.by_open ? open.size() : 1) > kMaxLanes) continue;
    for (const std::string& value : values) {
      if (!field.by_open) lanes.push_back({field.index, absl::StrCat(field.column, " = ?"), {value}});
      for (size_t i = 0; field.by_open && i < open.size(); ++i)
        lanes.push_back({field.index, absl::StrCat(field.column, " = ? AND is_open = ?"), {value, open[i]}});
    }
    return lanes;
  }
  // What else is asked may be rare: only the database can say. Many teams are not.
  for (const Filter* f : all)
    if (f->kind != Filter::Kind::kCompare && ValuesOf(*f, "team").empty()) return lanes;
  lanes.push_back({"newest", "", {}});
  return lanes;
}

bool IsNewer(const CasePosition& a, const CasePosition& b) {
  return std::tie(a.create_time, a.case_id) > std::tie(b.create_time, b.case_id);
}

absl::Status ReadKeys(const db::TenantDb& db, const CaseCondition& condition, const CaseLane* lane,
                      const std::optional<CasePosition>& from, size_t want, std::vector<CasePosition>& keys) {
  db::Values params;
  if (lane) params = lane->params;
  if (from) params.insert(params.end(), {from->create_time, from->create_time, from->case_id});
  params.insert(params.end(), condition.params.begin(), condition.params.end());
  params.push_back(static_cast<int64_t>(want));
  return db.Query(ListKeysSql(condition, lane, from.has_value()), params, [&](const db::Row& r) {
    keys.push_back({r.Time(0), r.Bytes(1)});
  });
}

// The next `want` cases in order, or as many as there are.
absl::StatusOr<std::vector<CasePosition>> NextKeys(const db::TenantDb& db, const CaseCondition& condition,
                                                   const std::optional<CasePosition>& from, size_t want) {
  std::vector<CasePosition> keys;
  if (condition.lanes.empty()) HOIAM_RETURN_IF_ERROR(ReadKeys(db, condition, nullptr, from, want, keys));
  for (const CaseLane& lane : condition.lanes) HOIAM_RETURN_IF_ERROR(ReadKeys(db, condition, &lane, from, want, keys));
  std::sort(keys.begin(), keys.end(), &IsNewer);
  if (keys.size() > want) keys.resize(want);
  return keys;
}

absl::StatusOr<absl::flat_hash_map<std::string, std::string>> ReadBodies(const db::TenantDb& db,
                                                                         const std::vector<CasePosition>& keys) {
  absl::flat_hash_map<std::string, std::string> bodies;
  if (keys.empty()) return bodies;
  size_t shape = 1;  // few shapes: statements are kept prepared
  while (shape < keys.size()) shape *= 2;
  db::Values params;
  for (size_t i = 0; i < shape; ++i) params.push_back(keys[std::min(i, keys.size() - 1)].case_id);
  const std::string sql =
      absl::StrCat(kSelectBodies, absl::StrJoin(std::vector<absl::string_view>(shape, "?"), ", "), ")");
  HOIAM_RETURN_IF_ERROR(db.Query(sql, params, [&](const db::Row& r) { bodies[r.Bytes(0)] = r.Bytes(1); }));
  return bodies;
}

}  // namespace

absl::StatusOr<CaseCondition> MakeCaseCondition(const Filter& filter) {
  CaseCondition condition;
  HOIAM_ASSIGN_OR_RETURN(condition.sql, db::FilterSql(filter, Fields(), condition.params));
  condition.lanes = LanesOf(filter);
  return condition;
}

absl::StatusOr<std::optional<CaseHandle>> FindHandle(const db::TenantDb& db, absl::string_view case_id) {
  std::optional<CaseHandle> found;
  HOIAM_RETURN_IF_ERROR(db.Query(kSelectHandle, {std::string(case_id)}, [&](const db::Row& r) {
    found = CaseHandle{r.Bytes(0), static_cast<size_t>(r.Int(1))};
  }));
  return found;
}

absl::StatusOr<std::optional<std::string>> FindCase(const db::TenantDb& db, absl::string_view case_id) {
  std::optional<std::string> found;
  HOIAM_RETURN_IF_ERROR(db.Query(kSelectBody, {std::string(case_id)}, [&](const db::Row& r) { found = r.Bytes(0); }));
  return found;
}

std::string ListKeysSql(const CaseCondition& condition, const CaseLane* lane, bool after) {
  // Said, not guessed: the database takes what it knows of some values for all.
  const std::string index = lane ? absl::StrCat(" FORCE INDEX (", lane->index, ")") : "";
  return absl::StrCat(kSelectKeys, index, kOfTenant, lane && !lane->sql.empty() ? " AND " : "", lane ? lane->sql : "",
                      after ? kAfter : "", condition.sql.empty() ? "" : " AND ", condition.sql, kNewestFirst);
}

absl::StatusOr<CasePage> ListCases(const db::TenantDb& db, const CaseCondition& condition,
                                   const std::optional<CasePosition>& after, size_t limit, size_t max_bytes) {
  CasePage page;
  std::optional<CasePosition> from = after;
  size_t bytes = 0;
  for (;;) {
    const size_t want = std::min(kChunk, limit + 1 - page.cases.size());  // one more tells whether there is a next page
    HOIAM_ASSIGN_OR_RETURN(const std::vector<CasePosition> keys, NextKeys(db, condition, from, want));
    HOIAM_ASSIGN_OR_RETURN(auto bodies, ReadBodies(db, keys));
    for (const CasePosition& key : keys) {
      std::string& body = bodies[key.case_id];
      bytes += body.size();
      if (page.cases.size() == limit || (bytes > max_bytes && !page.cases.empty())) {
        page.more = true;
        return page;
      }
      page.cases.push_back({key, std::move(body)});
    }
    if (keys.size() < want) return page;
    from = page.cases.back().position;
  }
}

}  // namespace hoiam::loop
