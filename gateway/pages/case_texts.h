// What the customer's page about a case says, in Vietnamese and English.
#pragma once

#include "absl/strings/string_view.h"
#include "gateway/pages/texts.h"

namespace hoiam::gateway {

// One struct per language: what is missing does not compile.
struct CaseTexts {
  const char* title;
  const char* you_said;     // {day}
  const char* you_told_us;  // {day}; without words
  const char* we_did;
  const char* will_contact;         // {team}, {time}
  const char* will_contact_no_one;  // {time}; the team has no name
  const char* working;              // nothing done yet, and contacted
  const char* steps;
  const char* proposal;
  const char* ask_proposal;
  const char* accept;
  const char* decline;
  const char* ask_settled;
  const char* settled;
  const char* unsettled;
  const char* write;  // above the box
  const char* send;
  const char* thanks;  // after anything was sent
  const char* over;    // nothing can be written any more
  const char* empty;   // sent without words
  const char* too_long;
  const char* unknown;
  const char* unknown_hint;
  const char* busy;
  const char* states[9];  // in the order of CaseState.Code
  struct Step {
    const char* what;
    const char* words;
  } known[13];
};

const CaseTexts& CaseTextsIn(Language language);
// The words for a step; "" for one that is not known.
const char* StepText(absl::string_view what, Language language);

}  // namespace hoiam::gateway
