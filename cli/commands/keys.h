// What the commands that make keys share.
#pragma once

#include "cli/commands/command.h"
#include "hoiam/gateway/v1/key_service.pb.h"

namespace hoiam::cli {

// Makes a call whose answer has a key's text, and prints that alone on standard output, so that it can be piped.
template <class Answer>
int PrintNewKey(const Context& context, bool json, const Call& call) {
  return CallAndPrint<Answer>(context, json, call, [&](const Answer& made) {
    if (made.secret().empty()) {
      context.err << context.say("Khóa này đã được tạo trước đây; nội dung của nó không hiện lại được.",
                                 "This key was made before; its text cannot be shown again.")
                  << "\n";
      return kFailed;
    }
    context.err << context.say("Chỉ hiện một lần:", "Shown this once:") << "\n";
    context.out << made.secret() << "\n";
    return kDone;
  });
}

}  // namespace hoiam::cli
