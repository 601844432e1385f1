// The demo shop "Nhà Én", invented: small appliances, 12 shops and online. A pure function of a seed and of the moment
// it is loaded: the same again for the same two.
//
// What a person is to find in it (each has a test that finds it):
//   (a) the delivery partner is late in weeks 14–18, is mended in week 19, and one new customer says it again in week
//   21 (b) of 70 owners of the air fryers of lot L2409, 9 complain and 61 are silent (c) the staff of Hà Đông (d) Vinh
//   has 4 answers: not enough data (e) 40 hidden passives: CSAT 5 and NPS 7 (f) CSAT collected by staff is 96 %, by the
//   customers alone 82 % (g) 12 recovered from 0–6 to 9–10 (h) VIP are 8 % of the people and 31 % of the revenue, with
//   a worse NPS (i) one cancelled order, its invitation withdrawn
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "hoiam/survey/v1/survey_service.pb.h"

namespace hoiam::cli {

inline constexpr uint64_t kDemoSeed = 20260101;
inline constexpr int kDemoWeeks = 26;
inline constexpr char kNpsSurvey[] = "nha-en-nps";  // what unhappy answers say their reason in
inline constexpr char kBadLot[] = "L2409";

// Something of the last day that has all effects: it invites, and what is answered opens cases.
struct LiveStep {
  survey::v1::RecordInteractionRequest interaction;
  // What the customer answers to the invitation; its invitation id is known only once it was made.
  std::optional<survey::v1::CreateResponseRequest> answer;
  bool cancelled = false;  // the interaction is voided after it was recorded
};

struct Demo {
  std::vector<survey::v1::Customer> customers;
  std::vector<survey::v1::RecordInteractionRequest> interactions;  // history, oldest first
  std::vector<survey::v1::CreateResponseRequest> answers;          // history, oldest first
  std::vector<survey::v1::CreateSurveyRequest> surveys;
  std::vector<LiveStep> live;
  std::vector<survey::v1::RecordUsageRequest> usage;   // history; each item's in the order in which it happened
  std::vector<survey::v1::CreateResponseRequest> csi;  // the wave of autumn, answers to a survey of `surveys`
};

// `loaded_at` is truncated to the minute. Everything happened before it.
Demo MakeDemo(uint64_t seed, absl::Time loaded_at);

// 1 … 26 for a time of the history: week 26 ends with the day before `loaded_at`.
int DemoWeek(absl::Time loaded_at, absl::Time t);

}  // namespace hoiam::cli
