// The three files of an import, row by row: which columns they have, and what a cell must look like. Pure.
//
// What can be known without the server is checked here, so that a dry run finds it: required cells, ids, numbers,
// ranges, times, currencies. The server checks everything again.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "cli/csv/csv.h"
#include "hoiam/survey/v1/survey_service.pb.h"
#include "platform/base/status.h"

namespace hoiam::cli {

// One column of a file for items of type Item.
template <class Item>
struct Column {
  const char* name;
  bool required;
  // Checks a cell that is not empty and stores it.
  void (*set)(const std::string& cell, const char* column, absl::Time now, Item& item, Violations& violations);
};

// What a header line says.
struct Header {
  std::vector<int> column;              // per cell: index into the kind's columns, kProperty or kUnknown
  std::vector<std::string> names;       // as written
  std::vector<std::string> unknown;     // columns that are passed over
  static constexpr int kProperty = -1;  // "properties.<name>"
  static constexpr int kUnknown = -2;
};

// Everything about one kind of file.
template <class ItemType, class RequestType, class AnswerType>
struct Kind {
  using Item = ItemType;
  using Request = RequestType;
  using Answer = AnswerType;
  const char* file;  // "customers.csv"
  const char* path;  // of its batch method
  std::vector<Column<Item>> columns;
  const std::string& (*id)(const Item& item);
  Item* (*add)(Request& request);
};

using CustomerKind =
    Kind<survey::v1::Customer, survey::v1::BatchUpsertCustomersRequest, survey::v1::BatchUpsertCustomersResponse>;
using InteractionKind = Kind<survey::v1::RecordInteractionRequest, survey::v1::BatchRecordInteractionsRequest,
                             survey::v1::BatchRecordInteractionsResponse>;
using ResponseKind = Kind<survey::v1::CreateResponseRequest, survey::v1::BatchImportResponsesRequest,
                          survey::v1::BatchImportResponsesResponse>;

const CustomerKind& Customers();
const InteractionKind& Interactions();
const ResponseKind& Responses();

// INVALID_ARGUMENT names every required column that is missing and every one that is there twice.
template <class K>
absl::StatusOr<Header> ReadHeader(const K& kind, const CsvRecord& record);

// Reads a row into `item`. Violations name the column.
template <class K>
void ReadRow(const K& kind, const Header& header, const CsvRecord& record, absl::Time now, typename K::Item& item,
             Violations& violations);

}  // namespace hoiam::cli
