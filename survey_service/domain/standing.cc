#include "survey_service/domain/standing.h"

#include <algorithm>
#include <utility>

#include "platform/base/crypto.h"
#include "survey_service/limits.h"

namespace hoiam::survey {
namespace {

constexpr size_t kEntryBytes = 17;

uint64_t Read64(absl::string_view bytes) {
  uint64_t v = 0;
  for (int i = 0; i < 8; ++i) v = v << 8 | static_cast<unsigned char>(bytes[i]);
  return v;
}

void Append64(uint64_t v, std::string& out) {
  for (int shift = 56; shift >= 0; shift -= 8) out.push_back(static_cast<char>(v >> shift));
}

uint64_t ShortId(absl::string_view response_id) { return Read64(Sha256(response_id)); }

}  // namespace

std::optional<Standing> Standing::Parse(absl::string_view bytes) {
  if (bytes.size() % kEntryBytes != 0) return std::nullopt;
  Standing s;
  s.entries_.reserve(bytes.size() / kEntryBytes + 1);
  for (; !bytes.empty(); bytes.remove_prefix(kEntryBytes)) {
    s.entries_.push_back(
        {static_cast<int64_t>(Read64(bytes)), Read64(bytes.substr(8)), static_cast<int8_t>(bytes[16])});
  }
  return s;
}

std::string Standing::Serialize() const {
  std::string out;
  out.reserve(entries_.size() * kEntryBytes);
  for (const Entry& e : entries_) {
    Append64(static_cast<uint64_t>(e.micros), out);
    Append64(e.id, out);
    out.push_back(static_cast<char>(e.score));
  }
  return out;
}

std::vector<Standing::Entry>::iterator Standing::Find(int64_t micros, uint64_t id) {
  return std::lower_bound(entries_.begin(), entries_.end(), std::pair(micros, id),
                          [](const Entry& e, const auto& key) { return std::pair(e.micros, e.id) < key; });
}

std::optional<Standing::Given> Standing::Before(absl::Time at) const {
  const int64_t micros = absl::ToUnixMicros(at);
  const auto later = std::lower_bound(entries_.begin(), entries_.end(), micros,
                                      [](const Entry& e, int64_t m) { return e.micros < m; });
  if (later == entries_.begin()) return std::nullopt;
  const Entry& e = *(later - 1);
  return Given{absl::FromUnixMicros(e.micros), e.score};
}

bool Standing::Set(absl::string_view response_id, absl::Time at, int score) {
  const int64_t micros = absl::ToUnixMicros(at);
  const uint64_t id = ShortId(response_id);
  const auto it = Find(micros, id);
  if (it != entries_.end() && it->micros == micros && it->id == id) {
    return std::exchange(it->score, static_cast<int8_t>(score)) != score;
  }
  entries_.insert(it, Entry{micros, id, static_cast<int8_t>(score)});
  if (entries_.size() > kMaxStanding) entries_.erase(entries_.begin());
  return true;
}

bool Standing::Remove(absl::string_view response_id, absl::Time at) {
  const int64_t micros = absl::ToUnixMicros(at);
  const uint64_t id = ShortId(response_id);
  const auto it = Find(micros, id);
  if (it == entries_.end() || it->micros != micros || it->id != id) return false;
  entries_.erase(it);
  return true;
}

}  // namespace hoiam::survey
