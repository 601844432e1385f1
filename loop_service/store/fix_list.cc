#include "loop_service/store/fix_list.h"

#include "hoiam/loop/v1/stored.pb.h"

namespace hoiam::loop {

FixList ToFixes(absl::string_view body) {
  hoiam::loop::v1::FixList stored;
  if (!stored.ParseFromArray(body.data(), static_cast<int>(body.size()))) return {};
  FixList fixes;
  for (const auto& f : stored.fixes())
    fixes.push_back({f.case_id(),
                     absl::FromUnixSeconds(f.resolve_time().seconds()) + absl::Nanoseconds(f.resolve_time().nanos()),
                     f.failed(), f.customer_id()});
  return fixes;
}

std::string ToBody(const FixList& fixes) {
  hoiam::loop::v1::FixList stored;
  for (const Fix& f : fixes) {
    auto& to = *stored.add_fixes();
    to.set_case_id(f.case_id);
    const int64_t micros = absl::ToUnixMicros(f.resolved_at);
    to.mutable_resolve_time()->set_seconds(micros / 1'000'000);
    to.mutable_resolve_time()->set_nanos(static_cast<int32_t>(micros % 1'000'000 * 1000));
    to.set_failed(f.failed);
    to.set_customer_id(f.customer_id);
  }
  return stored.SerializeAsString();
}

}  // namespace hoiam::loop
