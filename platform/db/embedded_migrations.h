// The platform's own SQL files, compiled in by CMake.
#pragma once

#include "platform/db/migrator.h"

namespace hoiam::db::embedded {

const MigrationSet& Migrations();

}  // namespace hoiam::db::embedded
