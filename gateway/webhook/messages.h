// What is personal in an event is not stored with it: link, phone, mail address and text of an invitation are asked of
// survey_service at the moment they are sent or listed.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "hoiam/gateway/v1/webhook_service.pb.h"
#include "hoiam/survey/v1/survey_service.grpc.pb.h"
#include "platform/rpc/context.h"

namespace hoiam::gateway {

// Whether the event lacks something that has to be asked for.
bool NeedsMessage(const v1::PublicEvent& event);

class Messages {
 public:
  explicit Messages(std::shared_ptr<grpc::ChannelInterface> survey);

  // Completes the event, and hands it over on some thread: within kMessageDeadline, or why it could not.
  void Complete(const std::string& tenant, v1::PublicEvent event,
                std::function<void(absl::Status, v1::PublicEvent)> done);
  // Completes all of them, waiting. UNAVAILABLE reason MESSAGES_UNAVAILABLE.
  absl::Status CompleteAll(const rpc::CallContext& ctx, std::vector<v1::PublicEvent*> events);

 private:
  const std::unique_ptr<survey::v1::MessageService::Stub> stub_;
};

}  // namespace hoiam::gateway
