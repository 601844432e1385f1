#include "gateway/webhook/messages.h"

#include <grpcpp/grpcpp.h>

#include <algorithm>
#include <map>

#include "gateway/errors.h"
#include "gateway/limits.h"
#include "gateway/webhook/event_types.h"
#include "platform/base/clock.h"
#include "platform/base/ids.h"
#include "platform/base/process_time.h"
#include "platform/base/status.h"
#include "platform/observe/log.h"
#include "platform/rpc/status_wire.h"

namespace hoiam::gateway {
namespace {

namespace pb = survey::v1;

void Prepare(grpc::ClientContext& c, const std::string& tenant, const std::string& request_id, absl::Time deadline) {
  c.AddMetadata("hoiam-tenant", tenant);
  c.AddMetadata("hoiam-principal", "webhooks");
  c.AddMetadata("hoiam-request-id", request_id);
  if (IsTestMode(tenant)) c.AddMetadata("hoiam-test", "1");
  c.set_deadline(OnMachine(deadline));
}

void Fill(const pb::InvitationMessage& m, v1::EventData& data) {
  if (!m.link().empty()) data.mutable_invitation()->set_link(m.link());
  if (!m.text().empty()) data.set_text(m.text());
  if (!m.accented_text().empty()) data.set_accented_text(m.accented_text());
  if (!m.qr().empty()) data.set_qr(m.qr());
  if (data.test_mode()) return;
  if (!m.phone().empty()) data.set_phone(m.phone());
  if (!m.email().empty()) data.set_email(m.email());
}

}  // namespace

bool NeedsMessage(const v1::PublicEvent& event) { return event.type() == "invitation.created"; }

Messages::Messages(std::shared_ptr<grpc::ChannelInterface> survey)
    : stub_(pb::MessageService::NewStub(std::move(survey))) {}

void Messages::Complete(const std::string& tenant, v1::PublicEvent event,
                        std::function<void(absl::Status, v1::PublicEvent)> done) {
  struct Call {
    grpc::ClientContext context;
    pb::GetInvitationMessagesRequest request;
    pb::GetInvitationMessagesResponse response;
    v1::PublicEvent event;
  };
  auto call = std::make_shared<Call>();
  call->event = std::move(event);
  call->request.add_invitation_ids(call->event.data().invitation().invitation_id());
  const absl::Time now = SystemClock().Now();
  Prepare(call->context, tenant, call->event.id(), now + kMessageDeadline);
  auto* c = call.get();
  stub_->async()->GetInvitationMessages(&c->context, &c->request, &c->response,
                                        [call = std::move(call), done = std::move(done)](grpc::Status s) {
                                          for (const auto& m : call->response.messages())
                                            Fill(m, *call->event.mutable_data());
                                          done(rpc::FromGrpc(s), std::move(call->event));
                                        });
}

absl::Status Messages::CompleteAll(const rpc::CallContext& ctx, std::vector<v1::PublicEvent*> events) {
  events.erase(std::remove_if(events.begin(), events.end(), [](const auto* e) { return !NeedsMessage(*e); }),
               events.end());
  for (size_t at = 0; at < events.size(); at += kMaxMessages) {
    const size_t end = std::min(events.size(), at + kMaxMessages);
    std::map<std::string, v1::PublicEvent*> by_id;
    pb::GetInvitationMessagesRequest request;
    for (size_t i = at; i < end; ++i) {
      const std::string& id = events[i]->data().invitation().invitation_id();
      by_id[id] = events[i];
      request.add_invitation_ids(id);
    }
    grpc::ClientContext context;
    Prepare(context, ctx.tenant, ctx.request_id, ctx.deadline);
    pb::GetInvitationMessagesResponse response;
    if (const grpc::Status s = stub_->GetInvitationMessages(&context, request, &response); !s.ok()) {
      observe::Warn("messages.failed", {{"why", s.error_message()}});
      return MessagesUnavailable();
    }
    for (const auto& m : response.messages())
      if (const auto it = by_id.find(m.invitation_id()); it != by_id.end()) Fill(m, *it->second->mutable_data());
  }
  return absl::OkStatus();
}

}  // namespace hoiam::gateway
