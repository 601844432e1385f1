// HTML of the respondent's pages. Everything from outside is escaped; there is no script.
#pragma once

#include <map>
#include <string>

#include "gateway/pages/texts.h"
#include "hoiam/survey/v1/survey_service.pb.h"

namespace hoiam::gateway {

struct FormView {
  std::string token;
  Language language;
  const hoiam::survey::v1::RespondentPage* page;  // survey and what is shown of it
  // What the fields hold: the answers stored, or those just sent.
  const google::protobuf::RepeatedPtrField<hoiam::survey::v1::Answer>* answers;
  std::string comment;
  std::string phone;
  std::map<std::string, std::string> errors;  // by question id: a reason
  bool mistakes = false;                      // says above the form that something is wrong with it
};

// The form: the questions that are shown, and one button.
std::string RenderForm(const FormView& view);

// A page that only says something. `action`, when given, is a form with one button.
struct MessageView {
  Language language;
  std::string brand;
  std::string title;
  std::string text;
  std::string hint;
  std::string action;  // where the button posts to
  std::string button;
};
std::string RenderMessage(const MessageView& view);

// A page around `content`, which is HTML.
std::string RenderLayout(Language language, const std::string& title, const std::string& brand,
                         const std::string& content);

// What stands at "/".
std::string RenderLanding();

// The Content-Security-Policy under which these pages look right: their own style by its hash, forms to ourselves, no
// more.
const std::string& PagePolicy();

}  // namespace hoiam::gateway
