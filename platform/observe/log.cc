#include "platform/observe/log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <cstdio>

namespace hoiam::observe {
namespace {

std::string& Service() {
  static auto* name = new std::string("hoiam");
  return *name;
}

void Escape(std::string& out, const std::string& s) {
  for (const char c : s) {
    if (c == '"' || c == '\\') {
      out.push_back('\\');
      out.push_back(c);
    } else if (static_cast<unsigned char>(c) < 0x20) {
      char buffer[8];
      std::snprintf(buffer, sizeof buffer, "\\u%04x", c);
      out += buffer;
    } else {
      out.push_back(c);
    }
  }
}

void Write(spdlog::level::level_enum level, const char* event, Fields fields) {
  if (!spdlog::should_log(level)) return;
  std::string line = "\"service\":\"" + Service() + "\",\"event\":\"" + event + "\"";
  for (const auto& [name, value] : fields) {
    line += ",\"";
    line += name;
    line += "\":\"";
    Escape(line, value);
    line += '"';
  }
  spdlog::default_logger_raw()->log(level, "{}", line);
}

}  // namespace

void InitLog(const std::string& service, const std::string& level) {
  Service() = service;
  auto logger = spdlog::stderr_logger_mt("hoiam");
  logger->set_pattern("{\"time\":\"%Y-%m-%dT%H:%M:%S.%eZ\",\"level\":\"%l\",%v}", spdlog::pattern_time_type::utc);
  logger->set_level(spdlog::level::from_str(level));
  logger->flush_on(spdlog::level::info);
  spdlog::set_default_logger(logger);
}

void Debug(const char* event, Fields fields) { Write(spdlog::level::debug, event, fields); }
void Info(const char* event, Fields fields) { Write(spdlog::level::info, event, fields); }
void Warn(const char* event, Fields fields) { Write(spdlog::level::warn, event, fields); }
void Error(const char* event, Fields fields) { Write(spdlog::level::err, event, fields); }

}  // namespace hoiam::observe
