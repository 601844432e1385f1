#include "gateway/http/render.h"

#include <array>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "google/rpc/error_info.pb.h"
#include "platform/json/writer.h"

namespace hoiam::gateway {
namespace {

struct ReasonCode {
  const char* reason;
  int code;
};

// api.md: "HTTP codes by reason where they differ".
constexpr std::array kByReason = {ReasonCode{"BODY_TOO_LARGE", 413},     ReasonCode{"HEADERS_TOO_LARGE", 431},
                                  ReasonCode{"METHOD_NOT_ALLOWED", 405}, ReasonCode{"IDEMPOTENCY_KEY_REUSED", 422},
                                  ReasonCode{"IN_PROGRESS", 409},        ReasonCode{"ID_REUSED", 409},
                                  ReasonCode{"VERSION_MISMATCH", 409},   ReasonCode{"LINK_USED", 410},
                                  ReasonCode{"LINK_EXPIRED", 410},       ReasonCode{"LINK_REVOKED", 410},
                                  ReasonCode{"PROJECTION_BEHIND", 503},  ReasonCode{"UNSUPPORTED_HTTP_VERSION", 505},
                                  ReasonCode{"REQUEST_TIMEOUT", 408}};

int ByCode(int grpc_code) {
  switch (static_cast<absl::StatusCode>(grpc_code)) {
    case absl::StatusCode::kOk:
      return 200;
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kFailedPrecondition:
    case absl::StatusCode::kOutOfRange:
      return 400;
    case absl::StatusCode::kUnauthenticated:
      return 401;
    case absl::StatusCode::kPermissionDenied:
      return 403;
    case absl::StatusCode::kNotFound:
      return 404;
    case absl::StatusCode::kAborted:
    case absl::StatusCode::kAlreadyExists:
      return 409;
    case absl::StatusCode::kResourceExhausted:
      return 429;
    case absl::StatusCode::kCancelled:
      return 499;
    case absl::StatusCode::kUnimplemented:
      return 501;
    case absl::StatusCode::kUnavailable:
      return 503;
    case absl::StatusCode::kDeadlineExceeded:
      return 504;
    default:
      return 500;
  }
}

}  // namespace

int HttpCode(int grpc_code, absl::string_view reason) {
  for (const ReasonCode& r : kByReason)
    if (reason == r.reason) return r.code;
  return ByCode(grpc_code);
}

HttpResponse RenderError(const google::rpc::Status& status) {
  google::rpc::ErrorInfo info;
  for (const auto& any : status.details())
    if (any.Is<google::rpc::ErrorInfo>()) any.UnpackTo(&info);
  HttpResponse r;
  r.status = HttpCode(status.code(), info.reason());
  r.body = absl::StrCat("{\"error\":{\"code\":", r.status, ",\"status\":\"",
                        absl::StatusCodeToString(static_cast<absl::StatusCode>(status.code())), "\",\"message\":");
  json::AppendString(status.message(), r.body);
  std::string whole;
  json::Append(status, whole);  // {"code":…,"message":…,"details":[…]}
  r.body += ",\"details\":";
  r.body.append(whole, whole.find("\"details\":") + 10);
  r.body += "}\n";
  if (r.status == 429 || r.status == 503) {
    const auto said = info.metadata().find("retryAfter");
    r.headers.emplace_back("Retry-After", said == info.metadata().end() ? "1" : said->second);
  }
  if (r.status == 401) r.headers.emplace_back("WWW-Authenticate", "Bearer");
  if (const auto allowed = info.metadata().find("allowed"); r.status == 405 && allowed != info.metadata().end())
    r.headers.emplace_back("Allow", allowed->second);
  return r;
}

}  // namespace hoiam::gateway
