// hoiam-migrate: makes and upgrades the tables of all four services, and the first key of a new installation.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

#include "gateway/auth/bootstrap.h"
#include "gateway/migrations/migrations.h"
#include "loop_service/migrations/migrations.h"
#include "platform/base/clock.h"
#include "platform/base/status.h"
#include "platform/config/env.h"
#include "platform/db/migrator.h"
#include "platform/db/session.h"
#include "scoring_service/migrations/migrations.h"
#include "survey_service/migrations/migrations.h"

namespace hoiam::cli {
namespace {

constexpr char kUsage[] = R"(hoiam-migrate [--bootstrap-tenant TENANT --key-file FILE] [--operator-key-file FILE]

Applies what is missing of every service's migrations, in order, and prints each one. Running it again changes nothing.

  --bootstrap-tenant TENANT   makes the tenant, and its first admin key when FILE is not there
  --key-file FILE             where that key's text goes (mode 0600)
  --operator-key-file FILE    where the key of the operator goes, who makes and suspends tenants; made when FILE is not there

A key whose FILE was lost is made anew, and the one of the lost FILE stops working.

Settings: HOIAM_DB_URL (the user must be allowed to make tables, and schemas that are missing), HOIAM_PARTITIONS.
)";

struct Options {
  std::string tenant, key_file, operator_key_file;
};

// nullopt when the words are not right.
std::optional<Options> ParseOptions(const std::vector<std::string>& words) {
  Options o;
  for (size_t i = 0; i < words.size(); i += 2) {
    if (i + 1 == words.size()) return std::nullopt;
    if (words[i] == "--bootstrap-tenant")
      o.tenant = words[i + 1];
    else if (words[i] == "--key-file")
      o.key_file = words[i + 1];
    else if (words[i] == "--operator-key-file")
      o.operator_key_file = words[i + 1];
    else
      return std::nullopt;
  }
  if (o.tenant.empty() != o.key_file.empty()) return std::nullopt;
  // The operator's own, and names that a test mode could have.
  if (o.tenant == gateway::kOperatorTenant || o.tenant.find('~') != std::string::npos) return std::nullopt;
  return o;
}

absl::Status MigrateAll(const db::Url& url, uint32_t partitions) {
  const struct {
    const char* name;
    const db::MigrationSet& migrations;
  } services[] = {{"survey", survey::Migrations()},
                  {"scoring", scoring::Migrations()},
                  {"loop", loop::Migrations()},
                  {"gateway", gateway::Migrations()}};
  for (const auto& service : services) {
    const std::string schema = url.prefix + "_" + service.name;
    HOIAM_RETURN_IF_ERROR(db::Migrate(url, schema, service.migrations, partitions, [&](const std::string& migration) {
      std::cout << "applied " << migration << std::endl;
    }));
  }
  return absl::OkStatus();
}

// The file is complete and durable, or not there.
absl::Status WriteSecret(const std::string& path, const std::string& text) {
  const std::string draft = path + ".new";
  const int fd = open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd < 0) return absl::UnavailableError("cannot write " + draft);
  const std::string line = text + "\n";
  const bool written = write(fd, line.data(), line.size()) == static_cast<ssize_t>(line.size()) && fsync(fd) == 0;
  if (close(fd) != 0 || !written || rename(draft.c_str(), path.c_str()) != 0)
    return absl::UnavailableError("cannot write " + path);
  return absl::OkStatus();
}

// Makes the first key of a tenant, and the tenant, unless its file is there.
absl::Status MakeFirstKey(const db::Url& url, const std::string& tenant, const std::string& file) {
  if (file.empty() || access(file.c_str(), F_OK) == 0) return absl::OkStatus();
  HOIAM_ASSIGN_OR_RETURN(auto session, db::Connect(url, url.prefix + "_gateway"));
  HOIAM_ASSIGN_OR_RETURN(const auto db, db::TenantDb::Of(db::SystemDb(std::move(session)), tenant));
  HOIAM_ASSIGN_OR_RETURN(const std::string key, gateway::Bootstrap(db, tenant, SystemClock().Now()));
  HOIAM_RETURN_IF_ERROR(WriteSecret(file, key));
  std::cout << "wrote the first key of tenant " << tenant << " to " << file << std::endl;
  return absl::OkStatus();
}

absl::Status Run(const Options& options) {
  config::Env env;
  const std::string text = env.Required("HOIAM_DB_URL", "where the tables are made");
  const int partitions = env.Int("HOIAM_PARTITIONS", 1, 1, 1024);
  const auto url = db::ParseUrl(text);
  if (!url.ok() && !text.empty()) env.Problem("HOIAM_DB_URL", std::string(url.status().message()));
  if (!env.problems().empty()) {
    std::string all;
    for (const auto& problem : env.problems()) all += "\n  " + problem;
    return absl::InvalidArgumentError("settings are wrong:" + all);
  }
  db::InitDriver();
  HOIAM_RETURN_IF_ERROR(MigrateAll(*url, partitions));
  HOIAM_RETURN_IF_ERROR(MakeFirstKey(*url, options.tenant, options.key_file));
  return MakeFirstKey(*url, gateway::kOperatorTenant, options.operator_key_file);
}

}  // namespace
}  // namespace hoiam::cli

int main(int argc, char** argv) {
  const auto options = hoiam::cli::ParseOptions({argv + 1, argv + argc});
  if (!options) {
    std::cerr << hoiam::cli::kUsage;
    return 2;
  }
  const absl::Status status = hoiam::cli::Run(*options);
  if (!status.ok()) std::cerr << "hoiam-migrate: " << status.message() << std::endl;
  return status.ok() ? 0 : 1;
}
