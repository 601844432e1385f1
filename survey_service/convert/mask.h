// Moved to platform/proto/mask.h.
#pragma once

#include "platform/proto/mask.h"
