// HTML of the customer's page about a case. Everything from outside is escaped; there is no script.
#pragma once

#include <string>

#include "absl/time/time.h"
#include "gateway/pages/texts.h"
#include "hoiam/loop/v1/loop_service.pb.h"

namespace hoiam::gateway {

struct CaseView {
  std::string token;
  Language language;
  const hoiam::loop::v1::CaseStatusPage* page;
  absl::TimeZone zone;  // of the times that are shown
  std::string form_id;  // of this form: what is sent twice from it counts once
  std::string text;     // what the box holds
  std::string notice;   // what is wrong with it
  bool thanks = false;  // something was sent
};

// Names of the form's fields.
inline constexpr char kCaseFormId[] = "form";
inline constexpr char kCaseText[] = "text";
inline constexpr char kCaseDo[] = "do";  // which button: kCaseSend, kCaseYes, kCaseNo
inline constexpr char kCaseSend[] = "send";
inline constexpr char kCaseYes[] = "yes";
inline constexpr char kCaseNo[] = "no";

std::string RenderCase(const CaseView& view);

}  // namespace hoiam::gateway
