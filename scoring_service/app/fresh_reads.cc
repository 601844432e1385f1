#include "scoring_service/app/fresh_reads.h"

#include "platform/base/status.h"
#include "platform/feed/token.h"

namespace hoiam::scoring {

absl::StatusOr<db::Pool::Lease> FreshReads::Open(const google::protobuf::RepeatedPtrField<std::string>& tokens,
                                                 absl::Time deadline) const {
  HOIAM_ASSIGN_OR_RETURN(const auto positions,
                         feed::DecodeTokens(std::vector<absl::string_view>(tokens.begin(), tokens.end())));
  HOIAM_ASSIGN_OR_RETURN(db::Pool::Lease lease, pool_.Acquire(deadline));
  for (feed::Consumer* consumer : consumers_) HOIAM_RETURN_IF_ERROR(consumer->WaitFor(positions, deadline, *lease));
  return lease;
}

}  // namespace hoiam::scoring
