// The pages' templates (mustache) and their style.
#pragma once

namespace hoiam::gateway {

extern const char kStyle[];
extern const char kLayoutTemplate[];  // language, title, brand, style; content is HTML
extern const char kFormTemplate[];
extern const char kMessageTemplate[];
extern const char kLandingTemplate[];

}  // namespace hoiam::gateway
