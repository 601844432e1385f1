#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "cli/commands/command.h"
#include "cli/term/table.h"
#include "hoiam/gateway/v1/key_service.pb.h"

namespace hoiam::cli {
namespace {

using gateway::v1::ApiKey;

int Create(const Context& context, const Args& args, const std::string& id) {
  gateway::v1::CreateKeyRequest request;
  request.set_key_id(id);
  request.set_principal(args.Value("principal", id));
  for (absl::string_view scope : absl::StrSplit(args.Value("scopes"), ',', absl::SkipEmpty()))
    request.add_scopes(std::string(scope));
  const auto expires = TimeArgument(args.Value("expires"), context.say.zone());
  if (!expires.ok()) return Misuse(context, "key", expires.status().message());
  absl::Time t;
  if (!expires->empty() && absl::ParseTime(absl::RFC3339_full, *expires, &t, nullptr))
    request.mutable_expire_time()->set_seconds(absl::ToUnixSeconds(t));
  // Not repeatable: only the first answer has the key's text.
  const Call call{.method = "POST", .path = "/v1/keys", .body = ToJson(request), .repeatable = false};
  return CallAndPrint<gateway::v1::CreateKeyResponse>(context, args.Has("json"), call, [&](const auto& made) {
    if (made.secret().empty()) {
      context.err << context.say("Khóa này đã được tạo trước đây; nội dung của nó không hiện lại được.",
                                 "This key was made before; its text cannot be shown again.")
                  << "\n";
      return kFailed;
    }
    context.err << context.say("Chỉ hiện một lần:", "Shown this once:") << "\n";
    context.out << made.secret() << "\n";
    return kDone;
  });
}

int List(const Context& context, const Args& args) {
  const Call call{.path = "/v1/keys?pageSize=1000"};
  return CallAndPrint<gateway::v1::ListKeysResponse>(context, args.Has("json"), call, [&](const auto& list) {
    const Say& say = context.say;
    Table table({"id", say("Ai dùng", "Principal"), say("Trạng thái", "State"), say("Bắt đầu bằng", "Begins with"),
                 say("Tạo lúc", "Made"), say("Dùng lần cuối", "Last used"), say("Quyền", "Scopes")});
    for (const ApiKey& key : list.keys())
      table.Add({key.key_id(), key.principal(), gateway::v1::KeyState::Code_Name(key.state()), key.prefix(),
                 say.Time(ToTime(key.create_time())),
                 key.has_last_used_time() ? say.Time(ToTime(key.last_used_time())) : "",
                 absl::StrJoin(key.scopes(), ", ")});
    context.out << table.Render();
    return kDone;
  });
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
  const auto args = Args::Parse(words, {"principal", "scopes", "expires"}, {"json"});
  if (!args.ok()) return Misuse(context, "key", args.status().message());
  const auto& w = args->words();
  if (w.size() == 1 && w[0] == "list") return List(context, *args);
  if (w.size() == 2 && w[0] == "create") return Create(context, *args, w[1]);
  if (w.size() == 2 && w[0] == "revoke") return Revoke(context, *args, w[1]);
  return Misuse(context, "key", "takes: create ID, list, or revoke ID");
}

}  // namespace hoiam::cli
