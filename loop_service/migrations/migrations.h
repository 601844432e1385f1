// The SQL files of this folder, compiled in.
#pragma once

#include "platform/db/migrator.h"

namespace hoiam::loop {

const hoiam::db::MigrationSet& Migrations();

}  // namespace hoiam::loop
