// The measures by their number in the project's targets. Each prints its lines and verifies its data.
#pragma once

#include "absl/strings/str_cat.h"
#include "tests/bench/measure.h"
#include "tests/bench/ours.h"
#include "tests/bench/raw.h"

namespace hoiam::bench {

void MeasureBatch(const Settings& s, Ours& ours, Raw& raw);                             // 1a
void MeasureUnary(const Settings& s, Ours& ours, Raw& raw);                             // 1b
void MeasureLatency(const Settings& s, Ours& ours, Raw& raw);                           // 1c
void MeasureGateway(const Settings& s, Ours& ours);                                     // 2
void MeasureReads(const Settings& s, Ours& ours, Raw& raw, bool scores, bool history);  // 3 and 4, over the same data
void MeasureConsumer(const Settings& s, Ours& ours);                                    // consumer
void MeasureAlarm(const Settings& s, Ours& ours, Raw& raw);                             // 5

void MeasureMail(const Settings& s);                 // mail
void MeasureSample(const Settings& s, Ours& ours);   // sample
void MeasureTenants(const Settings& s, Ours& ours);  // tenants
void MeasureTimers(const Settings& s, Ours& ours);   // timers
void MeasureInbox(const Settings& s, Ours& ours);    // inbox

}  // namespace hoiam::bench
