// Every number of survey_service, with its reason.
#pragma once

#include <cstddef>
#include <cstdint>

#include "absl/time/time.h"

namespace hoiam::survey {

// --- requests ---
// A batch is one message of at most 8 MiB and a few transactions of 512 commands.
inline constexpr int kMaxBatchItems = 1000;
// Clocks of callers may run ahead; nobody reports the future.
inline constexpr absl::Duration kClockSlack = absl::Hours(1);
// Earlier than this is a mistake of a format (epoch 0, two-digit years), not history.
inline constexpr absl::CivilSecond kEarliest(2000, 1, 1, 0, 0, 0);

// --- text, in bytes unless said otherwise ---
inline constexpr size_t kMaxName = 256;
inline constexpr size_t kMaxGivenName = 128;
inline constexpr size_t kMaxHonorific = 32;
inline constexpr size_t kMaxEmail = 254;      // RFC 5321
inline constexpr size_t kMaxEmailLocal = 64;  // RFC 5321 §4.5.3.1.1
inline constexpr size_t kMaxPhone = 32;       // as given, with spaces and brackets
inline constexpr size_t kMaxSegment = 64;
inline constexpr size_t kMaxTeam = 64;
inline constexpr size_t kMaxPerson = 128;  // a principal, as the CRM's login gives it
inline constexpr size_t kMaxReason = 512;
inline constexpr size_t kMaxLanguage = 35;        // RFC 5646 §4.4.1
inline constexpr size_t kMaxComment = 4000;       // characters: two pages, more is not typed into a form
inline constexpr size_t kMaxQuestionText = 1000;  // characters
inline constexpr size_t kMaxLabel = 200;          // characters
inline constexpr size_t kMaxProperties = 64;      // keys
inline constexpr size_t kMaxPropertyKey = 128;
inline constexpr size_t kMaxPropertyBytes = 8 * 1024;

// --- surveys ---
inline constexpr size_t kMaxQuestions = 50;  // a survey nobody finishes is longer
inline constexpr size_t kMaxOptions = 100;
// What people can tell apart; choosing more ranks nothing.
inline constexpr int kDefaultMaxImportant = 3;
// A condition that nobody can read any more is longer or deeper.
inline constexpr int kMaxConditionDepth = 4;
inline constexpr int kMaxConditionParts = 20;
// How a customer came to know us is asked once in a life.
inline constexpr absl::Duration kMinAskAgainAfter = absl::Hours(24);
inline constexpr absl::Duration kMaxAskAgainAfter = absl::Hours(24 * 365 * 20);
inline constexpr size_t kMaxAssumption = 1000;  // characters
// Whoever did not answer two reminders does not want to.
inline constexpr int kMaxReminders = 2;
inline constexpr absl::Duration kMinReminderAfter = absl::Hours(24);
inline constexpr absl::Duration kMaxReminderAfter = absl::Hours(24 * 30);
inline constexpr int kMaxWaveMonths = 24;
inline constexpr int kMaxDailyLimit = 1'000'000;
inline constexpr size_t kMaxTriggerValues = 100;
inline constexpr int kMaxPropertyTests = 20;
// Longer, and it is about something else than what happened.
inline constexpr absl::Duration kMaxDelay = absl::Hours(24 * 90);
inline constexpr absl::Duration kMaxMaxAge = absl::Hours(24 * 365);
inline constexpr absl::Duration kMaxWindow = absl::Hours(24 * 365 * 3);
inline constexpr absl::Duration kMinExpireAfter = absl::Hours(1);
inline constexpr absl::Duration kMaxExpireAfter = absl::Hours(24 * 365);
// An unset max_age: memories of a purchase fade within days.
inline constexpr absl::Duration kDefaultMaxAge = absl::Hours(24 * 3);
// An unset expire_after.
inline constexpr absl::Duration kDefaultExpireAfter = absl::Hours(24 * 30);

// --- metrics of a tenant's own ---
inline constexpr size_t kMinMetricId = 2, kMaxMetricId = 16;  // as its columns
inline constexpr int kMaxMetricScore = 10;                    // what scoring keeps a count for
inline constexpr size_t kMinMetricParts = 2, kMaxMetricParts = 5;
inline constexpr size_t kMaxMetricPartName = 32;
// More measures than anybody looks at.
inline constexpr size_t kMaxMetrics = 100;
// Versions are read with every answer of the metric: one whose formula changes more often is none.
inline constexpr int kMaxMetricVersions = 100;

// --- ideal customer profile ---
// More than anybody can say of the customers they want.
inline constexpr int kMaxIcpCriteria = 20;
inline constexpr int kMaxIcpWeight = 100;
inline constexpr int kDefaultFitFrom = 50;

// --- lists ---
// Answers that one call looks at when its filter names what no index has: about 100 ms.
inline constexpr int kMaxLookedAt = 10'000;
// Of them, read at once.
inline constexpr int kLookAtOnce = 500;

// --- asking ---
// Of a policy that names no zone.
inline constexpr char kDefaultZone[] = "Asia/Ho_Chi_Minh";
inline constexpr char kDefaultQuietUntil[] = "07:00";
inline constexpr char kDefaultQuietFrom[] = "22:00";
// So many are mailed without anybody having said so: a mistake in a trigger does not reach all customers at once.
inline constexpr int kDefaultConfirmAbove = 1000;
inline constexpr int kMaxConfirmAbove = 1'000'000;
inline constexpr int kMaxPolicyRules = 20;
inline constexpr int kMaxBlackouts = 50;
inline constexpr absl::Duration kMinRuleWindow = absl::Hours(24);
inline constexpr int kMaxRuleAsks = 1000;
inline constexpr size_t kMaxSmsShortCode = 16;
// Surveys and policies that are kept parsed: some MB, and more than a busy process meets.
inline constexpr size_t kMaxParsed = 10'000;

// --- fatigue ---
// Nobody is asked twice within a day, by whatever survey.
inline constexpr absl::Duration kFloor = absl::Hours(24);
// A survey about one transaction; one about the relationship (it has no trigger).
inline constexpr absl::Duration kTransactionalWindow = absl::Hours(24 * 30);
inline constexpr absl::Duration kRelationshipWindow = absl::Hours(24 * 90);

// --- answers ---
// Scores of one customer and metric that the answer before is looked for among: 17 KB, and nobody answers so often.
inline constexpr size_t kMaxStanding = 1000;
// Answers that one order or one phone stands for in a claim: a receipt a day for half a year.
inline constexpr size_t kMaxClaims = 200;

// --- usage ---
inline constexpr size_t kMaxUsageDetail = 2000;  // characters
// Older statements of a customer that are looked at for what a late one followed.
inline constexpr int kMaxUsageLookBack = 1000;

// --- catalogue ---
// Touchpoints, or channels, of a tenant's own: read and written as a whole; more are no map of a journey.
inline constexpr size_t kMaxCatalogue = 1000;
inline constexpr size_t kMaxAliases = 20;
inline constexpr size_t kMaxAlias = 256;  // in lower case, as the table has it

// --- messages ---
// One part of an SMS in the GSM alphabet: more parts cost more, and some phones show them apart.
inline constexpr size_t kMaxSmsSeptets = 160;
// One part with letters that GSM does not have.
inline constexpr size_t kMaxSmsUnits = 70;
// A page of events, with the text of each invitation in it.
inline constexpr int kMaxMessages = 200;

// --- what is due ---
// A survey that is paused sends nothing; what waits for it looks again this often.
inline constexpr absl::Duration kLookAtPausedEvery = absl::Hours(1);
// Mails: connections to the server, and how many mails are taken at once for each. A lease is as long as twice the
// slowest mail, so that what a replica leaves behind when it dies goes out soon.
inline constexpr int kMailConnections = 8;
inline constexpr int kReminderConnections = 2;
inline constexpr int kMailsAtOnce = 32;
inline constexpr absl::Duration kMailLease = absl::Seconds(40);
// An invitation and the event that tells of it.
inline constexpr size_t kInvitationBytes = 2048;

// --- links ---
// 128 bits: nobody finds one by trying.
inline constexpr size_t kTokenBytes = 16;
inline constexpr size_t kMinLinkKeyBytes = 32;

// --- samples and waves ---
// A wave's members are rows of their own, asked in a day or over many: more is a census, not a sample.
inline constexpr int kMaxSampleSize = 100'000;
inline constexpr int kMaxDripDays = 365;
// A scheduled wave's id is the survey's with "-2026-11-22" behind it, and an id has 64 bytes.
inline constexpr size_t kMaxScheduledSurveyId = 53;
// Nobody plans further; what is later is a mistake.
inline constexpr absl::Duration kMaxWaveAhead = absl::Hours(24 * 366 * 2);
// In bytes, as its column.
inline constexpr size_t kMaxStratum = 128;
// Each gets a place and a line in the wave: a property with more values is no way to stratify.
inline constexpr size_t kMaxStrata = 1000;
// Customers in one page of a draw: half a megabyte of answer, and larger pages are slower.
inline constexpr int kPopulationPage = 2000;
// Members in one transaction of the draw, and in one step of asking: other writes get in between.
inline constexpr int kMemberChunk = 500;
// A draw that is not finished by then has died, and its members go.
inline constexpr absl::Duration kDrawLease = absl::Minutes(15);
// Beginning a wave draws it, which takes a while where customers are many.
inline constexpr absl::Duration kScheduleLease = absl::Minutes(5);
// How late a wave notices that its survey is active again, or that it has the answers it wanted.
inline constexpr absl::Duration kLookAtWaves = absl::Seconds(15);

}  // namespace hoiam::survey
