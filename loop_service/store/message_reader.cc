#include "loop_service/store/message_reader.h"

#include "platform/base/status.h"

namespace hoiam::loop {
namespace {

constexpr char kSelectFirst[] =
    "SELECT create_time, message_id, body FROM case_message WHERE tenant_id = ? AND case_id = ? "
    "ORDER BY create_time, message_id LIMIT ?";
constexpr char kSelectAfter[] =
    "SELECT create_time, message_id, body FROM case_message WHERE tenant_id = ? AND case_id = ? AND "
    "(create_time > ? OR (create_time = ? AND message_id > ?)) ORDER BY create_time, message_id LIMIT ?";
constexpr char kSelectLast[] =
    "SELECT body FROM case_message WHERE tenant_id = ? AND case_id = ? "
    "ORDER BY create_time DESC, message_id DESC LIMIT ?";
constexpr char kSelectMessage[] =
    "SELECT body FROM case_message WHERE tenant_id = ? AND case_id = ? AND message_id = ?";
constexpr char kSelectMail[] = "SELECT body FROM case_mail WHERE tenant_id = ? AND case_id = ? AND mail_id = ?";
constexpr char kSelectReceived[] =
    "SELECT message_id FROM received_mail WHERE tenant_id = ? AND case_id = ? AND create_time >= ? LIMIT ?";

absl::StatusOr<std::optional<std::string>> FindBody(const db::TenantDb& db, const char* sql, db::Values key) {
  std::optional<std::string> body;
  HOIAM_RETURN_IF_ERROR(db.Query(sql, std::move(key), [&](const db::Row& r) { body = r.Bytes(0); }));
  return body;
}

}  // namespace

absl::StatusOr<MessagePage> ListMessages(const db::TenantDb& db, absl::string_view case_id,
                                         const std::optional<MessagePosition>& after, size_t limit, size_t max_bytes) {
  db::Values params = {std::string(case_id)};
  if (after) params.insert(params.end(), {after->create_time, after->create_time, after->message_id});
  params.push_back(static_cast<int64_t>(limit + 1));
  MessagePage page;
  size_t bytes = 0;
  HOIAM_RETURN_IF_ERROR(db.Query(after ? kSelectAfter : kSelectFirst, std::move(params), [&](const db::Row& r) {
    StoredMessage m{{r.Time(0), r.Bytes(1)}, r.Bytes(2)};
    bytes += m.body.size();
    page.more |= page.messages.size() == limit || (!page.messages.empty() && bytes > max_bytes);
    if (!page.more) page.messages.push_back(std::move(m));
  }));
  return page;
}

absl::StatusOr<std::vector<std::string>> LastMessages(const db::TenantDb& db, absl::string_view case_id, size_t limit) {
  std::vector<std::string> bodies;
  HOIAM_RETURN_IF_ERROR(db.Query(kSelectLast, {std::string(case_id), static_cast<int64_t>(limit)},
                                 [&](const db::Row& r) { bodies.push_back(r.Bytes(0)); }));
  return bodies;
}

absl::StatusOr<std::optional<std::string>> FindMessage(const db::TenantDb& db, absl::string_view case_id,
                                                       absl::string_view message_id) {
  return FindBody(db, kSelectMessage, {std::string(case_id), std::string(message_id)});
}

absl::StatusOr<std::optional<std::string>> FindMail(const db::TenantDb& db, absl::string_view case_id,
                                                    absl::string_view mail_id) {
  return FindBody(db, kSelectMail, {std::string(case_id), std::string(mail_id)});
}

absl::StatusOr<int64_t> CountReceived(const db::TenantDb& db, absl::string_view case_id, absl::Time since,
                                      int64_t limit) {
  int64_t count = 0;
  HOIAM_RETURN_IF_ERROR(
      db.Query(kSelectReceived, {std::string(case_id), since, limit}, [&](const db::Row&) { ++count; }));
  return count;
}

}  // namespace hoiam::loop
