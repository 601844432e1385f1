// How a customer reaches a case without an account: by the link of its status page, and by the reply address of its
// mails. Both carry a code of the key, so nobody can make one up, and nothing of them is stored.
#pragma once

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace hoiam::loop {

class CaseLinks {
 public:
  // `public_url` has no slash at its end. `reply_domain` is where mail to cases arrives; "": nowhere.
  CaseLinks(std::string key, std::string public_url, std::string reply_domain);

  struct Holder {
    std::string tenant;
    std::string case_id;  // 16 bytes
  };
  // base64url of code ‖ case id ‖ tenant.
  std::string StatusToken(absl::string_view tenant, absl::string_view case_id) const;
  // nullopt for one that was not made with this key.
  std::optional<Holder> ReadStatusToken(absl::string_view token) const;
  // public_url + "/c/" + token.
  std::string StatusLink(absl::string_view tenant, absl::string_view case_id) const;

  // base32 of case id ‖ code, lower case: 52 characters.
  std::string ReplyToken(absl::string_view tenant, absl::string_view case_id) const;
  // "case+TOKEN@reply_domain"; "" without a domain.
  std::string ReplyAddress(absl::string_view tenant, absl::string_view case_id) const;
  // The case that "case+TOKEN@…" or "case+TOKEN.…@…" leads to, 16 bytes: a reply address of any domain (a mail server
  // may rewrite it), or the Message-ID of a mail about it. nullopt for anything else, and for another tenant's.
  std::optional<std::string> CaseOfAddress(absl::string_view tenant, absl::string_view address) const;

 private:
  std::string Code(absl::string_view what_for, absl::string_view tenant, absl::string_view case_id) const;
  const std::string key_, public_url_, reply_domain_;
};

}  // namespace hoiam::loop
