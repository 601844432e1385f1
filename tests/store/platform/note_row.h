// Tables of the platform's own tests.
#pragma once

#include "platform/db/migrator.h"
#include "platform/db/table.h"

namespace hoiam::testing {

inline const db::MigrationSet& NoteMigrations() {
  static const auto* set = new db::MigrationSet{
      {"0001_notes",
       "CREATE TABLE note (tenant_id VARBINARY(64) NOT NULL, customer_id VARBINARY(128) NOT NULL, "
       "note_id BINARY(16) NOT NULL, "
       "text VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL, at DATETIME(6) NOT "
       "NULL, amount DECIMAL(38,6) NOT NULL, "
       "body MEDIUMBLOB NULL, PRIMARY KEY (tenant_id, customer_id, note_id)) ENGINE=InnoDB;\n"
       "CREATE TABLE tally (tenant_id VARBINARY(64) NOT NULL, name VARBINARY(64) NOT NULL, n "
       "BIGINT NOT NULL, amount DECIMAL(38,6) NOT NULL, "
       "PRIMARY KEY (tenant_id, name)) ENGINE=InnoDB;\n"
       "CREATE TABLE total (tenant_id VARBINARY(64) NOT NULL, day BIGINT NOT NULL, n VARBINARY(64) "
       "NOT NULL, PRIMARY KEY (tenant_id, day)) ENGINE=InnoDB;\n"}};
  return *set;
}

struct Note {
  std::string tenant, customer, id, text;
  absl::Time at = absl::UnixEpoch();
  Decimal amount;
  std::optional<std::string> body;

  static const db::TableDef& Table() {
    static const auto* def =
        new db::TableDef{"note", {"tenant_id", "customer_id", "note_id", "text", "at", "amount", "body"}, 3};
    return *def;
  }
  void Bind(db::Values& v) const {
    v.insert(v.end(), {tenant, customer, id, text, at, db::Of(amount), body ? db::Value(*body) : db::Null()});
  }
  static Note Read(const db::Row& r) {
    return {r.Bytes(0),
            r.Bytes(1),
            r.Bytes(2),
            r.Bytes(3),
            r.Time(4),
            r.Dec(5),
            r.IsNull(6) ? std::nullopt : std::optional(r.Bytes(6))};
  }
};

struct Tally {
  std::string tenant, name;
  int64_t n = 0;
  Decimal amount;

  static const db::TableDef& Table() {
    static const auto* def = new db::TableDef{"tally", {"tenant_id", "name", "n", "amount"}, 2, 2};
    return *def;
  }
  void Bind(db::Values& v) const { v.insert(v.end(), {tenant, name, n, db::Of(amount)}); }
  static Tally Read(const db::Row& r) { return {r.Bytes(0), r.Bytes(1), r.Int(2), r.Dec(3)}; }
  void Merge(const Tally& o) {
    n += o.n;
    amount += o.amount;
  }
};

// A sum that the database cannot add to: it is stored as text.
struct DayTotal {
  std::string tenant;
  int64_t day = 0, n = 0;

  static const db::TableDef& Table() {
    static const auto* def = new db::TableDef{
        .name = "total", .columns = {"tenant_id", "day", "n"}, .key_columns = 2, .for_update = true, .merged = true};
    return *def;
  }
  void BindKey(db::Values& v) const { v.insert(v.end(), {tenant, day}); }
  void AppendKey(std::string& key) const {
    db::AppendKey(key, tenant);
    db::AppendKey(key, day);
  }
  void Bind(db::Values& v) const { v.insert(v.end(), {tenant, day, std::to_string(n)}); }
  static DayTotal Read(const db::Row& r) { return {r.Bytes(0), r.Int(1), std::stoll(r.Bytes(2))}; }
  void Merge(const DayTotal& o) { n += o.n; }
  bool empty() const { return n == 0; }
};

// 16 bytes that differ per number and hold bytes no text would.
inline std::string NoteId(int n) {
  std::string id(16, '\0');
  id[0] = static_cast<char>(n >> 8);
  id[1] = static_cast<char>(n);
  id[14] = '\xFF';
  id[15] = '\'';
  return id;
}

}  // namespace hoiam::testing
