#include "survey_service/app/asking.h"

#include <mutex>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "platform/base/status.h"
#include "survey_service/app/stored.h"
#include "survey_service/convert/ask_policy.h"
#include "survey_service/convert/trigger.h"
#include "survey_service/limits.h"
#include "survey_service/store/asking_rows.h"
#include "survey_service/store/rows.h"

namespace hoiam::survey {
namespace {

// Values made of bytes. The same bytes are the same value, so nothing in here is ever out of date.
template <class T>
class Parsed {
 public:
  template <class Make>
  absl::StatusOr<std::shared_ptr<const T>> Get(const std::string& body, const Make& make) {
    {
      const std::lock_guard lock(mutex_);
      if (const auto it = made_.find(body); it != made_.end()) return it->second;
    }
    HOIAM_ASSIGN_OR_RETURN(T value, make(body));
    auto shared = std::make_shared<const T>(std::move(value));
    const std::lock_guard lock(mutex_);
    if (made_.size() >= kMaxParsed) made_.clear();
    made_.emplace(body, shared);
    return shared;
  }

 private:
  std::mutex mutex_;
  absl::flat_hash_map<std::string, std::shared_ptr<const T>> made_;
};

absl::StatusOr<ActiveSurvey> MakeSurvey(const std::string& body) {
  ActiveSurvey out;
  HOIAM_ASSIGN_OR_RETURN(out.survey, Parse<v1::Survey>(body));
  out.asking = ToAsking(out.survey);
  return out;
}

absl::StatusOr<AskingPolicy> MakePolicy(const std::string& body) {
  AskingPolicy out;
  HOIAM_ASSIGN_OR_RETURN(out.policy, Parse<v1::AskPolicy>(body));
  out.rules = ToRules(out.policy);
  return out;
}

}  // namespace

absl::StatusOr<std::shared_ptr<const ActiveSurvey>> ParseActiveSurvey(const std::string& body) {
  static auto* parsed = new Parsed<ActiveSurvey>;
  return parsed->Get(body, MakeSurvey);
}

absl::StatusOr<std::shared_ptr<const AskingPolicy>> ParsePolicy(const std::string& body) {
  static auto* parsed = new Parsed<AskingPolicy>;
  return parsed->Get(body, MakePolicy);
}

std::shared_ptr<const AskingPolicy> StandardPolicy() {
  static const auto* policy = new std::shared_ptr<const AskingPolicy>(
      std::make_shared<const AskingPolicy>(AskingPolicy{DefaultPolicy(), ToRules(DefaultPolicy())}));
  return *policy;
}

absl::StatusOr<ActiveSurveys> ListActiveSurveys(db::UnitOfWork& uow, const std::string& tenant) {
  ActiveSurveys out;
  for (const ActiveSurveyRow* row : uow.List<ActiveSurveyRow>({tenant})) {
    HOIAM_ASSIGN_OR_RETURN(auto survey, ParseActiveSurvey(row->body));
    out.push_back(std::move(survey));
  }
  return out;
}

absl::StatusOr<std::shared_ptr<const AskingPolicy>> FindPolicy(db::UnitOfWork& uow, const std::string& tenant) {
  const auto* row = uow.Find<AskPolicyRow>({tenant});
  if (!row) return StandardPolicy();
  return ParsePolicy(row->body);
}

}  // namespace hoiam::survey
