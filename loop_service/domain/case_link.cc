#include "loop_service/domain/case_link.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "platform/base/crypto.h"

namespace hoiam::loop {
namespace {

constexpr size_t kCodeBytes = 16;
constexpr size_t kIdBytes = 16;
constexpr size_t kMaxTokenChars = 128;  // a tenant has 64 bytes at most
constexpr absl::string_view kPage = "hoiam case page";
constexpr absl::string_view kReply = "hoiam case reply";
constexpr absl::string_view kLocalPart = "case+";

}  // namespace

CaseLinks::CaseLinks(std::string key, std::string public_url, std::string reply_domain)
    : key_(std::move(key)), public_url_(std::move(public_url)), reply_domain_(std::move(reply_domain)) {}

std::string CaseLinks::Code(absl::string_view what_for, absl::string_view tenant, absl::string_view case_id) const {
  constexpr absl::string_view kEnd("\0", 1);
  return HmacSha256(key_, absl::StrCat(what_for, kEnd, tenant, kEnd, case_id)).substr(0, kCodeBytes);
}

std::string CaseLinks::StatusToken(absl::string_view tenant, absl::string_view case_id) const {
  return Base64Url(absl::StrCat(Code(kPage, tenant, case_id), case_id, tenant));
}

std::optional<CaseLinks::Holder> CaseLinks::ReadStatusToken(absl::string_view token) const {
  if (token.size() > kMaxTokenChars) return std::nullopt;
  const std::optional<std::string> bytes = Base64UrlDecode(token);
  if (!bytes || bytes->size() <= kCodeBytes + kIdBytes) return std::nullopt;
  const Holder holder{bytes->substr(kCodeBytes + kIdBytes), bytes->substr(kCodeBytes, kIdBytes)};
  const bool ours = EqualConstantTime(bytes->substr(0, kCodeBytes), Code(kPage, holder.tenant, holder.case_id));
  return ours ? std::optional(holder) : std::nullopt;
}

std::string CaseLinks::StatusLink(absl::string_view tenant, absl::string_view case_id) const {
  return absl::StrCat(public_url_, "/c/", StatusToken(tenant, case_id));
}

std::string CaseLinks::ReplyToken(absl::string_view tenant, absl::string_view case_id) const {
  return Base32Lower(absl::StrCat(case_id, Code(kReply, tenant, case_id)));
}

std::string CaseLinks::ReplyAddress(absl::string_view tenant, absl::string_view case_id) const {
  return reply_domain_.empty() ? "" : absl::StrCat(kLocalPart, ReplyToken(tenant, case_id), "@", reply_domain_);
}

std::optional<std::string> CaseLinks::CaseOfAddress(absl::string_view tenant, absl::string_view address) const {
  std::string local = absl::AsciiStrToLower(address.substr(0, address.find('@')));  // servers may change the case
  absl::string_view token = local;
  if (local.size() == address.size() || !absl::ConsumePrefix(&token, kLocalPart)) return std::nullopt;
  const std::optional<std::string> bytes = Base32LowerDecode(token.substr(0, token.find('.')));
  if (!bytes || bytes->size() != kIdBytes + kCodeBytes) return std::nullopt;
  const std::string case_id = bytes->substr(0, kIdBytes);
  const bool ours = EqualConstantTime(bytes->substr(kIdBytes), Code(kReply, tenant, case_id));
  return ours ? std::optional(case_id) : std::nullopt;
}

}  // namespace hoiam::loop
