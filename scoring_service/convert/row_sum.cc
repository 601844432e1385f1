#include "scoring_service/convert/row_sum.h"

#include "scoring_service/domain/tallies.h"

namespace hoiam::scoring {

void MergeInto(RowCounts& to, const RowCounts& from) {
  to.scope = from.scope;
  to.key = from.key;
  MergeInto(to.tallies, from.tallies);
  to.csi.Merge(from.csi);
}

}  // namespace hoiam::scoring
