// Bodies shown beside an operation. The generator reads each as the gateway would, so that none can go stale.
#pragma once

#include <array>

namespace hoiam::gateway::openapi {

struct Example {
  const char* operation;
  const char* body;
};

inline constexpr std::array kExamples = {
    Example{"UpdateCustomer",
            R"({"displayName":"Nguyễn Thị Lan","honorific":"chị","givenName":"Lan","phone":"0912000001","locale":"vi",)"
            R"("segment":"VIP","properties":{"city":"Hà Nội","visits":3}})"},
    Example{"RecordInteraction",
            R"({"interactionId":"order-1001","customerId":"lan","type":"DELIVERY","touchpoint":"delivery",)"
            R"("channel":"online","occurredAt":"2026-11-21T09:30:00+07:00","amount":"1250000","currency":"VND",)"
            R"("properties":{"carrier":"GHN"},"customer":{"displayName":"Nguyễn Thị Lan","phone":"0912000001"}})"},
    Example{"BatchRecordInteractions",
            R"({"interactions":[{"interactionId":"order-1001","customerId":"lan","type":"PURCHASE",)"
            R"("occurredAt":"2025-03-01T02:00:00Z"}],"effects":"RECORD_ONLY"})"},
    Example{"VoidInteraction", R"({"reason":"returned"})"},
    Example{"CreateSurvey",
            R"({"displayName":{"vi":"Sau giao hàng","en":"After a delivery"},"metric":"NPS","template":"nps",)"
            R"("trigger":{"interactionTypes":["DELIVERY"]}})"},
    Example{"CreateInvitation", R"({"invitationId":"ask-lan-1","customerId":"lan","channel":"LINK"})"},
    Example{"MarkInvitationSent", R"({"sentBy":"zalo"})"},
    Example{"CreateResponse",
            R"({"responseId":"r-1001","customerId":"lan","metric":"NPS","score":3,"comment":"Giao trễ 2 ngày",)"
            R"("language":"vi"})"},
    Example{"CreateFeedback", R"({"feedbackId":"f-1","metric":"CSAT","score":5,"comment":"Nhân viên rất nhiệt tình"})"},
    Example{"BatchGetSatisfaction", R"({"customerIds":["lan","minh"]})"},
    Example{"AcknowledgeCase", R"({"version":"1"})"},
    Example{"ContactCustomer", R"({"channel":"phone","note":"Đã gọi xin lỗi","outcome":"REACHED"})"},
    Example{"ResolveCase", R"({"rootCause":"delivery_late_partner","originatorTeam":"delivery-partner",)"
                           R"("resolution":"Giao lại trong ngày","customerReply":"Chị đồng ý"})"},
    Example{"VerifyCase", R"({"evidence":"CUSTOMER_WORD"})"},
    Example{"CreateWebhook", R"({"webhookId":"crm","url":"https://crm.example.vn/hooks/hoiam",)"
                             R"("eventTypes":["invitation.created","response.submitted","case.opened"]})"},
};

}  // namespace hoiam::gateway::openapi
