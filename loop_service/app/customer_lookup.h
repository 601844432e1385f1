// Who a customer is, asked of survey_service whenever a mail goes out or comes in. Nothing of it is kept.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "grpcpp/channel.h"

namespace hoiam::loop {

struct CustomerContact {
  std::string display_name, honorific, given_name;
  std::string email;     // may be empty
  std::string locale;    // BCP 47; may be empty
  bool bounced = false;  // mail to `email` came back for good
};

class CustomerLookup {
 public:
  virtual ~CustomerLookup() = default;
  // nullopt when there is no such customer, or not any more. Blocks.
  virtual absl::StatusOr<std::optional<CustomerContact>> Find(const std::string& tenant, const std::string& customer_id,
                                                              absl::Time deadline) const = 0;
};

// Over survey_service's GetCustomer.
std::unique_ptr<CustomerLookup> CustomersOf(std::shared_ptr<grpc::ChannelInterface> survey);

}  // namespace hoiam::loop
