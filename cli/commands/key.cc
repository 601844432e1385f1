#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "cli/commands/command.h"
#include "cli/commands/keys.h"
#include "cli/term/table.h"

namespace hoiam::cli {
namespace {

using gateway::v1::ApiKey;
using gateway::v1::KeyKind;
using gateway::v1::KeyState;
using gateway::v1::Role;

std::string StateName(const Say& say, KeyState::Code state) {
  switch (state) {
    case KeyState::ACTIVE:
      return say("đang dùng", "active");
    case KeyState::REVOKED:
      return say("đã thu hồi", "revoked");
    case KeyState::EXPIRED:
      return say("hết hạn", "expired");
    default:
      return KeyState::Code_Name(state);
  }
}

// What a key is for, in a word: its role, or that its scopes were listed, or that it is open.
std::string KindName(const Say& say, const ApiKey& key) {
  std::string kind = key.kind() == KeyKind::PUBLISHABLE ? say("công khai", "publishable")
                     : key.role() == Role::UNSPECIFIED  ? say("theo quyền", "by scopes")
                                                        : Role::Code_Name(key.role());
  return key.test_mode() ? absl::StrCat(kind, say(" (thử)", " (test)")) : kind;
}

absl::Status SetExpiry(const Context& context, const Args& args, google::protobuf::Timestamp* out) {
  const auto expires = TimeArgument(args.Value("expires"), context.say.zone());
  if (!expires.ok()) return expires.status();
  absl::Time t;
  if (!expires->empty() && absl::ParseTime(absl::RFC3339_full, *expires, &t, nullptr))
    out->set_seconds(absl::ToUnixSeconds(t));
  return absl::OkStatus();
}

int Create(const Context& context, const Args& args, const std::string& id) {
  gateway::v1::CreateKeyRequest request;
  request.set_key_id(id);
  request.set_principal(args.Value("principal", id));
  for (absl::string_view scope : absl::StrSplit(args.Value("scopes"), ',', absl::SkipEmpty()))
    request.add_scopes(std::string(scope));
  for (absl::string_view team : absl::StrSplit(args.Value("teams"), ',', absl::SkipEmpty()))
    request.add_teams(std::string(team));
  Role::Code role = Role::UNSPECIFIED;
  if (args.Has("role") && !Role::Code_Parse(absl::AsciiStrToUpper(args.Value("role")), &role))
    return Misuse(context, "key", absl::StrCat("no such role: ", args.Value("role")));
  request.set_role(role);
  if (args.Has("publishable")) request.set_kind(KeyKind::PUBLISHABLE);
  request.set_test_mode(args.Has("test"));
  if (args.Has("expires")) {
    const absl::Status s = SetExpiry(context, args, request.mutable_expire_time());
    if (!s.ok()) return Misuse(context, "key", s.message());
  }
  // Not repeatable: only the first answer has the key's text.
  const Call call{.method = "POST", .path = "/v1/keys", .body = ToJson(request), .repeatable = false};
  return PrintNewKey<gateway::v1::CreateKeyResponse>(context, args.Has("json"), call);
}

int List(const Context& context, const Args& args) {
  const Call call{.path = "/v1/keys?pageSize=1000"};
  return CallAndPrint<gateway::v1::ListKeysResponse>(context, args.Has("json"), call, [&](const auto& list) {
    const Say& say = context.say;
    Table table({"id", say("Ai dùng", "Principal"), say("Loại", "Kind"), say("Trạng thái", "State"),
                 say("Bắt đầu bằng", "Begins with"), say("Tạo lúc", "Made"), say("Hết hạn", "Expires"),
                 say("Dùng lần cuối", "Last used"), say("Quyền", "Scopes"), say("Bộ phận", "Teams")});
    for (const ApiKey& key : list.keys())
      table.Add({key.key_id(), key.principal(), KindName(say, key), StateName(say, key.state()), key.prefix(),
                 say.Time(ToTime(key.create_time())), key.has_expire_time() ? say.Time(ToTime(key.expire_time())) : "",
                 key.has_last_used_time() ? say.Time(ToTime(key.last_used_time())) : "",
                 absl::StrJoin(key.scopes(), ", "), absl::StrJoin(key.teams(), ", ")});
    context.out << table.Render();
    return kDone;
  });
}

int Rotate(const Context& context, const Args& args, const std::string& id, const std::string& new_id) {
  gateway::v1::RotateKeyRequest request;
  request.set_new_key_id(new_id);
  if (args.Has("overlap")) {
    absl::Duration overlap;
    if (!absl::ParseDuration(args.Value("overlap"), &overlap))
      return Misuse(context, "key", absl::StrCat(args.Value("overlap"), " is no time such as 24h, 30m or 0s"));
    request.mutable_overlap()->set_seconds(absl::ToInt64Seconds(overlap));
  }
  if (args.Has("expires")) {
    const absl::Status s = SetExpiry(context, args, request.mutable_expire_time());
    if (!s.ok()) return Misuse(context, "key", s.message());
  }
  const Call call{.method = "POST",
                  .path = absl::StrCat("/v1/keys/", PercentEncode(id), ":rotate"),
                  .body = ToJson(request),
                  .repeatable = false};
  return PrintNewKey<gateway::v1::CreateKeyResponse>(context, args.Has("json"), call);
}

int Revoke(const Context& context, const Args& args, const std::string& id) {
  const Call call{.method = "POST", .path = absl::StrCat("/v1/keys/", PercentEncode(id), ":revoke"), .body = "{}"};
  return CallAndPrint<ApiKey>(context, args.Has("json"), call, [&](const ApiKey&) {
    context.out << context.say("Đã thu hồi ", "Revoked ") << id << "\n";
    return kDone;
  });
}

}  // namespace

int RunKey(const Context& context, const std::vector<std::string>& words) {
  const auto args = Args::Parse(words, {"principal", "scopes", "teams", "role", "expires", "overlap"},
                                {"json", "publishable", "test"});
  if (!args.ok()) return Misuse(context, "key", args.status().message());
  const auto& w = args->words();
  if (w.size() == 1 && w[0] == "list") return List(context, *args);
  if (w.size() == 2 && w[0] == "create") return Create(context, *args, w[1]);
  if (w.size() == 3 && w[0] == "rotate") return Rotate(context, *args, w[1], w[2]);
  if (w.size() == 2 && w[0] == "revoke") return Revoke(context, *args, w[1]);
  return Misuse(context, "key", "takes: create ID, list, rotate ID NEW_ID, or revoke ID");
}

}  // namespace hoiam::cli
