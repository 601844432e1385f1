// Batches: every item stands alone, and its status is answered at its index.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/map.h"
#include "google/rpc/status.pb.h"
#include "platform/rpc/status_wire.h"
#include "platform/rpc/write.h"
#include "survey_service/app/deps.h"
#include "survey_service/errors.h"

namespace hoiam::survey {

using RejectedItems = google::protobuf::Map<uint32_t, google::rpc::Status>;

// Submits the items that are good and answers `response` once all are decided. `response` has one result per item; an
// item's `decide` may fill in its own. `rejected` are those that the gateway could not read. `list` is the request's
// field.
template <class Response>
void RunBatch(const Deps& deps, const rpc::CallContext& ctx, std::vector<absl::StatusOr<rpc::Writer::Item>> items,
              const RejectedItems& rejected, const char* list, std::shared_ptr<Response> response,
              rpc::Reply<Response> reply) {
  auto good = std::make_shared<std::vector<int>>();  // index of each submitted item
  std::vector<rpc::Writer::Item> submitted;
  const auto answer = [request_id = ctx.request_id, list, response](int i, const absl::Status& s) {
    *response->mutable_results(i)->mutable_status() =
        rpc::ToProto(Prefixed(s, absl::StrCat(list, "[", i, "].")), request_id);
  };
  for (int i = 0; i < static_cast<int>(items.size()); ++i) {
    if (const auto it = rejected.find(i); it != rejected.end()) {
      *response->mutable_results(i)->mutable_status() = it->second;
    } else if (!items[i].ok()) {
      answer(i, items[i].status());
    } else {
      good->push_back(i);
      submitted.push_back(*std::move(items[i]));
    }
  }
  deps.writer.SubmitBatch(
      ctx, std::move(submitted),
      [good, response, answer, reply = std::move(reply)](std::vector<absl::Status> statuses, rpc::ReplyMeta meta) {
        for (size_t k = 0; k < statuses.size(); ++k) answer((*good)[k], statuses[k]);
        response->set_consistency_token(meta.consistency_token);
        reply(std::move(*response), std::move(meta));
      });
}

}  // namespace hoiam::survey
