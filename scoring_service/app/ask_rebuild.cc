#include "scoring_service/app/ask_rebuild.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "platform/base/crypto.h"
#include "platform/base/status.h"
#include "scoring_service/convert/time.h"

namespace hoiam::scoring {
namespace {

namespace pb = hoiam::scoring::v1;

pb::RebuildState::Code StateOf(GenerationState state) {
  switch (state) {
    case GenerationState::kReading:
      return pb::RebuildState::READING;
    case GenerationState::kCatchingUp:
      return pb::RebuildState::CATCHING_UP;
    case GenerationState::kFailed:
      return pb::RebuildState::FAILED;
    case GenerationState::kDone:
    case GenerationState::kReplaced:
      return pb::RebuildState::DONE;
  }
  return pb::RebuildState::UNSPECIFIED;
}

absl::StatusOr<pb::Rebuild> FromTable(const Generations& generations, const GenerationTable& table,
                                      absl::Time deadline) {
  pb::Rebuild out;
  out.set_shown_generation(table.shown);
  if (table.rows.empty() || table.rows.back().number == 1) return out;  // the first one was not asked for
  const GenerationRow& row = table.rows.back();
  out.set_state(StateOf(row.state));
  out.set_generation(row.number);
  out.set_rows_read(row.rows_read);
  out.set_rows_total(row.rows_total);
  *out.mutable_start_time() = FromTime(row.started_at);
  if (row.ended_at) *out.mutable_end_time() = FromTime(*row.ended_at);
  out.set_error(row.error);
  if (row.state == GenerationState::kCatchingUp) {
    HOIAM_ASSIGN_OR_RETURN(const int64_t behind, generations.BehindOf(table.shown, row.number, deadline));
    out.set_behind(behind);
  }
  return out;
}

}  // namespace

absl::StatusOr<pb::Rebuild> StartRebuild(Generations& generations, const rpc::CallContext& ctx) {
  const absl::string_view nul("\0", 1);
  const std::string request =
      ctx.idempotency_key.empty() ? "" : Sha256(absl::StrCat(ctx.principal, nul, ctx.idempotency_key));
  HOIAM_ASSIGN_OR_RETURN(const GenerationTable table, generations.StartRebuild(request, ctx.deadline));
  return FromTable(generations, table, ctx.deadline);
}

absl::StatusOr<pb::Rebuild> GetRebuild(const Generations& generations, const rpc::CallContext& ctx) {
  HOIAM_ASSIGN_OR_RETURN(const GenerationTable table, generations.Read(ctx.deadline));
  return FromTable(generations, table, ctx.deadline);
}

}  // namespace hoiam::scoring
