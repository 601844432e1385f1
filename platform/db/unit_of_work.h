// The rows that one transaction has read and will write. Decisions see it as values: no SQL, no clock, no wire.
//
// A decision first says what it needs (Want), then reads (Find, List) and writes (Put, Delete, Add, Emit). Several
// decisions share one unit of work: each sees what those before it wrote, and one that fails leaves nothing behind.
//
// Want may be called in rounds: what a row read in round 0 names can be wanted in round 1. Wanting what is there costs
// nothing.
//
// A decision is one tenant's. A key that begins with anything else is not wanted, found or written: `violation` says
// so, and whoever runs the decision abandons it. Nothing of it reaches the database.
#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <type_traits>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/container/node_hash_map.h"
#include "absl/status/status.h"
#include "platform/db/session.h"
#include "platform/db/table.h"
#include "platform/db/value.h"

namespace hoiam::db {

// Whose decision is running.
struct TenantScope {
  std::string key;      // the tenant as the first column of an encoded key; "" before the first decision
  std::string foreign;  // the table of the first key that was not the tenant's; "" while there was none
  bool Holds(const TableDef& def, absl::string_view encoded_key);
};

// Untyped part of one table's rows in a unit of work.
class TableRows {
 public:
  TableRows(const TableDef& def, TenantScope& scope) : def_(def), scope_(scope) {}
  virtual ~TableRows() = default;

  // Notes that rows whose key begins with `prefix` are needed. Returns whether they still have to be loaded.
  bool Want(const Values& prefix);
  bool HasPending() const { return !pending_.empty(); }
  // Whether rows below `prefix` were wanted and have come.
  bool Holds(const Values& prefix) const;
  // Loads what is pending: one statement per shape of prefix, in power-of-two lists.
  absl::Status Load(Session& session);
  // Writes what changed, sorted by primary key, in power-of-two shapes.
  absl::Status Flush(Session& session);
  virtual void Mark() = 0;           // begins a decision
  virtual void Rollback() = 0;       // takes back what the decision wrote
  virtual bool Touched() const = 0;  // whether the decision wrote anything

 protected:
  // Ends the process when rows below `prefix` were never wanted: a programming error.
  void CheckWanted(const Values& prefix) const;
  struct Change {
    enum Kind { kInsert, kUpdate, kDelete, kAdd } kind;
    Values values;  // all columns; the key only for kDelete
  };
  virtual void Accept(const Row& row) = 0;
  virtual void WantMerged() {}                      // notes the stored rows of what was added to a merged table
  virtual std::vector<Change> Changes() const = 0;  // in key order
  // Notes a row to load, whatever the scope.
  void WantKey(std::string encoded, Values key) { pending_.try_emplace(std::move(encoded), std::move(key)); }
  const TableDef& def_;
  TenantScope& scope_;

 private:
  absl::flat_hash_map<std::string, Values> pending_;  // by encoded prefix
  absl::flat_hash_set<std::string> loaded_;
  uint64_t loaded_lengths_ = 0;  // bit n: prefixes of n columns are among them
};

template <class T>
class TypedRows final : public TableRows {
 public:
  explicit TypedRows(TenantScope& scope) : TableRows(T::Table(), scope) {}

  struct Entry {
    std::optional<T> row;
    bool stored = false;  // was in the database when loaded
    bool dirty = false;
    bool sum = false;  // made by Add
  };

  static std::string KeyOf(const T& row) {
    Values v;
    row.Bind(v);
    return EncodeKey(v.data(), T::Table().key_columns);
  }

  const T* Find(const Values& key) const {
    const std::string k = EncodeKey(key);
    if (!scope_.Holds(def_, k)) return nullptr;
    const auto it = rows_.find(k);
    if (it != rows_.end()) return it->second.row ? &*it->second.row : nullptr;
    CheckWanted(key);
    return nullptr;
  }
  std::vector<const T*> List(const Values& prefix) const {
    const std::string p = EncodeKey(prefix);
    std::vector<const T*> out;
    if (!scope_.Holds(def_, p)) return out;
    for (auto it = rows_.lower_bound(p); it != rows_.end() && it->first.compare(0, p.size(), p) == 0; ++it)
      if (it->second.row) out.push_back(&*it->second.row);
    if (out.empty()) CheckWanted(prefix);
    return out;
  }
  void Put(T row) {
    const std::string key = KeyOf(row);
    if (!scope_.Holds(def_, key)) return;
    Entry& e = Touch(key);
    e.row = std::move(row);
    e.dirty = true;
    e.sum = false;
  }
  // As Put, for a row that may be there and was not wanted.
  void Replace(T row) {
    const std::string key = KeyOf(row);
    if (!scope_.Holds(def_, key)) return;
    Put(std::move(row));
    rows_[key].stored = true;  // inserted or updated, whichever it takes
  }
  void Delete(const Values& key) {
    const std::string k = EncodeKey(key);
    if (!scope_.Holds(def_, k)) return;
    Entry& e = Touch(k);
    e.row.reset();
    e.dirty = true;
    deleted_keys_.try_emplace(k, key);
  }
  // Adds the sums of `delta` to the row of its key, whether or not it exists. T needs `void Merge(const T&)`.
  void Add(const T& delta) {
    const std::string key = KeyOf(delta);
    if (!scope_.Holds(def_, key)) return;
    Entry& e = Touch(key);
    if (e.row)
      e.row->Merge(delta);
    else
      e.row = delta;
    e.dirty = e.sum = true;
  }

  void Mark() override { undo_.clear(); }
  void Rollback() override {
    for (auto it = undo_.rbegin(); it != undo_.rend(); ++it) {
      if (it->second)
        rows_[it->first] = std::move(*it->second);
      else
        rows_.erase(it->first);
    }
    undo_.clear();
  }
  bool Touched() const override { return !undo_.empty(); }

 protected:
  void Accept(const Row& r) override {
    T row = T::Read(r);
    Entry& e = rows_[KeyOf(row)];
    if (e.dirty) return;
    e.row = std::move(row);
    e.stored = true;
  }
  std::vector<Change> Changes() const override {
    std::vector<Change> out;
    for (const auto& [k, e] : rows_) {
      if (!e.dirty || (!e.row && !e.stored)) continue;
      Change c;
      if (e.row) {
        c.kind = e.sum ? Change::kAdd : e.stored ? Change::kUpdate : Change::kInsert;
        e.row->Bind(c.values);
      } else {
        c.kind = Change::kDelete;
        c.values = deleted_keys_.at(k);
      }
      out.push_back(std::move(c));
    }
    return out;
  }

 private:
  Entry& Touch(const std::string& key) {
    const auto it = rows_.find(key);
    undo_.emplace_back(key, it == rows_.end() ? std::nullopt : std::optional<Entry>(it->second));
    return it == rows_.end() ? rows_[key] : it->second;
  }

  absl::btree_map<std::string, Entry> rows_;
  std::vector<std::pair<std::string, std::optional<Entry>>> undo_;
  absl::flat_hash_map<std::string, Values> deleted_keys_;
};

// Rows of a merged table: they are only added to, and what was added meets what is stored when it is written.
template <class T>
class MergedRows final : public TableRows {
 public:
  explicit MergedRows(TenantScope& scope) : TableRows(T::Table(), scope) {}

  void Add(T delta) {
    std::string key;
    delta.AppendKey(key);
    if (scope_.Holds(def_, key)) added_.emplace_back(std::move(key), std::move(delta));
  }
  std::vector<const T*> Sums() {
    Mark();
    std::vector<const T*> out;
    for (const auto& [key, e] : InOrder()) out.push_back(&e->sum);
    return out;
  }

  void Mark() override {
    for (auto& [key, delta] : added_) {
      const auto it = rows_.find(key);
      if (it == rows_.end())
        rows_.emplace(std::move(key), Entry{std::move(delta)});
      else
        it->second.sum.Merge(delta);
    }
    added_.clear();
  }
  void Rollback() override { added_.clear(); }
  bool Touched() const override { return !added_.empty(); }

 protected:
  void Accept(const Row& r) override {
    const T stored = T::Read(r);
    std::string key;
    stored.AppendKey(key);
    Entry& e = rows_.at(key);
    e.sum.Merge(stored);
    e.stored = true;
  }
  void WantMerged() override {
    Mark();
    for (const auto& [key, e] : rows_) {
      Values values;
      e.sum.BindKey(values);
      WantKey(key, std::move(values));
    }
  }
  std::vector<Change> Changes() const override {
    std::vector<Change> out;
    for (const auto& [key, e] : InOrder()) {
      if (e->sum.empty() && !e->stored) continue;
      Change& c = out.emplace_back();
      c.kind = e->sum.empty() ? Change::kDelete : e->stored ? Change::kUpdate : Change::kInsert;
      if (e->sum.empty())
        e->sum.BindKey(c.values);
      else
        e->sum.Bind(c.values);
    }
    return out;
  }

 private:
  struct Entry {
    T sum;
    bool stored = false;
  };
  std::vector<std::pair<absl::string_view, const Entry*>> InOrder() const {
    std::vector<std::pair<absl::string_view, const Entry*>> out;
    out.reserve(rows_.size());
    for (const auto& [key, e] : rows_) out.emplace_back(key, &e);
    std::sort(out.begin(), out.end());
    return out;
  }

  absl::node_hash_map<std::string, Entry> rows_;  // of the decisions before this one
  std::vector<std::pair<std::string, T>> added_;  // by this decision
};

class UnitOfWork {
 public:
  UnitOfWork() = default;
  UnitOfWork(const UnitOfWork&) = delete;  // its tables know its scope
  UnitOfWork& operator=(const UnitOfWork&) = delete;

  // --- for decisions
  // --------------------------------------------------------------------------------------------------- Rows of T whose
  // key begins with `prefix` will be read. A full key wants one row.
  template <class T>
  void Want(const Values& prefix) {
    Rows<T>().Want(prefix);
  }
  // Whether rows below a prefix were wanted, and can be read. What a decision of this batch has just made possible was
  // not, when the rows were wanted that then were there.
  template <class T>
  bool Wanted(const Values& prefix) {
    return Rows<T>().Holds(prefix);
  }
  // The row of a full key that was wanted; nullptr when there is none. Valid until the next write to T.
  template <class T>
  const T* Find(const Values& key) {
    return Rows<T>().Find(key);
  }
  // The rows below a prefix that was wanted, in key order. Valid until the next write to T.
  template <class T>
  std::vector<const T*> List(const Values& prefix) {
    return Rows<T>().List(prefix);
  }
  // Inserts or replaces. A key that was not wanted is taken as new; if it exists the transaction is decided again.
  template <class T>
  void Put(T row) {
    Rows<T>().Put(std::move(row));
  }
  // Inserts or replaces a row that may exist and whose old content does not matter. Needs no Want.
  template <class T>
  void Replace(T row) {
    Rows<T>().Replace(std::move(row));
  }
  // Removes a row that was wanted.
  template <class T>
  void Delete(const Values& key) {
    Rows<T>().Delete(key);
  }
  // Adds to the sums of a row, made when missing. Needs no Want.
  template <class T>
  void Add(T delta) {
    Rows<T>().Add(std::move(delta));
  }
  // Sums of a merged table as they were added up so far, in key order: without what is stored.
  template <class T>
  std::vector<const T*> Sums() {
    return Rows<T>().Sums();
  }
  // Tells the readers of this service's log. `event` is a serialized hoiam.event.v1.Event.
  void Emit(std::string event) { events_.push_back({partition_, std::move(event)}); }

  // --- for the combiner and the feed consumer
  // --------------------------------------------------------------------------
  // What follows (Want, or a decision) is of this partition and tenant.
  void Begin(uint32_t partition, absl::string_view tenant);
  // The rest of it is of this tenant: a call's reply is the caller's, its effect may be on another's rows.
  void SwitchTo(absl::string_view tenant);
  // INTERNAL, and in the log, once a key was used since Begin that was not the tenant's.
  absl::Status violation() const;
  void Abandon();      // takes back what the decision wrote and emitted
  bool Wrote() const;  // whether the decision wrote or emitted anything
  bool NeedsLoad() const;
  absl::Status Load(Session& session);
  absl::Status Flush(Session& session);
  struct Emitted {
    uint32_t partition;
    std::string event;
  };
  const std::vector<Emitted>& events() const { return events_; }

 private:
  template <class T>
  auto& Rows() {
    constexpr bool kMerged = requires(const T& t, std::string& key) { t.AppendKey(key); };
    using Table = std::conditional_t<kMerged, MergedRows<T>, TypedRows<T>>;
    auto& slot = tables_[T::Table().name];
    if (!slot) slot = std::make_unique<Table>(scope_);
    return static_cast<Table&>(*slot);
  }
  TenantScope scope_;
  std::map<std::string, std::unique_ptr<TableRows>> tables_;  // by name: a fixed order of statements
  std::vector<Emitted> events_;
  size_t mark_ = 0;
  uint32_t partition_ = 0;
};

}  // namespace hoiam::db
