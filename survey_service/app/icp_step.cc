#include "survey_service/app/icp_step.h"

#include "survey_service/app/stored.h"
#include "survey_service/convert/icp.h"
#include "survey_service/store/customer_rows.h"

namespace hoiam::survey {

void WantIcpProfile(db::UnitOfWork& uow, const std::string& tenant) { uow.Want<IcpProfileRow>({tenant}); }

absl::Status SetFit(db::UnitOfWork& uow, const std::string& tenant, v1::Customer& customer) {
  v1::IcpProfile profile;
  if (const auto* row = uow.Find<IcpProfileRow>({tenant})) {
    HOIAM_ASSIGN_OR_RETURN(profile, Parse<v1::IcpProfile>(row->body));
  }
  SetIcpFit(ToIcpRules(profile), customer);
  return absl::OkStatus();
}

}  // namespace hoiam::survey
