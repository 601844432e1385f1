// Requests about the conversation with the customer, checked for shape, every bad field at once.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "hoiam/loop/v1/loop_service.pb.h"

namespace hoiam::loop {

namespace pb = hoiam::loop::v1;

// A message that staff write or record, as it will be stored; and in which case.
struct MessageCall {
  std::string case_id;  // 16 bytes
  pb::CaseMessage message;
  std::string fingerprint;  // SHA-256 of what the caller said
  bool mailed = false;      // it goes out by mail
  bool await_reply = false;
};
// Reasons of violations beside those of platform/base/text.h: UNKNOWN_VALUE.
absl::StatusOr<MessageCall> ParseMessage(const pb::CreateCaseMessageRequest& q);

// What a customer writes on the status page: a message id is required, words are.
absl::Status CheckWords(const pb::WriteCaseStatusRequest& q);
absl::Status CheckWords(const pb::ConfirmCaseStatusRequest& q);

// A message that came from the customer.
pb::CaseMessage FromCustomer(absl::string_view message_id, absl::string_view channel, absl::string_view text,
                             absl::Time now);

void SetTime(pb::CaseMessage& message, absl::Time t);

}  // namespace hoiam::loop
