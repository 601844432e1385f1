// What is told to the outside, as it is stored.
#pragma once

#include <cstdint>
#include <string>

#include "absl/time/time.h"
#include "platform/db/table.h"

namespace hoiam::gateway {

// Where a tenant's events and queues end. Read FOR UPDATE: whoever holds it is the only one that writes the tenant's
// events, webhooks and queues. Its table comes first by name, so a unit of work locks it before it reads those.
struct EventOrderRow {
  std::string tenant_id;
  int64_t next_seq = 1;
  int64_t next_position = 1;  // in the tenant's queues, all together

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static EventOrderRow Read(const db::Row& r);
};

struct PublicEventRow {
  std::string tenant_id;
  int64_t seq = 0;
  std::string event_id;  // 16 bytes
  std::string type;
  std::string subject;  // whom it is about; "" for nobody
  absl::Time occurred_at;
  std::string body;  // v1::PublicEvent without link, phone, mail address and text

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static PublicEventRow Read(const db::Row& r);
};

}  // namespace hoiam::gateway
