#include "platform/observe/metrics.h"

#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <mutex>
#include <vector>

namespace hoiam::observe {
namespace {

const prometheus::Histogram::BucketBoundaries& Buckets() {
  static const auto* b = new prometheus::Histogram::BucketBoundaries{0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05,
                                                                     0.1,    0.2,   0.5,   1,     2,    5};
  return *b;
}

}  // namespace

struct Metrics::Impl {
  prometheus::Registry registry;
  prometheus::Family<prometheus::Histogram>& rpc = prometheus::BuildHistogram()
                                                       .Name("hoiam_rpc_seconds")
                                                       .Help("Duration of calls by method and status code.")
                                                       .Register(registry);
  struct Read {
    prometheus::Gauge* gauge;
    std::function<double()> read;
  };
  std::mutex mu;
  std::vector<Read> reads;
};

Metrics::Metrics() : impl_(new Impl) {}
Metrics::~Metrics() = default;

void Metrics::ObserveRpc(const std::string& method, const std::string& code, double seconds) {
  impl_->rpc.Add({{"method", method}, {"code", code}}, Buckets()).Observe(seconds);
}

void Metrics::Gauge(const std::string& name, const std::string& help, std::function<double()> read) {
  auto& gauge = prometheus::BuildGauge().Name(name).Help(help).Register(impl_->registry).Add({});
  std::lock_guard lock(impl_->mu);
  impl_->reads.push_back({&gauge, std::move(read)});
}

std::string Metrics::Text() const {
  {
    std::lock_guard lock(impl_->mu);
    for (auto& r : impl_->reads) r.gauge->Set(r.read());
  }
  return prometheus::TextSerializer().Serialize(impl_->registry.Collect());
}

}  // namespace hoiam::observe
