#include "scoring_service/convert/timeline.h"

#include <algorithm>

#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "scoring_service/convert/time.h"

namespace hoiam::scoring {
namespace {

namespace pb = hoiam::scoring::v1;
namespace spb = hoiam::survey::v1;

// Equal entries have equal bytes: properties are a map, which otherwise has any order.
std::string Serialize(const pb::HistoryEntry& e) {
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    e.SerializeToCodedStream(&coded);
  }
  return bytes;
}

pb::HistoryEntry ParseAnswers(absl::string_view answers) {
  pb::HistoryEntry e;
  e.ParseFromArray(answers.data(), static_cast<int>(answers.size()));
  return e;
}

void Remove(pb::HistoryEntry& e, absl::string_view response_id) {
  auto& list = *e.mutable_answers();
  list.erase(std::remove_if(list.begin(), list.end(), [&](const auto& a) { return a.response_id() == response_id; }),
             list.end());
}

}  // namespace

std::string EntryOf(const spb::Interaction& interaction) {
  pb::HistoryEntry e;
  *e.mutable_time() = interaction.occurred_at();
  e.set_kind(pb::EntryKind::INTERACTION);
  *e.mutable_interaction() = interaction;
  return Serialize(e);
}

std::string EntryOf(const spb::Invitation& invitation) {
  pb::HistoryEntry e;
  *e.mutable_time() = invitation.create_time();
  e.set_kind(pb::EntryKind::INVITATION);
  *e.mutable_invitation() = invitation;
  return Serialize(e);
}

std::string EntryOf(const spb::Response& response) {
  pb::HistoryEntry e;
  *e.mutable_time() = response.responded_at();
  e.set_kind(pb::EntryKind::RESPONSE);
  *e.mutable_response() = response;
  return Serialize(e);
}

std::string EntryOf(const hoiam::loop::v1::Case& c) {
  pb::HistoryEntry e;
  *e.mutable_time() = c.create_time();
  e.set_kind(pb::EntryKind::CASE);
  *e.mutable_case_() = c;
  return Serialize(e);
}

std::string EntryOf(const spb::Usage& usage) {
  pb::HistoryEntry e;
  *e.mutable_time() = usage.occurred_at();
  e.set_kind(pb::EntryKind::USAGE);
  *e.mutable_usage() = usage;
  return Serialize(e);
}

std::string WithAnswer(absl::string_view answers, const spb::Response& response) {
  pb::HistoryEntry e = ParseAnswers(answers);
  Remove(e, response.response_id());
  *e.add_answers() = response;
  std::stable_sort(e.mutable_answers()->begin(), e.mutable_answers()->end(), [](const auto& a, const auto& b) {
    const absl::Time at = ToTime(a.responded_at()), bt = ToTime(b.responded_at());
    return at != bt ? at < bt : a.response_id() < b.response_id();
  });
  return Serialize(e);
}

std::string WithoutAnswer(absl::string_view answers, absl::string_view response_id) {
  pb::HistoryEntry e = ParseAnswers(answers);
  Remove(e, response_id);
  return Serialize(e);
}

}  // namespace hoiam::scoring
