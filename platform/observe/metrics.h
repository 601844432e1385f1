// Prometheus metrics of a process. Names are a golden file (tests/golden/metrics.txt).
#pragma once

#include <functional>
#include <memory>
#include <string>

namespace hoiam::observe {

class Metrics {
 public:
  Metrics();
  ~Metrics();

  // hoiam_rpc_seconds{method, code}: a histogram.
  void ObserveRpc(const std::string& method, const std::string& code, double seconds);
  // A figure that is read when the metrics are. `read` must be cheap and must not block. `name` ends in _total for
  // counters.
  void Gauge(const std::string& name, const std::string& help, std::function<double()> read);
  // Text exposition format.
  std::string Text() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace hoiam::observe
