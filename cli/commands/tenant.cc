#include "absl/strings/str_cat.h"
#include "cli/commands/command.h"
#include "cli/commands/keys.h"
#include "cli/term/table.h"
#include "hoiam/gateway/v1/tenant_service.pb.h"

namespace hoiam::cli {
namespace {

namespace gw = gateway::v1;

std::string PathOf(const std::string& id, absl::string_view verb) {
  return absl::StrCat("/v1/tenants/", PercentEncode(id), verb);
}

int Create(const Context& context, const Args& args, const std::string& id) {
  gw::CreateTenantRequest request;
  request.set_tenant_id(id);
  request.set_display_name(args.Value("name", id));
  const Call call{.method = "POST", .path = "/v1/tenants", .body = ToJson(request), .repeatable = false};
  return PrintNewKey<gw::CreateTenantResponse>(context, args.Has("json"), call);
}

int IssueKey(const Context& context, const Args& args, const std::string& id, const std::string& key_id) {
  gw::IssueTenantKeyRequest request;
  request.set_key_id(key_id);
  const Call call{.method = "POST", .path = PathOf(id, ":issueKey"), .body = ToJson(request), .repeatable = false};
  return PrintNewKey<gw::CreateKeyResponse>(context, args.Has("json"), call);
}

int List(const Context& context, const Args& args) {
  const Call call{.path = "/v1/tenants?pageSize=1000"};
  return CallAndPrint<gw::ListTenantsResponse>(context, args.Has("json"), call, [&](const auto& list) {
    const Say& say = context.say;
    const auto limit = [](bool has, int n) { return has ? absl::StrCat(n) : std::string(); };
    Table table({"id", say("Tên", "Name"), say("Trạng thái", "State"), say("Tạo lúc", "Made"),
                 say(">Lệnh gọi/giây", ">Calls/s"), say(">Cùng lúc", ">At once"), say("Lý do ngừng", "Why suspended")});
    for (const gw::Tenant& t : list.tenants())
      table.Add({t.tenant_id(), t.display_name(),
                 t.state() == gw::TenantState::SUSPENDED ? say("đã ngừng", "suspended") : say("đang dùng", "active"),
                 say.Time(ToTime(t.create_time())),
                 limit(t.limits().has_requests_per_second(), t.limits().requests_per_second()),
                 limit(t.limits().has_concurrent_requests(), t.limits().concurrent_requests()), t.suspend_reason()});
    context.out << table.Render();
    return kDone;
  });
}

int Suspend(const Context& context, const Args& args, const std::string& id) {
  gw::SuspendTenantRequest request;
  request.set_reason(args.Value("reason"));
  const Call call{.method = "POST", .path = PathOf(id, ":suspend"), .body = ToJson(request)};
  return CallAndPrint<gw::Tenant>(context, args.Has("json"), call, [&](const gw::Tenant&) {
    context.out << context.say("Đã ngừng ", "Suspended ") << id << "\n";
    return kDone;
  });
}

int Resume(const Context& context, const Args& args, const std::string& id) {
  const Call call{.method = "POST", .path = PathOf(id, ":resume"), .body = "{}"};
  return CallAndPrint<gw::Tenant>(context, args.Has("json"), call, [&](const gw::Tenant&) {
    context.out << context.say("Đã cho dùng lại ", "Resumed ") << id << "\n";
    return kDone;
  });
}

}  // namespace

int RunTenant(const Context& as_anybody, const std::vector<std::string>& words) {
  Context context = as_anybody;
  context.as_operator = true;
  const auto args = Args::Parse(words, {"name", "reason"}, {"json"});
  if (!args.ok()) return Misuse(context, "tenant", args.status().message());
  const auto& w = args->words();
  if (w.size() == 1 && w[0] == "list") return List(context, *args);
  if (w.size() == 2 && w[0] == "create") return Create(context, *args, w[1]);
  if (w.size() == 2 && w[0] == "suspend") return Suspend(context, *args, w[1]);
  if (w.size() == 2 && w[0] == "resume") return Resume(context, *args, w[1]);
  if (w.size() == 3 && w[0] == "issue-key") return IssueKey(context, *args, w[1], w[2]);
  return Misuse(context, "tenant", "takes: create ID, list, suspend ID, resume ID, or issue-key ID KEY_ID");
}

}  // namespace hoiam::cli
