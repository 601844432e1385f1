// The words of vietnam.md for cases and what is done with them, in both languages.
#pragma once

#include <optional>
#include <string>

#include "absl/time/time.h"
#include "cli/term/lang.h"
#include "hoiam/loop/v1/loop_service.pb.h"
#include "hoiam/loop/v1/resources.pb.h"

namespace hoiam::cli {

std::string StateName(const Say& say, loop::v1::CaseState::Code state);
std::string KindName(const Say& say, loop::v1::CaseKind::Code kind);
std::string DeadlineName(const Say& say, loop::v1::Deadline::Code deadline);
std::string VerificationName(const Say& say, loop::v1::Verification::Code verification);
std::string RelationName(const Say& say, loop::v1::Relation::Code relation);
std::string BlockName(const Say& say, loop::v1::OfferBlock::Code block);
// What a line of a case's history says was done.
std::string ActionName(const Say& say, const std::string& action);

// "2 ngày 3 giờ", "20 phút"; two units at most.
std::string Span(const Say& say, absl::Duration d);
// "còn 20 phút", "trễ 2 ngày 3 giờ".
std::string Left(const Say& say, absl::Duration d);

// What the clock of a case stands before: the earliest deadline that is not met, or until when it waits.
struct NextMoment {
  std::string what;
  absl::Time at;
};
std::optional<NextMoment> NextOf(const Say& say, const loop::v1::Case& c);

}  // namespace hoiam::cli
