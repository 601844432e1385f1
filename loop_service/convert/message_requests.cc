#include "loop_service/convert/message_requests.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "loop_service/convert/case_requests.h"
#include "loop_service/domain/conversation.h"
#include "loop_service/limits.h"
#include "platform/base/crypto.h"
#include "platform/base/status.h"
#include "platform/base/text.h"

namespace hoiam::loop {
namespace {

constexpr absl::string_view kEmail = "email";

void CheckWordsOf(absl::string_view text, bool required, size_t max_chars, Violations& v) {
  if (required && text.empty()) return v.Add("text", "REQUIRED", "is required");
  CheckProse(text, "text", max_chars, v);
}

}  // namespace

absl::StatusOr<MessageCall> ParseMessage(const pb::CreateCaseMessageRequest& q) {
  using pb::MessageDirection;
  Violations v;
  CheckClientId(q.message_id(), "messageId", v);
  if (!MessageDirection::Code_IsValid(q.direction()))
    v.Add("direction", "UNKNOWN_VALUE", "must be one of the values of the contract");
  CheckSlug(q.channel(), "channel", /*required=*/true, v);
  CheckLine(q.subject(), "subject", kMaxSubjectBytes, v);
  CheckWordsOf(q.text(), /*required=*/true, kMaxMessageChars, v);
  HOIAM_RETURN_IF_ERROR(v.ToStatus());

  MessageCall call;
  HOIAM_ASSIGN_OR_RETURN(call.case_id, ParseCaseId(q.case_id()));
  pb::CaseMessage& m = call.message;
  m.set_message_id(q.message_id());
  m.set_direction(q.direction() == MessageDirection::IN ? MessageDirection::IN : MessageDirection::OUT);
  m.set_channel(q.channel());
  m.set_subject(q.subject());
  m.set_text(q.text());
  call.mailed = m.direction() == MessageDirection::OUT && q.channel() == kEmail;
  if (call.mailed) m.set_state(pb::MessageState::QUEUED);
  call.await_reply = q.await_reply() && m.direction() == MessageDirection::OUT;
  call.fingerprint = Sha256(absl::StrCat(m.direction(), "\n", q.channel(), "\n", q.subject(), "\n", q.text()));
  return call;
}

absl::Status CheckWords(const pb::WriteCaseStatusRequest& q) {
  Violations v;
  CheckClientId(q.message_id(), "messageId", v);
  CheckWordsOf(q.text(), /*required=*/true, kMaxPageMessageChars, v);
  return v.ToStatus();
}

absl::Status CheckWords(const pb::ConfirmCaseStatusRequest& q) {
  Violations v;
  CheckWordsOf(q.text(), /*required=*/false, kMaxPageMessageChars, v);
  return v.ToStatus();
}

pb::CaseMessage FromCustomer(absl::string_view message_id, absl::string_view channel, absl::string_view text,
                             absl::Time now) {
  pb::CaseMessage m;
  m.set_message_id(std::string(message_id));
  m.set_direction(pb::MessageDirection::IN);
  m.set_channel(std::string(channel));
  m.set_text(std::string(text));
  m.set_author(std::string(kCustomerActor));
  SetTime(m, now);
  return m;
}

void SetTime(pb::CaseMessage& message, absl::Time t) {
  message.mutable_time()->set_seconds(absl::ToUnixSeconds(t));
  message.mutable_time()->set_nanos(
      static_cast<int32_t>(absl::ToInt64Nanoseconds(t - absl::FromUnixSeconds(message.time().seconds()))));
}

}  // namespace hoiam::loop
