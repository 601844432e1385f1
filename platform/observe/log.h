// JSON lines on standard error: {"time":…,"level":…,"service":…,"event":"write.failed",…}. Values are escaped; secrets
// and personal data have no business in here.
#pragma once

#include <initializer_list>
#include <string>
#include <utility>

namespace hoiam::observe {

using Fields = std::initializer_list<std::pair<const char*, std::string>>;

// Once, in main. level: debug, info, warn, error.
void InitLog(const std::string& service, const std::string& level);

// `event` is a stable dotted name.
void Debug(const char* event, Fields fields = {});
void Info(const char* event, Fields fields = {});
void Warn(const char* event, Fields fields = {});
void Error(const char* event, Fields fields = {});

}  // namespace hoiam::observe
