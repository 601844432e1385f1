#include "platform/rpc/status_wire.h"

#include "absl/strings/str_cat.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/error_info.pb.h"
#include "platform/base/status.h"

namespace hoiam::rpc {
namespace {

constexpr char kDomain[] = "hoiam";

bool ShowsInside(absl::StatusCode code) {
  return code == absl::StatusCode::kInternal || code == absl::StatusCode::kUnknown ||
         code == absl::StatusCode::kDataLoss;
}

// Failures of the driver and of gRPC itself carry no detail: their text is for the log only.
std::string SafeMessage(const absl::Status& s, bool detailed, const std::string& request_id) {
  if (detailed && !ShowsInside(s.code())) return std::string(s.message());
  switch (s.code()) {
    case absl::StatusCode::kUnavailable:
      return "the service is not available; try again";
    case absl::StatusCode::kDeadlineExceeded:
      return "the deadline passed";
    case absl::StatusCode::kCancelled:
      return "cancelled";
    case absl::StatusCode::kAborted:
      return "the request collided with another; try again";
    case absl::StatusCode::kUnimplemented:
      return "no such method";
    default:
      return absl::StrCat("internal error", request_id.empty() ? "" : " (request ", request_id,
                          request_id.empty() ? "" : ")");
  }
}

}  // namespace

google::rpc::Status ToProto(const absl::Status& status, const std::string& request_id) {
  google::rpc::Status out;
  if (status.ok()) return out;
  const auto detail = DetailOf(status);
  const bool plain_code =
      status.code() == absl::StatusCode::kUnavailable || status.code() == absl::StatusCode::kDeadlineExceeded ||
      status.code() == absl::StatusCode::kCancelled || status.code() == absl::StatusCode::kAborted ||
      status.code() == absl::StatusCode::kUnimplemented;
  const bool hidden = ShowsInside(status.code()) || (!detail && !plain_code);
  out.set_code(static_cast<int>(hidden ? absl::StatusCode::kInternal : status.code()));
  out.set_message(SafeMessage(status, detail.has_value(), request_id));
  if (!detail || hidden) return out;
  google::rpc::ErrorInfo info;
  info.set_reason(detail->reason);
  info.set_domain(kDomain);
  for (const auto& [k, v] : detail->metadata) (*info.mutable_metadata())[k] = v;
  out.add_details()->PackFrom(info);
  if (!detail->violations.empty()) {
    google::rpc::BadRequest bad;
    for (const Violation& v : detail->violations) {
      auto* f = bad.add_field_violations();
      f->set_field(v.field);
      f->set_description(absl::StrCat(v.reason, ": ", v.description));
    }
    out.add_details()->PackFrom(bad);
  }
  return out;
}

grpc::Status ToGrpc(const absl::Status& status, const std::string& request_id) {
  if (status.ok()) return grpc::Status::OK;
  const google::rpc::Status proto = ToProto(status, request_id);
  return grpc::Status(static_cast<grpc::StatusCode>(proto.code()), proto.message(), proto.SerializeAsString());
}

absl::Status FromProto(const google::rpc::Status& status) {
  if (status.code() == 0) return absl::OkStatus();
  const auto code = static_cast<absl::StatusCode>(status.code());
  google::rpc::ErrorInfo info;
  google::rpc::BadRequest bad;
  bool has_info = false;
  for (const auto& any : status.details()) {
    if (any.Is<google::rpc::ErrorInfo>())
      has_info = any.UnpackTo(&info);
    else if (any.Is<google::rpc::BadRequest>())
      any.UnpackTo(&bad);
  }
  if (!has_info) return absl::Status(code, status.message());
  if (bad.field_violations_size() > 0 && code == absl::StatusCode::kInvalidArgument) {
    Violations v;
    for (const auto& f : bad.field_violations()) {
      const auto colon = f.description().find(": ");
      const bool split = colon != std::string::npos;
      v.Add(f.field(), split ? f.description().substr(0, colon) : info.reason(),
            split ? f.description().substr(colon + 2) : f.description(),
            v.empty() ? std::map<std::string, std::string>(info.metadata().begin(), info.metadata().end())
                      : std::map<std::string, std::string>());
    }
    return v.ToStatus();
  }
  return MakeError(code, info.reason(), status.message(), {info.metadata().begin(), info.metadata().end()});
}

absl::Status FromGrpc(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  google::rpc::Status proto;
  if (!status.error_details().empty() && proto.ParseFromString(status.error_details())) return FromProto(proto);
  return absl::Status(static_cast<absl::StatusCode>(status.error_code()), status.error_message());
}

}  // namespace hoiam::rpc
