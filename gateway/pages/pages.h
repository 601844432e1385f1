// What people see in a browser: the pages behind links (/s/{token}, /c/{token}), and "/".
//
//   GET  /s/{token}              the form, or what became of it; changes nothing
//   POST /s/{token}              stores or amends the answer. 303 back to the form when it brings up further questions,
//   200
//                                with thanks when it was the last, 400 with the mistakes marked, 410 when it is too
//                                late
//   GET  /s/{token}/unsubscribe  asks whether it is meant
//   POST /s/{token}/unsubscribe  does it, at once; also by one click in a mail program (RFC 8058)
//   GET, POST /c/{token}         a case, as its customer sees it (case_pages.h)
//   GET  /s/{token}/qr.svg, qr.png  the link as a picture (qr.h)
// ?lang=vi or en; else the customer's language. ?a=N on the form has N chosen on its first scale.
#pragma once

#include <grpcpp/impl/codegen/channel_interface.h>

#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "gateway/http/message.h"
#include "gateway/pages/case_pages.h"
#include "hoiam/survey/v1/survey_service.grpc.pb.h"
#include "platform/base/clock.h"

namespace hoiam::gateway {

class Pages {
 public:
  // `survey` and `loop` lead to their services; `public_url` begins every link; times are shown in `zone`; `clock` must
  // outlive it.
  Pages(std::shared_ptr<grpc::ChannelInterface> survey, std::shared_ptr<grpc::ChannelInterface> loop,
        std::string public_url, const Clock& clock, absl::TimeZone zone);

  // Whether a path is one of these.
  static bool Owns(absl::string_view path);
  // Answers a request that could not be read (too large, too slow, not HTTP) with a page, since a person reads it.
  static HttpResponse Refuse(const HttpRequest& head, const absl::Status& why);
  void Handle(HttpRequest request, std::string request_id, HttpReply reply);

 private:
  struct Visit;
  using VisitPtr = std::shared_ptr<Visit>;
  void Open(VisitPtr visit);
  void Opened(VisitPtr visit, const grpc::Status& status);
  void Submit(VisitPtr visit);
  void Submitted(VisitPtr visit, const grpc::Status& status);
  void Unsubscribe(VisitPtr visit);

  std::unique_ptr<hoiam::survey::v1::RespondentService::Stub> survey_;
  CasePages cases_;
  const std::string public_url_;
  const Clock& clock_;
};

}  // namespace hoiam::gateway
