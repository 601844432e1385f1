// The customer's page about a case, behind the link of its mails:
//
//   GET  /c/{token}   what was said, what was done, and a form; changes nothing
//   POST /c/{token}   the customer writes (do=send), or says yes or no to a proposal or to what was done (do=yes, no).
//                     303 back to the page; 400 with the page when something is wrong with the words
// ?lang=vi or en; else what the browser speaks. Works without JavaScript.
#pragma once

#include <grpcpp/impl/codegen/channel_interface.h>

#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "gateway/http/message.h"
#include "hoiam/loop/v1/loop_service.grpc.pb.h"
#include "platform/base/clock.h"

namespace hoiam::gateway {

class CasePages {
 public:
  // `loop` leads to loop_service; times are shown in `zone`; `clock` must outlive it.
  CasePages(std::shared_ptr<grpc::ChannelInterface> loop, const Clock& clock, absl::TimeZone zone);

  // Whether a path is one of these.
  static bool Owns(absl::string_view path);
  void Handle(HttpRequest request, std::string request_id, HttpReply reply);

 private:
  struct Visit;
  using VisitPtr = std::shared_ptr<Visit>;
  void Show(VisitPtr visit);
  void Post(VisitPtr visit);
  void Posted(VisitPtr visit, const grpc::Status& status);

  std::unique_ptr<hoiam::loop::v1::CaseStatusService::Stub> loop_;
  const Clock& clock_;
  const absl::TimeZone zone_;
};

}  // namespace hoiam::gateway
