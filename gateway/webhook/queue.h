// What waits for one webhook, and what of it may go now: events of one customer strictly one after the other, different
// customers side by side. Values only: no clock, no database, no socket.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "absl/time/time.h"

namespace hoiam::gateway {

struct Queued {
  int64_t position = 0;  // in the queue
  int64_t seq = 0;       // of the event
  std::string subject;   // "": of nobody, waits for nothing
  absl::Time due;
  std::string attempts;  // as stored in DeliveryRow
};

class DeliveryQueue {
 public:
  // In the order of positions.
  void Add(Queued delivery);
  // Up to `n` that are due and have no earlier one of the same customer before them, earliest due first. They are
  // running until Done or Again.
  std::vector<Queued> Take(absl::Time now, size_t n);
  // It is over: delivered or given up. The customer's next one may go.
  void Done(int64_t position);
  // It failed; it comes first again at `due`, and holds back the customer's later ones until then.
  void Again(Queued delivery, absl::Time due);

  // When the next one may go; InfiniteFuture: none, as long as nothing that runs ends.
  absl::Time NextDue() const;
  size_t size() const { return size_; }  // waiting and running
  size_t running() const { return running_.size(); }

 private:
  using Lane = std::pair<std::string, int64_t>;  // (customer, 0), or ("", position)
  static Lane LaneOf(const Queued& d) { return {d.subject, d.subject.empty() ? d.position : 0}; }
  void Ready(const Lane& lane, const std::deque<Queued>& waiting);

  std::map<Lane, std::deque<Queued>> lanes_;               // what waits; a lane stays while one of it runs
  std::set<std::tuple<absl::Time, int64_t, Lane>> ready_;  // the first of each lane of which nothing runs
  std::map<int64_t, Lane> running_;
  size_t size_ = 0;
};

}  // namespace hoiam::gateway
