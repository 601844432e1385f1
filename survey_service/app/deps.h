// What use cases are given.
#pragma once

#include "platform/base/clock.h"
#include "platform/db/tenant_db.h"
#include "platform/rpc/tenant_db.h"
#include "platform/rpc/write.h"
#include "survey_service/domain/link.h"
#include "survey_service/domain/phone.h"

namespace hoiam::survey {

struct Deps {
  rpc::Writer& writer;
  db::Pool& pool;
  const Clock& clock;
  const LinkMaker& links;
  const PhoneNumbers& phones;
};

}  // namespace hoiam::survey
