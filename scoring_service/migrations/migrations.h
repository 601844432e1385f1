// The numbered SQL files of this folder, compiled in.
#pragma once

#include "platform/db/migrator.h"

namespace hoiam::scoring {

const db::MigrationSet& Migrations();

}  // namespace hoiam::scoring
