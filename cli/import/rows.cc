#include "cli/import/rows.h"

#include <algorithm>
#include <type_traits>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "platform/base/decimal.h"
#include "platform/base/text.h"

namespace hoiam::cli {
namespace {

using survey::v1::CreateResponseRequest;
using survey::v1::Customer;
using survey::v1::RecordInteractionRequest;

constexpr char kPropertyPrefix[] = "properties.";
constexpr size_t kMaxCommentChars = 4000;
constexpr size_t kMaxPropertyBytes = 8192;  // the limit of all properties together

struct Scale {
  const char* metric;
  int min, max;
};
constexpr Scale kScales[] = {{"NPS", 0, 10}, {"CSAT", 1, 5}, {"CES", 1, 7}};

const Scale* ScaleOf(absl::string_view metric) {
  for (const Scale& scale : kScales) {
    if (metric == scale.metric) return &scale;
  }
  return nullptr;
}

// Setters of the columns that are one line of text, or an id.
#define HOIAM_LINE(Item, field, max)                                                        \
  +[](const std::string& cell, const char* column, absl::Time, Item& item, Violations& v) { \
    CheckLine(cell, column, max, v);                                                        \
    item.set_##field(cell);                                                                 \
  }
#define HOIAM_ID(Item, field)                                                               \
  +[](const std::string& cell, const char* column, absl::Time, Item& item, Violations& v) { \
    CheckClientId(cell, column, v);                                                         \
    item.set_##field(cell);                                                                 \
  }

// RFC 3339, from 2000-01-01 to an hour from now, to the microsecond.
void SetTime(const std::string& cell, const char* column, absl::Time now, google::protobuf::Timestamp& out,
             Violations& v) {
  absl::Time t;
  if (!absl::ParseTime(absl::RFC3339_full, cell, &t, nullptr))
    return v.Add(column, "INVALID_TIME", "must be a time such as 2026-11-21T10:00:00Z or 2026-11-21T17:00:00+07:00");
  if (t < absl::FromCivil(absl::CivilSecond(2000, 1, 1), absl::UTCTimeZone()) || t > now + absl::Hours(1))
    return v.Add(column, "TIME_OUT_OF_RANGE", "must lie between 2000-01-01 and an hour from now");
  const int64_t micros = absl::ToUnixMicros(t);
  out.set_seconds(micros / 1000000);
  out.set_nanos(static_cast<int32_t>(micros % 1000000) * 1000);
}

template <class Code, class Parse>
void SetEnum(const std::string& cell, const char* column, Parse parse, Code& out, Violations& v) {
  if (!parse(cell, &out) || static_cast<int>(out) == 0)
    v.Add(column, "INVALID_ENUM", "is none of the values of the API");
}

void CheckAmount(const std::string& cell, const char* column, Violations& v) {
  if (!Decimal::ParseAmount(cell))
    v.Add(column, "INVALID_AMOUNT", "must be a number such as 1250000 or 12.50, at most 18 digits, 6 after the point");
}

void SetAmount(const std::string& cell, const char* column, absl::Time, RecordInteractionRequest& item, Violations& v) {
  CheckAmount(cell, column, v);
  item.set_amount(cell);
}

void SetCost(const std::string& cell, const char* column, absl::Time, RecordInteractionRequest& item, Violations& v) {
  CheckAmount(cell, column, v);
  item.set_cost(cell);
}

void SetCurrency(const std::string& cell, const char* column, absl::Time, RecordInteractionRequest& item,
                 Violations& v) {
  if (cell.size() != 3 ||
      !std::all_of(cell.begin(), cell.end(), [](unsigned char c) { return absl::ascii_isupper(c); }))
    v.Add(column, "INVALID_CURRENCY", "must be an ISO 4217 code such as VND");
  item.set_currency(cell);
}

// One of the tenant's own is known to the server only.
void SetMetric(const std::string& cell, const char* column, absl::Time, CreateResponseRequest& item, Violations& v) {
  Violations own;
  CheckUpperSnake(cell, column, own);
  if (!own.empty()) v.Add(column, "UNKNOWN_METRIC", "must be NPS, CSAT, CES or the id of a metric of your own");
  item.set_metric(cell);
}

void SetScore(const std::string& cell, const char* column, absl::Time, CreateResponseRequest& item, Violations& v) {
  int score = 0;
  const bool whole =
      cell.size() <= 9 && std::all_of(cell.begin(), cell.end(), [](unsigned char c) { return absl::ascii_isdigit(c); });
  if (!whole || !absl::SimpleAtoi(cell, &score)) return v.Add(column, "WRONG_TYPE", "must be a whole number");
  item.set_score(score);
}

void SetComment(const std::string& cell, const char* column, absl::Time, CreateResponseRequest& item, Violations& v) {
  CheckProse(cell, column, kMaxCommentChars, v);
  item.set_comment(cell);
}

bool ReadBool(const std::string& cell, const char* column, Violations& v) {
  if (cell != "true" && cell != "false") v.Add(column, "WRONG_TYPE", "must be true or false");
  return cell == "true";
}

// What only several cells together can be wrong about.
void CheckItem(const Customer&, Violations&) {}

void CheckItem(const RecordInteractionRequest& item, Violations& v) {
  const bool money = !item.amount().empty() || !item.cost().empty();
  if (money && item.currency().empty()) v.Add("currency", "REQUIRED", "is required with an amount or a cost");
  if (!money && !item.currency().empty()) v.Add("amount", "REQUIRED", "amount or cost is required with a currency");
}

void CheckItem(const CreateResponseRequest& item, Violations& v) {
  const Scale* scale = ScaleOf(item.metric());
  if (scale && item.has_score() && (item.score() < scale->min || item.score() > scale->max))
    v.Add("score", "SCORE_OUT_OF_RANGE",
          absl::StrCat("must be ", scale->min, " to ", scale->max, " for ", scale->metric));
}

template <class Item>
constexpr bool kHasProperties = !std::is_same_v<Item, CreateResponseRequest>;

template <class Item>
void SetProperty(const std::string& name, const std::string& cell, Item& item, Violations& v) {
  if constexpr (kHasProperties<Item>) {
    CheckLine(cell, kPropertyPrefix + name, kMaxPropertyBytes, v);
    (*item.mutable_properties())[name].set_string_value(cell);
  }
}

}  // namespace

const CustomerKind& Customers() {
  static const auto* kind =
      new CustomerKind{"customers.csv",
                       "/v1/customers:batchUpsert",
                       {{"customer_id", true, HOIAM_ID(Customer, customer_id)},
                        {"display_name", false, HOIAM_LINE(Customer, display_name, 256)},
                        {"honorific", false, HOIAM_LINE(Customer, honorific, 32)},
                        {"given_name", false, HOIAM_LINE(Customer, given_name, 128)},
                        {"email", false, HOIAM_LINE(Customer, email, 254)},
                        {"phone", false, HOIAM_LINE(Customer, phone, 32)},
                        {"locale", false, HOIAM_LINE(Customer, locale, 35)},
                        {"time_zone", false, HOIAM_LINE(Customer, time_zone, 64)},
                        {"segment", false, HOIAM_LINE(Customer, segment, 64)},
                        {"owner_team", false, HOIAM_LINE(Customer, owner_team, 64)},
                        {"account_owner", false, HOIAM_LINE(Customer, account_owner, 128)},
                        {"lifecycle", false,
                         +[](const std::string& cell, const char* column, absl::Time, Customer& item, Violations& v) {
                           survey::v1::Lifecycle::Code code = survey::v1::Lifecycle::UNSPECIFIED;
                           SetEnum(cell, column, survey::v1::Lifecycle::Code_Parse, code, v);
                           item.set_lifecycle(code);
                         }}},
                       +[](const Customer& item) -> const std::string& { return item.customer_id(); },
                       +[](survey::v1::BatchUpsertCustomersRequest& request) { return request.add_customers(); }};
  return *kind;
}

const InteractionKind& Interactions() {
  using Item = RecordInteractionRequest;
  static const auto* kind = new InteractionKind{
      "interactions.csv",
      "/v1/interactions:batchRecord",
      {{"interaction_id", true, HOIAM_ID(Item, interaction_id)},
       {"customer_id", true, HOIAM_ID(Item, customer_id)},
       {"type", true,
        +[](const std::string& cell, const char* column, absl::Time, Item& item, Violations& v) {
          CheckUpperSnake(cell, column, v);
          item.set_type(cell);
        }},
       {"touchpoint", false, HOIAM_LINE(Item, touchpoint, 256)},  // an id, or an alias that the server knows
       {"channel", false,
        +[](const std::string& cell, const char* column, absl::Time, Item& item, Violations& v) {
          CheckSlug(cell, column, false, v);
          item.set_channel(cell);
        }},
       {"occurred_at", true,
        +[](const std::string& cell, const char* column, absl::Time now, Item& item, Violations& v) {
          SetTime(cell, column, now, *item.mutable_occurred_at(), v);
        }},
       {"amount", false, SetAmount},
       {"cost", false, SetCost},
       {"currency", false, SetCurrency}},
      +[](const Item& item) -> const std::string& { return item.interaction_id(); },
      +[](survey::v1::BatchRecordInteractionsRequest& request) {
        request.set_effects(survey::v1::Effects::RECORD_ONLY);
        return request.add_interactions();
      }};
  return *kind;
}

const ResponseKind& Responses() {
  using Item = CreateResponseRequest;
  static const auto* kind =
      new ResponseKind{"responses.csv",
                       "/v1/responses:batchImport",
                       {{"response_id", true, HOIAM_ID(Item, response_id)},
                        {"customer_id", false, HOIAM_ID(Item, customer_id)},
                        {"survey_id", false, HOIAM_LINE(Item, survey_id, 64)},
                        {"interaction_id", false, HOIAM_ID(Item, interaction_id)},
                        {"metric", true, SetMetric},
                        {"score", true, SetScore},
                        {"comment", false, SetComment},
                        {"language", false, HOIAM_LINE(Item, language, 35)},
                        {"responded_at", true,
                         +[](const std::string& cell, const char* column, absl::Time now, Item& item, Violations& v) {
                           SetTime(cell, column, now, *item.mutable_responded_at(), v);
                         }},
                        {"solicited", false,
                         +[](const std::string& cell, const char* column, absl::Time, Item& item, Violations& v) {
                           item.set_solicited(ReadBool(cell, column, v));
                         }},
                        {"incentivised", false,
                         +[](const std::string& cell, const char* column, absl::Time, Item& item, Violations& v) {
                           item.set_incentivised(ReadBool(cell, column, v));
                         }},
                        {"scope", false,
                         +[](const std::string& cell, const char* column, absl::Time, Item& item, Violations& v) {
                           survey::v1::Scope::Code code = survey::v1::Scope::UNSPECIFIED;
                           SetEnum(cell, column, survey::v1::Scope::Code_Parse, code, v);
                           item.set_scope(code);
                         }},
                        {"collected_by", false,
                         +[](const std::string& cell, const char* column, absl::Time, Item& item, Violations& v) {
                           survey::v1::CollectedBy::Code code = survey::v1::CollectedBy::UNSPECIFIED;
                           SetEnum(cell, column, survey::v1::CollectedBy::Code_Parse, code, v);
                           item.set_collected_by(code);
                         }}},
                       +[](const Item& item) -> const std::string& { return item.response_id(); },
                       +[](survey::v1::BatchImportResponsesRequest& request) {
                         request.set_effects(survey::v1::Effects::SCORES_ONLY);
                         return request.add_responses();
                       }};
  return *kind;
}

template <class K>
absl::StatusOr<Header> ReadHeader(const K& kind, const CsvRecord& record) {
  Header header;
  std::vector<std::string> wrong;
  for (const std::string& cell : record.cells) {
    const std::string name(absl::StripAsciiWhitespace(cell));
    const auto known =
        std::find_if(kind.columns.begin(), kind.columns.end(), [&](const auto& c) { return name == c.name; });
    if (std::find(header.names.begin(), header.names.end(), name) != header.names.end())
      wrong.push_back(absl::StrCat("column ", name, " is there twice"));
    header.names.push_back(name);
    if (known != kind.columns.end()) {
      header.column.push_back(static_cast<int>(known - kind.columns.begin()));
    } else if (kHasProperties<typename K::Item> && absl::StartsWith(name, kPropertyPrefix) &&
               name.size() > sizeof kPropertyPrefix - 1) {
      header.column.push_back(Header::kProperty);
    } else {
      header.column.push_back(Header::kUnknown);
      header.unknown.push_back(name);
    }
  }
  for (const auto& column : kind.columns) {
    if (column.required && std::find(header.names.begin(), header.names.end(), column.name) == header.names.end())
      wrong.push_back(absl::StrCat("column ", column.name, " is missing"));
  }
  if (!wrong.empty()) return MakeError(absl::StatusCode::kInvalidArgument, "BAD_HEADER", absl::StrJoin(wrong, "; "));
  return header;
}

template <class K>
void ReadRow(const K& kind, const Header& header, const CsvRecord& record, absl::Time now, typename K::Item& item,
             Violations& violations) {
  if (record.cells.size() != header.column.size())
    return violations.Add(
        "", "WRONG_CELL_COUNT",
        absl::StrCat("the row has ", record.cells.size(), " cells, the header ", header.column.size()));
  for (size_t i = 0; i < record.cells.size(); ++i) {
    const std::string& cell = record.cells[i];
    const int c = header.column[i];
    if (c == Header::kUnknown) continue;
    if (!IsUtf8(cell)) {
      violations.Add(header.names[i], "INVALID_UTF8", "is not UTF-8; save the file as \"CSV UTF-8\"");
    } else if (c == Header::kProperty) {
      if (!cell.empty()) SetProperty(header.names[i].substr(sizeof kPropertyPrefix - 1), cell, item, violations);
    } else if (!cell.empty()) {
      kind.columns[c].set(cell, kind.columns[c].name, now, item, violations);
    } else if (kind.columns[c].required) {
      violations.Add(kind.columns[c].name, "REQUIRED", "is required");
    }
  }
  if (violations.empty()) CheckItem(item, violations);
}

template absl::StatusOr<Header> ReadHeader(const CustomerKind&, const CsvRecord&);
template absl::StatusOr<Header> ReadHeader(const InteractionKind&, const CsvRecord&);
template absl::StatusOr<Header> ReadHeader(const ResponseKind&, const CsvRecord&);
template void ReadRow(const CustomerKind&, const Header&, const CsvRecord&, absl::Time, Customer&, Violations&);
template void ReadRow(const InteractionKind&, const Header&, const CsvRecord&, absl::Time, RecordInteractionRequest&,
                      Violations&);
template void ReadRow(const ResponseKind&, const Header&, const CsvRecord&, absl::Time, CreateResponseRequest&,
                      Violations&);

}  // namespace hoiam::cli
