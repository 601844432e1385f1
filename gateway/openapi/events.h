// The events that the outside is told, and which fields of hoiam.gateway.v1.EventData each has: so that a receiver can
// be typed. A test holds the list against gateway/webhook/event_types.h.
#pragma once

#include <array>

namespace hoiam::gateway::openapi {

struct EventShape {
  const char* type;
  const char* field;  // always set, in JSON's spelling; "" when there is none
  const char* when;
};

inline constexpr std::array kEventShapes = {
    EventShape{"interaction.recorded", "interaction", "An interaction was recorded."},
    EventShape{"invitation.created", "invitation",
               "Somebody is to be asked now. The CRM sends `text`, or `accentedText`, which hold the link, to `phone` "
               "or `email`; "
               "`qr` is the link as a picture. What waits for its time is told when that has come; what is mailed from "
               "here is not."},
    EventShape{"invitation.sent", "invitation", "An invitation was sent, or marked as sent."},
    EventShape{"response.submitted", "response", "An answer was stored."},
    EventShape{"response.amended", "response", "An answer was changed or voided."},
    EventShape{"case.opened", "case", "A case was opened."},
    EventShape{"case.moved", "case", "A case moved to another state, or was given to somebody else."},
    EventShape{"case.enriched", "case",
               "An answer joined an open case, or what it says changed: a comment came, a score was corrected. `text` "
               "says what."},
    EventShape{"case.due", "case", "A deadline of a case comes near: `text`."},
    EventShape{"case.overdue", "case", "A deadline of a case was missed: `text`."},
    EventShape{"case.escalated", "case", "Nobody acknowledged a case in time, and the team in `text` was told."},
    EventShape{"case.replied", "case", "The customer wrote, by the channel in `text`."},
    EventShape{"case.said_twice", "case",
               "Somebody had to say it again after a fix: `case.saidTwice` names the earlier case."},
    EventShape{"case.fix_failed", "case", "A fix did not hold: `case.fixFailed` names the case that showed it."},
    EventShape{"score.band_changed", "response",
               "A customer's score of a metric crossed into another band: `previousBand` → `band`."},
    EventShape{"customer.unsubscribed", "", "A customer asked not to be surveyed."},
    EventShape{"webhook.disabled", "webhook", "A webhook was disabled."},
    EventShape{"webhook.test", "webhook", "Somebody tried this webhook."},
};

}  // namespace hoiam::gateway::openapi
