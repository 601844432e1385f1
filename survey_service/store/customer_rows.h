// Rows of what a customer said and what became of their goods. A `body` is the resource, serialized.
#pragma once

#include <cstdint>
#include <string>

#include "platform/db/table.h"

namespace hoiam::survey {

struct UsageRecordRow {
  std::string tenant_id, usage_id;
  std::string customer_id;
  absl::Time occurred_at;
  std::string fingerprint;
  std::string body;      // hoiam.survey.v1.Usage
  std::string dispatch;  // hoiam.survey.v1.RecordUsageResponse, `dispatch` only and without links

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static UsageRecordRow Read(const db::Row& r);
};

// Where an item stands now.
struct UsageItemRow {
  std::string tenant_id, customer_id, item;
  std::string body;  // hoiam.survey.v1.Usage

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static UsageItemRow Read(const db::Row& r);
};

struct ConsentStatementRow {
  std::string tenant_id, customer_id, consent_id;
  absl::Time stated_at;
  std::string fingerprint;
  std::string body;  // hoiam.survey.v1.Consent

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static ConsentStatementRow Read(const db::Row& r);
};

// The latest answer to a question that is not asked again for a while. Written with Replace.
struct KnownAnswerRow {
  std::string tenant_id, customer_id, question_id;
  absl::Time answered_at;
  std::string body;  // hoiam.survey.v1.Answer

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static KnownAnswerRow Read(const db::Row& r);
};

// Whom the tenant wants as customers.
struct IcpProfileRow {
  std::string tenant_id;
  int64_t revision = 0;
  std::string body;  // hoiam.survey.v1.IcpProfile

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static IcpProfileRow Read(const db::Row& r);
};

// What an anonymous answer can be claimed by.
struct ResponseClaimRow {
  std::string tenant_id;
  std::string claim_hash;  // SHA-256, 32 bytes
  std::string response_id;

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static ResponseClaimRow Read(const db::Row& r);
};

}  // namespace hoiam::survey
