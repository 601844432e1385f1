// Rows of the catalogue: what a tenant made, or changed from what Hoiam brings. A `body` is the resource, serialized.
#pragma once

#include <string>

#include "platform/db/table.h"

namespace hoiam::survey {

struct TouchpointRow {
  std::string tenant_id, touchpoint_id;
  std::string body;  // hoiam.survey.v1.Touchpoint

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static TouchpointRow Read(const db::Row& r);
};

struct ChannelRow {
  std::string tenant_id, channel_id;
  std::string body;  // hoiam.survey.v1.Channel

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static ChannelRow Read(const db::Row& r);
};

// Whose a name is.
struct CatalogueAliasRow {
  std::string tenant_id;
  std::string kind;   // "touchpoint", "channel"
  std::string alias;  // NFC, lower case
  std::string target;

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static CatalogueAliasRow Read(const db::Row& r);
};

}  // namespace hoiam::survey
