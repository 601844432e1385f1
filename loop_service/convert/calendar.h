// Calendars between the domain and hoiam.loop.v1, and what one must be like.
#pragma once

#include "absl/strings/string_view.h"
#include "hoiam/loop/v1/playbook.pb.h"
#include "loop_service/domain/calendar.h"
#include "platform/base/status.h"

namespace hoiam::loop {

namespace pb = hoiam::loop::v1;

// Of one that was checked.
Calendar FromProto(const pb::Calendar& calendar);
// Without id and name.
pb::Calendar ToProto(const Calendar& calendar);

// As a whole, without its id. Reasons INVALID_TIME_ZONE, REQUIRED, TOO_MANY, UNKNOWN_VALUE, INVALID_HOURS (no times
// of day, or an interval that is empty or overlaps another), INVALID_DATE, EMPTY_RANGE, OUT_OF_RANGE, and those
// of names; when all of that is right NO_WORKING_TIME on hours: it stays closed for more than kMaxClosedDays.
void CheckCalendar(const pb::Calendar& calendar, Violations& v);

}  // namespace hoiam::loop
