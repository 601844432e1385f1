#include "loop_service/app/customer_lookup.h"

#include <grpcpp/client_context.h>

#include <utility>

#include "hoiam/survey/v1/survey_service.grpc.pb.h"
#include "loop_service/domain/case.h"
#include "platform/base/process_time.h"
#include "platform/rpc/status_wire.h"

namespace hoiam::loop {
namespace {

namespace sv = hoiam::survey::v1;

class FromSurvey final : public CustomerLookup {
 public:
  explicit FromSurvey(std::shared_ptr<grpc::ChannelInterface> channel)
      : survey_(sv::CustomerService::NewStub(std::move(channel))) {}

  absl::StatusOr<std::optional<CustomerContact>> Find(const std::string& tenant, const std::string& customer_id,
                                                      absl::Time deadline) const override {
    grpc::ClientContext context;
    context.AddMetadata("hoiam-tenant", tenant);
    context.AddMetadata("hoiam-principal", std::string(kSystemActor));
    context.set_deadline(OnMachine(deadline));
    sv::GetCustomerRequest request;
    request.set_customer_id(customer_id);
    sv::Customer c;
    const grpc::Status status = survey_->GetCustomer(&context, request, &c);
    if (status.error_code() == grpc::StatusCode::NOT_FOUND) return std::nullopt;
    if (!status.ok()) return rpc::FromGrpc(status);
    return CustomerContact{c.display_name(), c.honorific(), c.given_name(), c.email(), c.locale(), c.email_bounced()};
  }

 private:
  const std::unique_ptr<sv::CustomerService::Stub> survey_;
};

}  // namespace

std::unique_ptr<CustomerLookup> CustomersOf(std::shared_ptr<grpc::ChannelInterface> survey) {
  return std::make_unique<FromSurvey>(std::move(survey));
}

}  // namespace hoiam::loop
