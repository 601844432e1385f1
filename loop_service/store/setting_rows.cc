#include "loop_service/store/setting_rows.h"

namespace hoiam::loop {

using db::Row;
using db::TableDef;
using db::Values;

const TableDef& SettingRow::Table() {
  static const auto* def =
      new TableDef{"setting", {"tenant_id", "kind", "setting_id", "revision", "update_time", "body"}, 3};
  return *def;
}

void SettingRow::Bind(Values& v) const {
  v.insert(v.end(), {tenant_id, kind, setting_id, revision, update_time, body});
}

SettingRow SettingRow::Read(const Row& r) {
  return {r.Bytes(0), r.Bytes(1), r.Bytes(2), r.Int(3), r.Time(4), r.Bytes(5)};
}

const TableDef& PlaybookRow::Table() {
  static const auto* def = new TableDef{"playbook", {"tenant_id", "version"}, 1};
  return *def;
}

void PlaybookRow::Bind(Values& v) const { v.insert(v.end(), {tenant_id, version}); }

PlaybookRow PlaybookRow::Read(const Row& r) { return {r.Bytes(0), r.Int(1)}; }

}  // namespace hoiam::loop
