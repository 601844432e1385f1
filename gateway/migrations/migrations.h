// The gateway's SQL files, compiled in. Made by hoiam_migrations().
#pragma once

#include "platform/db/migrator.h"

namespace hoiam::gateway {

const db::MigrationSet& Migrations();

}  // namespace hoiam::gateway
