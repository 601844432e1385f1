#include "gateway/webhook/queue.h"

namespace hoiam::gateway {

void DeliveryQueue::Ready(const Lane& lane, const std::deque<Queued>& waiting) {
  ready_.emplace(waiting.front().due, waiting.front().position, lane);
}

void DeliveryQueue::Add(Queued delivery) {
  const Lane lane = LaneOf(delivery);
  const auto [it, fresh] = lanes_.try_emplace(lane);
  it->second.push_back(std::move(delivery));
  ++size_;
  if (fresh) Ready(lane, it->second);
}

std::vector<Queued> DeliveryQueue::Take(absl::Time now, size_t n) {
  std::vector<Queued> out;
  while (out.size() < n && !ready_.empty() && std::get<0>(*ready_.begin()) <= now) {
    const Lane lane = std::get<2>(*ready_.begin());
    ready_.erase(ready_.begin());
    std::deque<Queued>& waiting = lanes_.at(lane);
    running_.emplace(waiting.front().position, lane);
    out.push_back(std::move(waiting.front()));
    waiting.pop_front();
  }
  return out;
}

void DeliveryQueue::Done(int64_t position) {
  const auto it = running_.find(position);
  if (it == running_.end()) return;
  const auto lane = lanes_.find(it->second);
  running_.erase(it);
  --size_;
  if (lane->second.empty())
    lanes_.erase(lane);
  else
    Ready(lane->first, lane->second);
}

void DeliveryQueue::Again(Queued delivery, absl::Time due) {
  const auto it = running_.find(delivery.position);
  if (it == running_.end()) return;
  const auto lane = lanes_.find(it->second);
  running_.erase(it);
  delivery.due = due;
  lane->second.push_front(std::move(delivery));
  Ready(lane->first, lane->second);
}

absl::Time DeliveryQueue::NextDue() const {
  return ready_.empty() ? absl::InfiniteFuture() : std::get<0>(*ready_.begin());
}

}  // namespace hoiam::gateway
