// Rows of asking: policy, decisions, what is due, waves, the funnel. A `body` is the resource, serialized.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "platform/db/table.h"

namespace hoiam::survey {

struct AskPolicyRow {
  std::string tenant_id;
  std::string body;  // hoiam.survey.v1.AskPolicy

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static AskPolicyRow Read(const db::Row& r);
};

// The latest decision of a survey about a customer. Written with Replace: what stood there does not matter.
struct DecisionRow {
  std::string tenant_id, customer_id, survey_id;
  absl::Time decided_at;
  std::string body;  // hoiam.survey.v1.Dispatch without link, picture and text

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static DecisionRow Read(const db::Row& r);
};

// When a customer can be asked again, as it was told last. Written with Replace.
struct NextAskRow {
  std::string tenant_id, customer_id;
  std::optional<absl::Time> eligible_at;  // unset: at once

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static NextAskRow Read(const db::Row& r);
};

// Invitations of a survey on its latest day. Read for update: it is under no partition's lock.
struct SurveyDayRow {
  std::string tenant_id, survey_id;
  int64_t day = 0;  // since 1970-01-01
  int64_t invited = 0;

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static SurveyDayRow Read(const db::Row& r);
};

// One count of the funnel. Only ever added to.
struct TallyRow {
  std::string tenant_id, survey_id;
  int64_t day = 0;         // since 1970-01-01
  std::string touchpoint;  // "": all of them
  std::string item;        // "step:SENT", "skip:FLOOR_24H", "shown:nps", "answered:nps"
  int64_t n = 0;

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static TallyRow Read(const db::Row& r);
  void Merge(const TallyRow& other) { n += other.n; }
};

// Read for update: whoever asks a member, in the member's partition, must see that the wave was cancelled.
struct WaveRow {
  std::string tenant_id, wave_id, survey_id;
  absl::Time create_time;
  std::string fingerprint;
  std::string draw_id;  // of its members, 16 bytes
  std::string body;     // hoiam.survey.v1.Wave

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static WaveRow Read(const db::Row& r);
};

// Changed in its customer's partition only.
struct WaveMemberRow {
  std::string tenant_id, draw_id, customer_id;
  std::string stratum;
  int64_t place = 0;    // in the stratum's random order, from 1
  int64_t outcome = 0;  // hoiam.survey.v1.WaveMember.Outcome.Code
  int64_t reason = 0;   // hoiam.survey.v1.SkipReason.Code
  absl::Time ask_time;
  std::string invitation_id;
  std::string replaces;

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static WaveMemberRow Read(const db::Row& r);
};

}  // namespace hoiam::survey
