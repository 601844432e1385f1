// A PATCH of a target or an improvement.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/util/message_differencer.h"
#include "platform/base/status.h"
#include "platform/rpc/write.h"
#include "scoring_service/app/fresh_reads.h"
#include "scoring_service/app/metric_book.h"
#include "scoring_service/convert/settings.h"
#include "scoring_service/errors.h"
#include "scoring_service/limits.h"

namespace hoiam::scoring {

// All of a tenant's settings of a kind are decided in one place: they are counted, and held against each other.
inline constexpr char kSettingsSubject[] = "settings";

template <class Message>
absl::StatusOr<Message> ParseStored(const std::string& body) {
  Message m;
  if (!m.ParseFromString(body))
    return absl::InternalError(absl::StrCat("a stored ", m.GetTypeName(), " cannot be read"));
  return m;
}

// What targets and improvements differ in: `Kind` has Row, Message, Id, NotFound, RowOf, and a Check against the
// others. A PATCH that changes nothing makes no revision. Blocks: it reads the tenant's metrics first.
template <class Kind, class Request>
void ChangeSetting(const FreshReads& reads, rpc::Writer& writer, const rpc::CallContext& ctx, const Request& q,
                   const typename Kind::Message& source, rpc::Reply<typename Kind::Message> reply) {
  using Message = typename Kind::Message;
  using Row = typename Kind::Row;
  Violations v;
  const Patch patch = ReadSettingPatch(source, q.has_update_mask() ? &q.update_mask() : nullptr, v);
  if (!v.empty()) return reply(v.ToStatus(), {});
  const auto read_book = [&]() -> absl::StatusOr<MetricBook> {
    HOIAM_ASSIGN_OR_RETURN(const View view, reads.Open(ctx, {}));
    return ReadMetricBook(view);
  };
  auto book = read_book();
  if (!book.ok()) return reply(book.status(), {});

  rpc::Write<Message> w;
  w.subject = kSettingsSubject;
  w.bytes = 2 * source.ByteSizeLong() + 256;
  w.want = [tenant = ctx.tenant](db::UnitOfWork& uow) { uow.Want<Row>({tenant}); };
  w.decide = [tenant = ctx.tenant, patch, source = &source, may_make = q.allow_missing(),
              book = std::make_shared<const MetricBook>(*std::move(book))](db::UnitOfWork& uow,
                                                                           absl::Time) -> absl::StatusOr<Message> {
    const std::string& id = Kind::Id(*source);
    Message before;
    const Row* row = uow.Find<Row>({tenant, id});
    if (!row && !may_make) return Kind::NotFound(id);
    if (row) {
      HOIAM_ASSIGN_OR_RETURN(before, ParseStored<Message>(row->body));
    } else if (uow.List<Row>({tenant}).size() >= kMaxSettings) {
      return TooManySettings();
    } else {
      Kind::SetId(id, before);
    }
    Message after = before;
    ApplyPatch(*source, patch, after);
    Violations bad;
    CheckSetting(after, *book, bad);
    HOIAM_RETURN_IF_ERROR(bad.ToStatus());
    if (row && google::protobuf::util::MessageDifferencer::Equals(before, after)) return after;
    HOIAM_RETURN_IF_ERROR(Kind::CheckAgainst(uow.List<Row>({tenant}), after));
    after.set_revision(before.revision() + 1);
    uow.Put(Kind::RowOf(tenant, after));
    return after;
  };
  writer.Submit(ctx, q, std::move(w), std::move(reply));
}

}  // namespace hoiam::scoring
