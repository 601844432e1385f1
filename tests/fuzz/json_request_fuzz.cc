// JSON requests over real messages: what the strict reader takes, our writer writes back to the same message, and
// protobuf's own parser reads as the same message too. What it refuses, it refuses with something to show.
#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/message_differencer.h>

#include <memory>

#include "absl/strings/str_replace.h"
#include "hoiam/gateway/v1/inbound_service.pb.h"
#include "hoiam/survey/v1/survey_service.pb.h"
#include "platform/json/reader.h"
#include "platform/json/writer.h"
#include "tests/fuzz/fuzz.h"

namespace hoiam {
namespace {

using google::protobuf::Message;
using google::protobuf::util::MessageDifferencer;

std::unique_ptr<Message> Choose(uint8_t which) {
  switch (which % 6) {
    case 0:
      return std::make_unique<survey::v1::RecordInteractionRequest>();
    case 1:
      return std::make_unique<survey::v1::BatchRecordInteractionsRequest>();
    case 2:
      return std::make_unique<survey::v1::CreateSurveyRequest>();
    case 3:
      return std::make_unique<survey::v1::CreateResponseRequest>();
    case 4:
      return std::make_unique<gateway::v1::TestInboundRequest>();
    default:
      return std::make_unique<survey::v1::UpdateCustomerRequest>();
  }
}

// A batch says which of its items could not be read beside the others; each of them is empty.
bool HasRejectedItems(const Message& m) {
  const auto* batch = dynamic_cast<const survey::v1::BatchRecordInteractionsRequest*>(&m);
  if (!batch) return false;
  for (const auto& [i, status] : batch->rejected_items()) {
    FUZZ_CHECK(static_cast<int>(i) < batch->interactions_size() && batch->interactions(i).ByteSizeLong() == 0);
    FUZZ_CHECK(status.code() == static_cast<int>(absl::StatusCode::kInvalidArgument) && status.IsInitialized());
    google::rpc::Status copy;  // its text is UTF-8: protobuf refuses to read anything else
    FUZZ_CHECK(copy.ParseFromString(status.SerializeAsString()));
  }
  return !batch->rejected_items().empty();
}

}  // namespace
}  // namespace hoiam

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace hoiam;  // NOLINT
  fuzz::Input input(data, size);
  const uint8_t which = input.Byte();
  const std::unique_ptr<Message> message = Choose(which), again = Choose(which), theirs = Choose(which);
  Violations violations;
  json::ReadObject(std::string(input.rest()), *message, violations);
  if (!violations.empty()) return fuzz::CheckRefusal(violations), 0;
  if (HasRejectedItems(*message)) return 0;

  // The writer prints the gateway's own field too, which is refused from callers.
  const std::string written = absl::StrReplaceAll(json::ToJson(*message), {{",\"rejectedItems\":{}", ""}});
  Violations none;
  json::ReadObject(written, *again, none);
  FUZZ_CHECK(none.empty());
  FUZZ_CHECK(MessageDifferencer::Equals(*message, *again));

  const auto parsed = google::protobuf::util::JsonStringToMessage(written, theirs.get());
  FUZZ_CHECK(parsed.ok());
  // protobuf's parser rewrites the paths of a mask in its own way where capitals follow each other.
  for (Message* m : {message.get(), theirs.get()})
    if (auto* update = dynamic_cast<survey::v1::UpdateCustomerRequest*>(m)) update->clear_update_mask();
  FUZZ_CHECK(MessageDifferencer::Equals(*message, *theirs));
  return 0;
}
