#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "gateway/inbound/json_tree.h"
#include "gateway/inbound/mapping.h"
#include "gateway/inbound/target.h"
#include "platform/base/decimal.h"
#include "platform/base/text.h"
#include "platform/json/reader.h"

namespace hoiam::gateway {
namespace {

using hoiam::survey::v1::RecordInteractionRequest;

struct Found {
  std::string path;
  const JsonNode* node;
};

// Every place that the pattern fits; false when there are more than may be.
bool FindItems(const JsonNode& node, const std::vector<std::string>& pattern, size_t i, const std::string& path,
               std::vector<Found>& out) {
  if (i == pattern.size()) {
    out.push_back({path, &node});
    return out.size() <= json::kMaxItems;
  }
  if (pattern[i] != "*") {
    const JsonNode* next = FindIn(node, {pattern[i]});
    return !next || FindItems(*next, pattern, i + 1, absl::StrCat(path, "/", EscapeToken(pattern[i])), out);
  }
  if (node.kind != JsonNode::Kind::kArray) return true;
  for (size_t k = 0; k < node.items.size(); ++k)
    if (!FindItems(node.items[k], pattern, i + 1, absl::StrCat(path, "/", k), out)) return false;
  return true;
}

class ItemMapper {
 public:
  ItemMapper(const Mapping& mapping, const JsonNode& root, const Found& item)
      : mapping_(mapping), root_(root), item_(item) {}

  MappedItem Map() {
    MappedItem out;
    out.path = item_.path;
    out.passed_over = !std::all_of(mapping_.conditions.begin(), mapping_.conditions.end(),
                                   [this](const Mapping::Condition& c) { return Holds(c); });
    if (out.passed_over) return out;
    for (const Mapping::Field& field : mapping_.fields) Fill(field, out.interaction);
    Check(out.interaction);
    out.status = violations_.ToStatus();
    return out;
  }

 private:
  // What lies there; nullptr for nothing, null and "".
  const JsonNode* Look(const Mapping::Source& source) const {
    const JsonNode* node = FindIn(source.from_root ? root_ : *item_.node, source.tokens);
    const bool empty =
        node && (node->kind == JsonNode::Kind::kNull || (node->kind == JsonNode::Kind::kString && node->text.empty()));
    return empty ? nullptr : node;
  }

  bool Holds(const Mapping::Condition& condition) const {
    const JsonNode* node = Look(condition.at);
    return node && node->kind != JsonNode::Kind::kArray && node->kind != JsonNode::Kind::kObject &&
           std::find(condition.values.begin(), condition.values.end(), node->text) != condition.values.end();
  }

  void Fill(const Mapping::Field& field, RecordInteractionRequest& interaction) {
    Violations wrong;
    if (const JsonNode* node = field.source ? Look(*field.source) : nullptr)
      SetFound(mapping_, field, *node, interaction, wrong);
    else if (!field.constant.empty())
      SetConstant(mapping_, field, interaction, wrong);
    Keep(wrong);
  }

  // What can be said without the service: the shape of ids, and what is missing.
  void Check(const RecordInteractionRequest& q) {
    Violations wrong;
    CheckClientId(q.interaction_id(), "interactionId", wrong);
    CheckClientId(q.customer_id(), "customerId", wrong);
    CheckUpperSnake(q.type(), "type", wrong);
    CheckSlug(q.touchpoint(), "touchpoint", false, wrong);
    CheckSlug(q.channel(), "channel", false, wrong);
    if (!q.has_occurred_at()) wrong.Add("occurredAt", "REQUIRED", "is required");
    const bool money = !q.amount().empty() || !q.cost().empty();
    if (money == q.currency().empty())
      wrong.Add(money ? "currency" : "amount", "REQUIRED", "amount or cost go together with currency");
    Keep(wrong);
  }

  // Each field once, with the place in the body that it comes from.
  void Keep(const Violations& wrong) {
    if (wrong.empty()) return;
    const auto detail = DetailOf(wrong.ToStatus());
    for (const Violation& v : detail->violations) {
      if (std::find(named_.begin(), named_.end(), v.field) != named_.end()) continue;
      named_.push_back(v.field);
      auto metadata = v.metadata;
      metadata["path"] = PlaceOf(v.field);
      violations_.Add(v.field, v.reason, v.description, std::move(metadata));
    }
  }

  std::string PlaceOf(absl::string_view name) const {
    for (const Mapping::Field& f : mapping_.fields) {
      if (f.name != name || !f.source) continue;
      return absl::StrCat(f.source->from_root ? "" : item_.path, f.source->pointer);
    }
    return item_.path;
  }

  const Mapping& mapping_;
  const JsonNode& root_;
  const Found& item_;
  Violations violations_;
  std::vector<std::string> named_;
};

}  // namespace

absl::StatusOr<std::vector<MappedItem>> MapBody(const Mapping& mapping, absl::string_view body) {
  HOIAM_ASSIGN_OR_RETURN(const JsonNode root, ParseJson(body));
  return MapTree(mapping, root);
}

absl::StatusOr<std::vector<MappedItem>> MapTree(const Mapping& mapping, const JsonNode& root) {
  std::vector<Found> found;
  if (!FindItems(root, mapping.items, 0, "", found)) {
    Violations v;
    v.Add("$", "TOO_MANY_ITEMS", absl::StrCat("must hold at most ", json::kMaxItems, " items"),
          {{"max", absl::StrCat(json::kMaxItems)}});
    return v.ToStatus();
  }
  std::vector<MappedItem> items;
  items.reserve(found.size());
  for (const Found& item : found) items.push_back(ItemMapper(mapping, root, item).Map());
  return items;
}

}  // namespace hoiam::gateway
