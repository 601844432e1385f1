// The rows of this service's tables, as a unit of work reads and writes them. A `body` is the resource, serialized:
// tables have columns of their own only for what a query needs.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "platform/db/table.h"

namespace hoiam::survey {

struct CustomerRow {
  std::string tenant_id, customer_id;
  absl::Time update_time;
  std::string phone, email, segment;
  std::string body;  // hoiam.survey.v1.Customer

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static CustomerRow Read(const db::Row& r);
};

struct ConsentRow {
  std::string tenant_id, customer_id;
  absl::Time stated_at;
  std::string wish;       // "UNSUBSCRIBE"
  std::string stated_by;  // principal, or "respondent"
  std::string reason;

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static ConsentRow Read(const db::Row& r);
};

struct InteractionRow {
  std::string tenant_id, interaction_id;
  std::string fingerprint;
  std::string body;      // hoiam.survey.v1.Interaction
  std::string dispatch;  // hoiam.survey.v1.RecordInteractionResponse, `dispatch` only and without links

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static InteractionRow Read(const db::Row& r);
};

struct SurveyRow {
  std::string tenant_id, survey_id;
  std::string fingerprint;
  std::string body;  // hoiam.survey.v1.Survey

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static SurveyRow Read(const db::Row& r);
};

struct SurveyVersionRow {
  std::string tenant_id, survey_id;
  int64_t version = 0;
  std::string body;  // hoiam.survey.v1.Survey

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static SurveyVersionRow Read(const db::Row& r);
};

struct ActiveSurveyRow {
  std::string tenant_id, survey_id;
  std::string body;  // hoiam.survey.v1.Survey without questions and names

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static ActiveSurveyRow Read(const db::Row& r);
};

struct InvitationRow {
  std::string tenant_id, customer_id, invitation_id;
  std::string survey_id;
  absl::Time create_time;
  std::string token_hash;  // 32 bytes
  std::string key_id;      // of the link key that made it
  std::string body;        // hoiam.survey.v1.Invitation without link

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static InvitationRow Read(const db::Row& r);
};

struct InvitationClaimRow {
  std::string tenant_id, invitation_id;
  std::string customer_id;

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static InvitationClaimRow Read(const db::Row& r);
};

// Read for update: an anonymous answer is claimed in its customer's partition and amended in its own.
struct ResponseRow {
  std::string tenant_id, response_id;
  std::string customer_id;  // "" for an anonymous answer
  absl::Time responded_at;
  std::string metric;
  std::optional<int64_t> score;
  std::string touchpoint, survey_id, segment;
  std::string fingerprint;
  std::string body;  // hoiam.survey.v1.Response

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static ResponseRow Read(const db::Row& r);
};

// Read for update, as answers are.
struct StandingRow {
  std::string tenant_id, customer_id, metric;
  std::string scores;  // domain/standing.h

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static StandingRow Read(const db::Row& r);
};

}  // namespace hoiam::survey
