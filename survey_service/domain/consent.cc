#include "survey_service/domain/consent.h"

#include <algorithm>
#include <tuple>

namespace hoiam::survey {
namespace {

const std::set<AskChannel>& AllChannels() {
  static const auto* all = new std::set<AskChannel>{AskChannel::kLink, AskChannel::kEmail};
  return *all;
}

}  // namespace

ConsentStanding StandingOf(std::vector<ConsentStatement> statements) {
  std::stable_sort(statements.begin(), statements.end(), [](const ConsentStatement& a, const ConsentStatement& b) {
    return std::tie(a.stated_at, a.stored_at) < std::tie(b.stated_at, b.stored_at);
  });
  ConsentStanding now;
  for (const ConsentStatement& s : statements) {
    if (!s.channel) {
      now = {s.wish, {}};
    } else if (s.wish == ConsentWish::kWithdrawn) {
      now.refused.insert(*s.channel);
    } else {
      if (now.wish == ConsentWish::kWithdrawn) now.refused = AllChannels();
      now.wish = ConsentWish::kGiven;
      now.refused.erase(*s.channel);
    }
  }
  return now;
}

}  // namespace hoiam::survey
