#include "cli/api/json.h"

#include <google/protobuf/util/json_util.h>
#include <rapidjson/document.h>
#include <rapidjson/prettywriter.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include "absl/strings/str_cat.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/error_info.pb.h"
#include "google/rpc/status.pb.h"
#include "platform/rpc/status_wire.h"

namespace hoiam::cli {
namespace {

// The code that a `status` such as "INVALID_ARGUMENT" names; `code` in an error body is the HTTP status.
absl::StatusCode CodeNamed(absl::string_view name) {
  for (int code = 1; code <= 16; ++code) {
    if (absl::StatusCodeToString(static_cast<absl::StatusCode>(code)) == name)
      return static_cast<absl::StatusCode>(code);
  }
  return absl::StatusCode::kUnknown;
}

template <class Writer>
std::string Write(const rapidjson::Value& value) {
  rapidjson::StringBuffer buffer;
  Writer writer(buffer);
  value.Accept(writer);
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace

std::string ToJson(const google::protobuf::Message& message) {
  std::string out;
  (void)google::protobuf::util::MessageToJsonString(message,
                                                    &out);  // fails for an unknown Any only: requests have none
  return out;
}

absl::Status FromJson(absl::string_view text, google::protobuf::Message& message) {
  google::protobuf::util::JsonParseOptions options;
  options.ignore_unknown_fields = true;
  const auto status = google::protobuf::util::JsonStringToMessage({text.data(), text.size()}, &message, options);
  if (status.ok()) return absl::OkStatus();
  return absl::InternalError(absl::StrCat("the server's answer could not be read: ", status.ToString()));
}

absl::Status ErrorOf(int http_status, absl::string_view body) {
  // An Any is read by what is linked in; this names the two kinds, so that they are.
  google::rpc::ErrorInfo::descriptor();
  google::rpc::BadRequest::descriptor();
  rapidjson::Document doc;
  doc.Parse(body.data(), body.size());
  google::rpc::Status proto;
  if (!doc.HasParseError() && doc.IsObject() && doc.HasMember("error") && doc["error"].IsObject()) {
    auto& error = doc["error"];
    std::string name;
    if (error.HasMember("status") && error["status"].IsString()) name = error["status"].GetString();
    if (FromJson(Write<rapidjson::Writer<rapidjson::StringBuffer>>(error), proto).ok()) {
      proto.set_code(static_cast<int>(CodeNamed(name)));
      return rpc::FromProto(proto);
    }
  }
  return absl::UnknownError(absl::StrCat("HTTP status ", http_status));
}

std::string Pretty(absl::string_view json) {
  rapidjson::Document doc;
  doc.Parse(json.data(), json.size());
  if (doc.HasParseError()) return std::string(json);
  return Write<rapidjson::PrettyWriter<rapidjson::StringBuffer>>(doc);
}

}  // namespace hoiam::cli
