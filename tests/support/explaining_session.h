// A session that asks the server how it will run each SELECT, for the tests that no query scans a table.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "platform/db/session.h"
#include "tests/support/matchers.h"

namespace hoiam::testing {

// Explains every SELECT that goes through it, and notes those that read a whole table or index, or sort.
class ExplainingSession final : public db::Session {
 public:
  explicit ExplainingSession(std::unique_ptr<db::Session> inner) : inner_(std::move(inner)) {
    HOIAM_EXPECT_OK(inner_->Query("SELECT VERSION()", {}, [this](const db::Row& r) {
      mysql_ = r.Bytes(0).find("MariaDB") == std::string::npos;
    }));
  }
  absl::Status Execute(absl::string_view sql) override { return inner_->Execute(sql); }
  absl::StatusOr<int64_t> Run(const std::string& sql, const db::Values& params) override {
    return inner_->Run(sql, params);
  }
  absl::Status Query(const std::string& sql, const db::Values& params,
                     const std::function<void(const db::Row&)>& each) override {
    ++explained;
    // Said, because MySQL 9 answers a tree unless told otherwise.
    const absl::Status plan = inner_->Query("EXPLAIN FORMAT=TRADITIONAL " + sql, params, [&](const db::Row& r) {
      // NULL when the server sees at once that there is no such row.
      const auto text = [&](int at) { return r.IsNull(at) ? "" : r.Bytes(at); };
      const std::string type = text(mysql_ ? 4 : 3), extra = text(mysql_ ? 11 : 9);
      if (type == "ALL" || type == "index" || extra.find("filesort") != std::string::npos)
        bad.push_back(absl::StrCat(type, " ", extra, ": ", sql));
    });
    return plan.ok() ? inner_->Query(sql, params, each) : plan;
  }
  bool healthy() const override { return inner_->healthy(); }

  int explained = 0;
  std::vector<std::string> bad;

 private:
  std::unique_ptr<db::Session> inner_;
  bool mysql_ = false;  // its EXPLAIN has a column `partitions` that MariaDB's has not
};

}  // namespace hoiam::testing
