#include "survey_service/store/catalogue_rows.h"

namespace hoiam::survey {

using db::Row;
using db::TableDef;
using db::Values;

const TableDef& TouchpointRow::Table() {
  static const auto* def = new TableDef{"touchpoint", {"tenant_id", "touchpoint_id", "body"}, 2};
  return *def;
}

void TouchpointRow::Bind(Values& v) const { v.insert(v.end(), {tenant_id, touchpoint_id, body}); }

TouchpointRow TouchpointRow::Read(const Row& r) { return {r.Bytes(0), r.Bytes(1), r.Bytes(2)}; }

const TableDef& ChannelRow::Table() {
  static const auto* def = new TableDef{"channel", {"tenant_id", "channel_id", "body"}, 2};
  return *def;
}

void ChannelRow::Bind(Values& v) const { v.insert(v.end(), {tenant_id, channel_id, body}); }

ChannelRow ChannelRow::Read(const Row& r) { return {r.Bytes(0), r.Bytes(1), r.Bytes(2)}; }

const TableDef& CatalogueAliasRow::Table() {
  static const auto* def = new TableDef{"catalogue_alias", {"tenant_id", "kind", "alias", "target"}, 3};
  return *def;
}

void CatalogueAliasRow::Bind(Values& v) const { v.insert(v.end(), {tenant_id, kind, alias, target}); }

CatalogueAliasRow CatalogueAliasRow::Read(const Row& r) { return {r.Bytes(0), r.Bytes(1), r.Bytes(2), r.Bytes(3)}; }

}  // namespace hoiam::survey
