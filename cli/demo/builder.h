// The workbench of MakeDemo: people, what happened to them and what they said, before ids and order are settled.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "cli/demo/random.h"
#include "cli/demo/shop.h"

namespace hoiam::cli {

enum class Segment { kVip, kLoyal, kNew, kProspect, kDormant, kBusiness };

struct Person {
  int number;  // from 1
  Segment segment;
  int shop;                 // index into Shops()
  std::vector<int> events;  // indices into DemoBuilder::events
  bool free = true;         // plays no part in a planted truth yet
  std::optional<int> last_nps, last_csat;
};

struct Event {
  int person;
  std::string type, touchpoint, channel;
  absl::Time time;
  int64_t amount_vnd = 0;
  std::map<std::string, std::string> texts;  // properties
  std::optional<int> days_late;
  bool answered = false;
};

struct Saying {
  int event;
  std::string metric;
  int score;
  std::string comment;
  absl::Time time;
  bool by_staff = false;
};

class DemoBuilder {
 public:
  DemoBuilder(uint64_t seed, absl::Time loaded_at);

  Random rng;
  std::vector<Person> people;
  std::vector<Event> events;
  std::vector<Saying> sayings;

  // A moment in shop hours of a week (1 … 26) of the history.
  absl::Time TimeIn(int week);
  int WeekOf(const Event& event) const { return DemoWeek(loaded_at_, event.time); }
  absl::Time loaded_at() const { return loaded_at_; }
  // A week in which something may happen that is answered: new customers come late, and answers take days.
  int AnyWeek(const Person& person);

  // Takes `n` people who play no part yet and for whom `fits` is true.
  template <class Fits>
  std::vector<int> Take(int n, Fits fits) {
    std::vector<int> taken;
    for (int i : order_) {
      if (static_cast<int>(taken.size()) == n) break;
      if (!people[i].free || !fits(people[i])) continue;
      people[i].free = false;
      taken.push_back(i);
    }
    return taken;
  }

  // Something that happened at a touchpoint; a purchase has an amount. Answers its index.
  int Happen(int person, absl::string_view touchpoint, absl::Time when);
  // An order online and its delivery, the delivery in `week`. Answers the delivery.
  int Deliver(int person, int week, int days_late);
  // Something at this touchpoint that was not answered yet, in `week` (0: any); made when there is none.
  int EventAt(int person, absl::string_view touchpoint, int week = 0);
  // An answer about an event, hours to two days later.
  void Answer(int event, absl::string_view metric, int score, absl::string_view comment, bool by_staff = false);
  // The same with everyday words, or none.
  void AnswerPlainly(int event, absl::string_view metric, int score, bool by_staff = false);

 private:
  void MakePeople();
  const absl::Time loaded_at_;
  const absl::Time first_day_;  // midnight in Viet Nam
  std::vector<int> order_;      // in which Take looks
};

// Viet Nam has had no other time since 1975; spelled out so that the demo needs no zone files.
absl::TimeZone VietNam();

}  // namespace hoiam::cli
