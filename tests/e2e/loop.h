// Closing the loop in the words of a test.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tests/e2e/api.h"
#include "tests/e2e/webhook_receiver.h"
#include "tests/support/mail_server.h"

namespace hoiam::testing {

class Cases {
 public:
  explicit Cases(Api& api) : api_(api) {}

  // An interaction of `customer` at `touchpoint` and an NPS answer about it, with `more` fields of the answer.
  Json Answered(const std::string& id, const std::string& customer, const std::string& touchpoint, int score,
                const std::string& comment = "");
  // Cases that match, once everything written so far has had its effect.
  std::vector<Json> Where(const std::string& filter);
  // The one case of `customer`; a failure of the test when there is another number of them.
  Json Of(const std::string& customer);
  Json Get(const std::string& id) { return api_.Get("/v1/cases/" + id); }
  // The case once `is_so` holds; as it was last after a minute, with a failure of the test.
  Json Until(const std::string& id, const std::string& what, const std::function<bool(const Json&)>& is_so);

  // ":acknowledge", "/notes", …
  Json Move(const std::string& id, const std::string& verb, const std::string& body = "{}") {
    return api_.Post("/v1/cases/" + id + verb, body).At("case");
  }
  Answer Try(const std::string& id, const std::string& verb, const std::string& body = "{}") {
    return api_.http().Post("/v1/cases/" + id + verb, body);
  }
  // From NEW or REOPENED to IN_PROGRESS, and to RESOLVED with `cause`.
  void Take(const std::string& id);
  Json Resolve(const std::string& id, const std::string& cause, const std::string& more = "");

 private:
  Api& api_;
};

// Lines of a case's history with this action.
std::vector<Json> Lines(const Json& c, const std::string& action);

// Mails to an address, in the order in which they came.
std::vector<Json> MailsTo(const MailServer& server, const std::string& address);

// Makes a key; answers its text. `more`: fields of the request.
std::string MakeKey(Api& api, const std::string& id, const std::string& more);

}  // namespace hoiam::testing
