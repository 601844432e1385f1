// The numbered SQL files of this folder, compiled in.
#pragma once

#include "platform/db/migrator.h"

namespace hoiam::survey {

const hoiam::db::MigrationSet& Migrations();

}  // namespace hoiam::survey
