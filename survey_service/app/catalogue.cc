#include "survey_service/app/catalogue.h"

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "survey_service/app/stored.h"
#include "survey_service/convert/catalogue.h"
#include "survey_service/convert/checks.h"
#include "survey_service/errors.h"
#include "survey_service/limits.h"
#include "survey_service/store/catalogue_reader.h"
#include "survey_service/store/catalogue_rows.h"

namespace hoiam::survey {
namespace {

// All of a tenant's catalogue is decided in one place: names are unique in it.
constexpr char kSubject[] = "catalogue";

// What touchpoints and channels differ in.
struct Touchpoints {
  using Row = TouchpointRow;
  using Entry = v1::Touchpoint;
  static constexpr CatalogueKind kKind = CatalogueKind::kTouchpoint;
  static const auto& BuiltIns() { return BuiltInTouchpoints(); }
  static const std::string& Id(const Entry& e) { return e.touchpoint_id(); }
  static Entry Make(const std::string& id) {
    Entry e;
    e.set_touchpoint_id(id);
    e.set_parent(std::string(ParentOf(id)));
    e.set_controllable(true);
    return e;
  }
  static absl::Status NotFound(const std::string& id) { return TouchpointNotFound(id); }
};

struct Channels {
  using Row = ChannelRow;
  using Entry = v1::Channel;
  static constexpr CatalogueKind kKind = CatalogueKind::kChannel;
  static const auto& BuiltIns() { return BuiltInChannels(); }
  static const std::string& Id(const Entry& e) { return e.channel_id(); }
  static Entry Make(const std::string& id) {
    Entry e;
    e.set_channel_id(id);
    return e;
  }
  static absl::Status NotFound(const std::string& id) { return ChannelNotFound(id); }
};

// By id: what Hoiam brings, shadowed by the tenant's own.
template <class T>
absl::StatusOr<std::map<std::string, typename T::Entry>> Merged(const std::vector<std::string>& bodies) {
  std::map<std::string, typename T::Entry> all;
  for (const auto& b : T::BuiltIns()) all[std::string(b.id)] = ToMessage(b);
  for (const std::string& body : bodies) {
    HOIAM_ASSIGN_OR_RETURN(typename T::Entry e, Parse<typename T::Entry>(body));
    std::string id = T::Id(e);
    all[std::move(id)] = std::move(e);
  }
  return all;
}

template <class T>
std::optional<typename T::Entry> BuiltIn(const std::string& id) {
  for (const auto& b : T::BuiltIns())
    if (b.id == id) return ToMessage(b);
  return std::nullopt;
}

template <class T>
absl::StatusOr<std::optional<typename T::Entry>> Standing(db::UnitOfWork& uow, const std::string& tenant,
                                                          const std::string& id) {
  const auto* row = uow.Find<typename T::Row>({tenant, id});
  if (!row) return BuiltIn<T>(id);
  HOIAM_ASSIGN_OR_RETURN(auto entry, Parse<typename T::Entry>(row->body));
  return std::optional(std::move(entry));
}

// Gives `entry` its names, and takes from it those that it has no longer.
template <class T>
absl::Status KeepAliases(db::UnitOfWork& uow, const std::string& tenant, const typename T::Entry& entry) {
  const std::string kind(CatalogueKindName(T::kKind)), &id = T::Id(entry);
  Violations v;
  std::set<std::string> wanted;
  for (int i = 0; i < entry.aliases_size(); ++i) {
    const std::string folded = FoldName(entry.aliases(i));
    const auto* row = uow.Find<CatalogueAliasRow>({tenant, kind, folded});
    const auto brought = FindBuiltIn(T::kKind, folded);
    if ((row && row->target != id) || (brought && *brought != id))
      v.Add(absl::StrCat("aliases[", i, "]"), "ALIAS_TAKEN",
            absl::StrCat("is a name of '", row ? absl::string_view(row->target) : *brought, "'"));
    wanted.insert(folded);
  }
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  std::vector<std::string> gone;
  for (const auto* row : uow.List<CatalogueAliasRow>({tenant, kind}))
    if (row->target == id && wanted.erase(row->alias) == 0) gone.push_back(row->alias);
  for (const std::string& alias : gone) uow.Delete<CatalogueAliasRow>({tenant, kind, alias});
  for (const std::string& alias : wanted) uow.Put(CatalogueAliasRow{tenant, kind, alias, id});
  return absl::OkStatus();
}

// One change on its way in. `source` points into the request.
template <class T>
struct Change {
  std::string tenant;
  const typename T::Entry* source;
  Patch patch;
  bool may_make;
};

template <class T>
absl::StatusOr<typename T::Entry> Decide(const Change<T>& c, db::UnitOfWork& uow) {
  const std::string& id = T::Id(*c.source);
  HOIAM_ASSIGN_OR_RETURN(const auto found, Standing<T>(uow, c.tenant, id));
  if (!found && !c.may_make) return T::NotFound(id);
  if (const std::string parent(ParentOf(id)); T::kKind == CatalogueKind::kTouchpoint && !parent.empty()) {
    HOIAM_ASSIGN_OR_RETURN(const auto above, Standing<T>(uow, c.tenant, parent));
    if (!above)
      return BadField("touchpointId", "PARENT_UNKNOWN", absl::StrCat("there is no touchpoint '", parent, "'"));
  }
  typename T::Entry e = found ? *found : T::Make(id);
  ApplyPatch(*c.source, c.patch, e);
  Violations v;
  CheckEntry(e, v);
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  if (found && SameContent(*found, e)) return e;
  const auto rows = uow.List<typename T::Row>({c.tenant});
  if (!uow.Find<typename T::Row>({c.tenant, id}) && rows.size() >= kMaxCatalogue) return CatalogueFull();
  HOIAM_RETURN_IF_ERROR(KeepAliases<T>(uow, c.tenant, e));
  e.set_built_in(false);
  e.set_revision(e.revision() + 1);
  uow.Put(typename T::Row{c.tenant, id, e.SerializeAsString()});
  return e;
}

template <class T>
void Update(const Deps& deps, const rpc::CallContext& ctx, const google::protobuf::Message& q,
            const typename T::Entry& source, const google::protobuf::FieldMask* mask, bool may_make,
            rpc::Reply<typename T::Entry> reply) {
  Violations v;
  const auto c =
      std::make_shared<const Change<T>>(Change<T>{ctx.tenant, &source, ReadEntryPatch(source, mask, v), may_make});
  if (!v.empty()) return reply(v.ToStatus(), {});
  rpc::Write<typename T::Entry> w;
  w.subject = kSubject;
  w.bytes = 2 * source.ByteSizeLong() + 256;
  w.want = [c](db::UnitOfWork& uow) {
    uow.Want<typename T::Row>({c->tenant});
    uow.Want<CatalogueAliasRow>({c->tenant, std::string(CatalogueKindName(T::kKind))});
  };
  w.decide = [c](db::UnitOfWork& uow, absl::Time) { return Decide(*c, uow); };
  deps.writer.Submit(ctx, q, std::move(w), std::move(reply));
}

}  // namespace

absl::StatusOr<v1::ListTouchpointsResponse> ListTouchpoints(const Deps& deps, const rpc::CallContext& ctx,
                                                            const v1::ListTouchpointsRequest& q) {
  HOIAM_ASSIGN_OR_RETURN(const db::TenantDb db, rpc::OpenDb(deps.pool, ctx));
  HOIAM_ASSIGN_OR_RETURN(const auto bodies, ListTouchpoints(db));
  HOIAM_ASSIGN_OR_RETURN(auto all, Merged<Touchpoints>(bodies));
  v1::ListTouchpointsResponse out;
  std::set<absl::string_view> hidden;
  for (auto& [id, t] : all) {
    if (!q.show_archived() && (t.archived() || hidden.count(ParentOf(id)) > 0))
      hidden.insert(id);
    else
      out.add_touchpoints()->Swap(&t);
  }
  return out;
}

absl::StatusOr<v1::ListChannelsResponse> ListChannels(const Deps& deps, const rpc::CallContext& ctx,
                                                      const v1::ListChannelsRequest& q) {
  HOIAM_ASSIGN_OR_RETURN(const db::TenantDb db, rpc::OpenDb(deps.pool, ctx));
  HOIAM_ASSIGN_OR_RETURN(const auto bodies, ListChannels(db));
  HOIAM_ASSIGN_OR_RETURN(auto all, Merged<Channels>(bodies));
  v1::ListChannelsResponse out;
  for (auto& [id, c] : all)
    if (q.show_archived() || !c.archived()) out.add_channels()->Swap(&c);
  return out;
}

void UpdateTouchpoint(const Deps& deps, const rpc::CallContext& ctx, const v1::UpdateTouchpointRequest& q,
                      rpc::Reply<v1::Touchpoint> reply) {
  Update<Touchpoints>(deps, ctx, q, q.touchpoint(), q.has_update_mask() ? &q.update_mask() : nullptr, q.allow_missing(),
                      std::move(reply));
}

void UpdateChannel(const Deps& deps, const rpc::CallContext& ctx, const v1::UpdateChannelRequest& q,
                   rpc::Reply<v1::Channel> reply) {
  Update<Channels>(deps, ctx, q, q.channel(), q.has_update_mask() ? &q.update_mask() : nullptr, q.allow_missing(),
                   std::move(reply));
}

}  // namespace hoiam::survey
