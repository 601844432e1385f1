// Rows of the playbook: what a tenant made, or changed from what Hoiam brings.
#pragma once

#include <cstdint>
#include <string>

#include "absl/time/time.h"
#include "platform/db/table.h"

namespace hoiam::loop {

struct SettingRow {
  std::string tenant_id;
  std::string kind;  // Name(SettingKind)
  std::string setting_id;
  int64_t revision = 0;
  absl::Time update_time;
  std::string body;  // the message of that kind, serialized

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static SettingRow Read(const db::Row& r);
};

// Counts the changes of a tenant's settings.
struct PlaybookRow {
  std::string tenant_id;
  int64_t version = 0;

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static PlaybookRow Read(const db::Row& r);
};

}  // namespace hoiam::loop
