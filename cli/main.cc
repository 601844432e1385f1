// hoiam: the command line of a Hoiam suite, over its public API.
#include <curl/curl.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "cli/commands/command.h"
#include "platform/base/process_time.h"

namespace hoiam::cli {
namespace {

struct Command {
  const char* name;
  int (*run)(const Context& context, const std::vector<std::string>& words);
  const char *summary_vi, *summary_en;
  const char *usage_vi, *usage_en;
};

constexpr Command kCommands[] = {
    {"import", RunImport, "nạp khách hàng, tương tác, câu trả lời từ tệp CSV",
     "loads customers, interactions and answers from CSV files",
     R"(hoiam import THƯ_MỤC [--dry-run]
hoiam import [--customers TỆP] [--interactions TỆP] [--responses TỆP] [--dry-run]

Nạp customers.csv, interactions.csv, responses.csv (UTF-8, dòng đầu là tên cột) như dữ liệu quá khứ: không mời ai, không mở
phiếu xử lý nào. Dòng lỗi được báo với tệp, số dòng, mã, cột và lý do; các dòng khác vẫn được nạp. Chạy lại không nạp hai lần.

  customers.csv      customer_id* display_name honorific given_name email phone locale time_zone segment owner_team lifecycle
                     properties.<tên>
  interactions.csv   interaction_id* customer_id* type* touchpoint channel occurred_at* amount currency properties.<tên>
  responses.csv      response_id* metric* score* responded_at* customer_id survey_id interaction_id comment language
                     solicited collected_by                                                              (* bắt buộc)
  --dry-run          chỉ kiểm tra từng dòng, không gửi gì
)",
     R"(hoiam import FOLDER [--dry-run]
hoiam import [--customers FILE] [--interactions FILE] [--responses FILE] [--dry-run]

Loads customers.csv, interactions.csv and responses.csv (UTF-8, the first line names the columns) as history: nobody is
invited, no case is opened. A bad row is told with file, line, id, column and reason; the others are loaded. Running it again
loads nothing twice.

  customers.csv      customer_id* display_name honorific given_name email phone locale time_zone segment owner_team lifecycle
                     properties.<name>
  interactions.csv   interaction_id* customer_id* type* touchpoint channel occurred_at* amount currency properties.<name>
  responses.csv      response_id* metric* score* responded_at* customer_id survey_id interaction_id comment language
                     solicited collected_by                                                              (* required)
  --dry-run          checks every row and sends nothing
)"},
    {"scores", RunScores, "điểm của mọi chỉ số, với khoảng tin cậy", "scores of every metric, with their intervals",
     R"(hoiam scores [--metric NPS,CSAT,CES,CSI,EXPECTATION,IDEAL_GAP,…] [--by CHIỀU,…] [--from NGÀY] [--to NGÀY]
             [--interval DAY|WEEK|MONTH|QUARTER|YEAR|ALL] [--filter 'touchpoint = "delivery.*"'] [--scope PHẠM_VI]
             [--formula INDEX|MEAN|RESCALED] [--answers ALL|LAST_PER_PERSON] [--solicited true|false] [--incentivised]
             [--subtree] [--population N] [--compare] [--zone Asia/Ho_Chi_Minh] [--json]

  --by        survey touchpoint channel segment team collectedBy usageStatus icpFit stage
  --scope     RELATIONSHIP JOURNEY TOUCHPOINT PRODUCT_USE SERVICE; không nói: mỗi phạm vi một dòng, không gộp
  --subtree   với --by touchpoint: mỗi dòng gồm cả những điểm chạm bên dưới
  --compare   thêm chênh lệch so với kỳ trước dài bằng thế (cần --from)
)",
     R"(hoiam scores [--metric NPS,CSAT,CES,CSI,EXPECTATION,IDEAL_GAP,…] [--by DIMENSION,…] [--from DAY] [--to DAY]
             [--interval DAY|WEEK|MONTH|QUARTER|YEAR|ALL] [--filter 'touchpoint = "delivery.*"'] [--scope SCOPE]
             [--formula INDEX|MEAN|RESCALED] [--answers ALL|LAST_PER_PERSON] [--solicited true|false] [--incentivised]
             [--subtree] [--population N] [--compare] [--zone Asia/Ho_Chi_Minh] [--json]

  --by        survey touchpoint channel segment team collectedBy usageStatus icpFit stage
  --scope     RELATIONSHIP JOURNEY TOUCHPOINT PRODUCT_USE SERVICE; not said: a line each, never merged
  --subtree   with --by touchpoint: each line holds what is below its touchpoint too
  --compare   also the difference from the period of the same length before (needs --from)
)"},
    {"compare", RunCompare, "kỳ này với kỳ trước, nhóm này với nhóm kia", "a period against another, or a group",
     R"(hoiam compare --from NGÀY [--to NGÀY] [--base-from NGÀY --base-to NGÀY] [--metric NPS] [--filter F]
hoiam compare --filter 'segment = "VIP"' --against 'segment = "Khách mới"' [--from NGÀY] [--to NGÀY] [--metric NPS]
              [--scope PHẠM_VI] [--formula F] [--answers LAST_PER_PERSON] [--solicited true|false] [--incentivised] [--json]
)",
     R"(hoiam compare --from DAY [--to DAY] [--base-from DAY --base-to DAY] [--metric NPS] [--filter F]
hoiam compare --filter 'segment = "VIP"' --against 'segment = "Khách mới"' [--from DAY] [--to DAY] [--metric NPS]
              [--scope SCOPE] [--formula F] [--answers LAST_PER_PERSON] [--solicited true|false] [--incentivised] [--json]
)"},
    {"drivers", RunDrivers, "yếu tố chính kéo điểm lên, xuống; biểu đồ Pareto",
     "what drives a score: impact and Pareto",
     R"(hoiam drivers [--metric NPS] [--by reason|touchpoint|segment|…] [--pareto COUNT|REVENUE|COST --currency VND]
              [--from NGÀY] [--to NGÀY] [--filter 'channel = "store"'] [--scope PHẠM_VI] [--solicited true|false] [--json]
)",
     R"(hoiam drivers [--metric NPS] [--by reason|touchpoint|segment|…] [--pareto COUNT|REVENUE|COST --currency VND]
              [--from DAY] [--to DAY] [--filter 'channel = "store"'] [--scope SCOPE] [--solicited true|false] [--json]
)"},
    {"journey", RunJourney, "hành trình trước, khi, sau khi mua; mắt xích yếu nhất", "the journey and its weakest link",
     "hoiam journey [--metric CSAT] [--from NGÀY] [--to NGÀY] [--scope PHẠM_VI] [--solicited true|false] [--json]\n",
     "hoiam journey [--metric CSAT] [--from DAY] [--to DAY] [--scope SCOPE] [--solicited true|false] [--json]\n"},
    {"heatmap", RunHeatMap, "điểm chạm theo tuần, càng đậm càng kém", "touchpoints by weeks, the darker the worse",
     "hoiam heatmap [--metric CSAT] [--from NGÀY] [--to NGÀY] [--scope PHẠM_VI] [--solicited true|false] [--zone VÙNG] "
     "[--json]\n",
     "hoiam heatmap [--metric CSAT] [--from DAY] [--to DAY] [--scope SCOPE] [--solicited true|false] [--zone ZONE] "
     "[--json]\n"},
    {"overview", RunOverview, "mọi chỉ số đặt cạnh nhau, dấu hiệu sớm trước",
     "all metrics side by side, early signs first",
     "hoiam overview [--from NGÀY] [--to NGÀY] [--filter 'segment = \"VIP\"'] [--interval WEEK] [--loyal-purchases 2] "
     "[--loyal-days 365] [--json]\n",
     "hoiam overview [--from DAY] [--to DAY] [--filter 'segment = \"VIP\"'] [--interval WEEK] [--loyal-purchases 2] "
     "[--loyal-days 365] [--json]\n"},
    {"passives", RunPassives, "khách trung lập (NPS 7–8), ai một bước là ủng hộ",
     "passives: who is one step from promoting",
     "hoiam passives [--nps 7|8] [--hidden] [--limit 50] [--json]\n\n  --hidden   chỉ người có vẻ hài lòng (CSAT "
     "4–5)\n",
     "hoiam passives [--nps 7|8] [--hidden] [--limit 50] [--json]\n\n  --hidden   only those who look content (CSAT "
     "4–5)\n"},
    {"samplesize", RunSampleSize, "cần bao nhiêu câu trả lời", "how many answers a margin of error takes",
     R"(hoiam samplesize --margin ĐIỂM [--population N] [--metric NPS|CSAT|…] [--variance V] [--rate %] [--json]

  --margin    nửa độ rộng khoảng tin cậy 95%, theo điểm (0,1–50)
  --variance  của một câu trả lời; không nói: xấu nhất (NPS 1, tỷ lệ 0,25). NPS thường 0,7
  --rate      phần trăm người được hỏi sẽ trả lời
)",
     R"(hoiam samplesize --margin POINTS [--population N] [--metric NPS|CSAT|…] [--variance V] [--rate PERCENT] [--json]

  --margin    half of the 95 % interval's width, in points (0.1–50)
  --variance  of one answer; not said: the worst (NPS 1, a share 0.25). NPS is typically 0.7
  --rate      percent of those asked who will answer
)"},
    {"history", RunHistory, "mọi việc với một khách hàng, mới nhất trước",
     "everything that happened with a customer, newest first",
     "hoiam history MÃ_KHÁCH [--kinds INTERACTION,INVITATION,RESPONSE,CASE,USAGE] [--limit 50] [--json]\n",
     "hoiam history CUSTOMER [--kinds INTERACTION,INVITATION,RESPONSE,CASE,USAGE] [--limit 50] [--json]\n"},
    {"cases", RunCases, "phiếu xử lý: xem và xử lý", "cases: look at them and work them",
     R"(hoiam cases [list] [--team T] [--state S] [--priority P1] [--kind K] [--cause C] [--touchpoint T] [--customer MÃ]
                 [--owner AI] [--mine] [--orphans] [--overdue] [--all] [--filter F] [--limit 50]
hoiam cases show MÃ                                          mọi việc đã làm, trao đổi với khách, làm gì tiếp
hoiam cases acknowledge MÃ [--note …] · assign MÃ [--owner …] [--team …] [--note …]
hoiam cases contact MÃ --channel phone [--outcome REACHED|NOT_REACHED|AWAITING_REPLY] [--note …]
hoiam cases message MÃ --text … [--channel email] [--subject …] [--await] [--direction IN]
hoiam cases note MÃ --text … · need MÃ --text … [--kind NEED|WISH]
hoiam cases diagnose MÃ --root-cause … [--originator-team …] [--lot …] [--note …]
hoiam cases propose MÃ --text … · accept MÃ [--note …] · decline MÃ [--note …]
hoiam cases compensate MÃ --type VOUCHER [--amount 200000 --currency VND] [--approved-by …] [--note …]
hoiam cases resolve MÃ --root-cause … --originator-team … --resolution … [--customer-reply …] [--helped-only]
hoiam cases verify MÃ --evidence SCORE|CUSTOMER_WORD [--note …]
hoiam cases close MÃ [--note …] · reopen MÃ --reason … · cancel MÃ --reason …
hoiam cases create MÃ_KHÁCH --reason … [--kind K] [--priority P2] [--origin PROACTIVE|REACTIVE] [--touchpoint …] [--team …]
hoiam cases causes                                           nguyên nhân gốc dùng được cho diagnose, resolve

  --mine          của tôi: HOIAM_PRINCIPAL là tên trong cột người xử lý
  --orphans       chưa ai nhận
  --helped-only   chỉ giúp được khách này, nguyên nhân vẫn còn
Mọi lệnh: --version N (phiên bản đã thấy), --json
)",
     R"(hoiam cases [list] [--team T] [--state S] [--priority P1] [--kind K] [--cause C] [--touchpoint T] [--customer ID]
                 [--owner WHO] [--mine] [--orphans] [--overdue] [--all] [--filter F] [--limit 50]
hoiam cases show ID                                          everything that was done and said, and what to do next
hoiam cases acknowledge ID [--note …] · assign ID [--owner …] [--team …] [--note …]
hoiam cases contact ID --channel phone [--outcome REACHED|NOT_REACHED|AWAITING_REPLY] [--note …]
hoiam cases message ID --text … [--channel email] [--subject …] [--await] [--direction IN]
hoiam cases note ID --text … · need ID --text … [--kind NEED|WISH]
hoiam cases diagnose ID --root-cause … [--originator-team …] [--lot …] [--note …]
hoiam cases propose ID --text … · accept ID [--note …] · decline ID [--note …]
hoiam cases compensate ID --type VOUCHER [--amount 200000 --currency VND] [--approved-by …] [--note …]
hoiam cases resolve ID --root-cause … --originator-team … --resolution … [--customer-reply …] [--helped-only]
hoiam cases verify ID --evidence SCORE|CUSTOMER_WORD [--note …]
hoiam cases close ID [--note …] · reopen ID --reason … · cancel ID --reason …
hoiam cases create CUSTOMER --reason … [--kind K] [--priority P2] [--origin PROACTIVE|REACTIVE] [--touchpoint …] [--team …]
hoiam cases causes                                           root causes that diagnose and resolve can name

  --mine          my own: HOIAM_PRINCIPAL is the name in the column of owners
  --orphans       nobody has taken them
  --helped-only   only this customer was helped, the cause is still there
Every one: --version N (the version that was seen), --json
)"},
    {"teams", RunTeams, "các bộ phận, ai ở đâu, ai đang vắng", "teams, who works where, who is away",
     R"(hoiam teams [--json]
)",
     R"(hoiam teams [--json]
)"},
    {"rules", RunRules, "luật báo động: câu trả lời nào mở phiếu nào", "alarm rules: which answer opens which case",
     R"(hoiam rules [list] [--json]
hoiam rules test "CÂU KHÁCH NÓI" [--score 3] [--metric NPS] [--previous 9] [--touchpoint T] [--segment S] [--customer MÃ]
)",
     R"(hoiam rules [list] [--json]
hoiam rules test "WHAT A CUSTOMER SAYS" [--score 3] [--metric NPS] [--previous 9] [--touchpoint T] [--segment S] [--customer ID]
)"},
    {"looprate", RunLoopRate, "bao nhiêu việc cần xử lý được xử lý đúng hạn",
     "how much of what needed action got it in time",
     R"(hoiam looprate [--by team|cause] [--from NGÀY] [--to NGÀY] [--filter 'team = "cskh"'] [--json]
)",
     R"(hoiam looprate [--by team|cause] [--from DAY] [--to DAY] [--filter 'team = "cskh"'] [--json]
)"},
    {"offer", RunOffer, "tạm ngưng chào bán: hỏi trước khi bán", "the do-not-sell gate: ask before selling",
     R"(hoiam offer check MÃ_KHÁCH [--for UPSELL|COUPON|REFERRAL|PROGRAMME] [--override "LÝ DO"]   kết thúc bằng 1 khi không được
hoiam offer list [--limit 50]                                                  những lần từ chối, những lần vẫn cho
)",
     R"(hoiam offer check CUSTOMER [--for UPSELL|COUPON|REFERRAL|PROGRAMME] [--override "REASON"]   ends with 1 when it may not be
hoiam offer list [--limit 50]                                                  refusals and overrides
)"},
    {"survey", RunSurvey, "khảo sát: tạo, cho chạy, xem phễu, vì sao hỏi hay không",
     "surveys: make, run, funnel, and why somebody is asked or not",
     R"(hoiam survey templates                                      các mẫu có sẵn
hoiam survey [list] · show MÃ
hoiam survey create MÃ --template T [--name …] [--brand …] [--address anh/chị] [--on PURCHASE] [--touchpoint delivery]
                       [--channel email,link] [--sample 50] [--delay 2h] [--remind 3d,7d]
hoiam survey create MÃ --file survey.json                    cả khảo sát, như API nhận
hoiam survey activate MÃ · pause MÃ · archive MÃ
hoiam survey funnel MÃ [--by-touchpoint] [--from NGÀY] [--to NGÀY]
hoiam survey why MÃ_KHÁCH [--survey MÃ]                       vì sao khách này được, hay không được, hỏi lúc này
hoiam survey waves MÃ                                        các đợt đã lấy mẫu
hoiam survey metrics                                         các thước đo: có sẵn và của riêng mình
hoiam survey metric MÃ --file metric.json                    tạo thước đo riêng, hoặc bản tiếp theo của nó

  --on     loại tương tác (PURCHASE,DELIVERY), hoặc USAGE_CHANGED, LIFECYCLE_CHANGED, CASE_RESOLVED
Mọi lệnh: --json
)",
     R"(hoiam survey templates                                      those that come with Hoiam
hoiam survey [list] · show ID
hoiam survey create ID --template T [--name …] [--brand …] [--address anh/chị] [--on PURCHASE] [--touchpoint delivery]
                       [--channel email,link] [--sample 50] [--delay 2h] [--remind 3d,7d]
hoiam survey create ID --file survey.json                    the whole survey, as the API takes it
hoiam survey activate ID · pause ID · archive ID
hoiam survey funnel ID [--by-touchpoint] [--from DAY] [--to DAY]
hoiam survey why CUSTOMER [--survey ID]                       why this person would, or would not, be asked now
hoiam survey waves ID                                        samples that were drawn
hoiam survey metrics                                         what is measured: built in, and your own
hoiam survey metric ID --file metric.json                    makes one of your own, or its next version

  --on     interaction types (PURCHASE,DELIVERY), or USAGE_CHANGED, LIFECYCLE_CHANGED, CASE_RESOLVED
Every one: --json
)"},
    {"key", RunKey, "khóa API: tạo, liệt kê, đổi, thu hồi", "API keys: make, list, replace, revoke",
     R"(hoiam key create MÃ --role INTEGRATION [--principal AI] [--expires 2027-01-01] [--teams cskh,kho] [--test]
hoiam key create MÃ --scopes scores.read,cases.read …         thay cho --role
hoiam key create MÃ --publishable                            khóa công khai: chỉ gửi được góp ý và câu trả lời
hoiam key list
hoiam key rotate MÃ MÃ_MỚI [--overlap 24h] [--expires …]      khóa cũ còn dùng được trong --overlap
hoiam key revoke MÃ

  --role   ADMIN CX_LEAD TEAM_CHAMPION CASE_OWNER ANALYST VIEWER AUDITOR INTEGRATION
  --teams  chỉ thấy và xử lý phiếu của các bộ phận này và bên dưới
  --test   khóa của chế độ thử (hk_test_…): dữ liệu tách riêng, không gửi gì cho khách
)",
     R"(hoiam key create ID --role INTEGRATION [--principal WHO] [--expires 2027-01-01] [--teams cskh,kho] [--test]
hoiam key create ID --scopes scores.read,cases.read …         instead of --role
hoiam key create ID --publishable                            an open key: can post feedback and answers only
hoiam key list
hoiam key rotate ID NEW_ID [--overlap 24h] [--expires …]      the old key works on for --overlap
hoiam key revoke ID

  --role   ADMIN CX_LEAD TEAM_CHAMPION CASE_OWNER ANALYST VIEWER AUDITOR INTEGRATION
  --teams  sees and works only cases of these teams and of those below them
  --test   a key of the test mode (hk_test_…): its data are apart, and nothing is sent to customers
)"},
    {"rebuild", RunRebuild, "đếm lại mọi số liệu từ đầu, không ngừng phục vụ (người vận hành)",
     "counts every figure again while it is shown (the operator)",
     R"(hoiam rebuild scoring             đếm lại từ dữ liệu gốc, chờ đến khi số liệu mới được hiển thị
hoiam rebuild scoring --status    lần đếm lại gần nhất đến đâu rồi

  --json   không chờ
Số liệu cũ vẫn hiển thị cho đến khi số liệu mới theo kịp. Dừng lệnh này không dừng việc đếm lại.
Dùng khóa của người vận hành: HOIAM_OPERATOR_KEY, hoặc operator_key trong thư mục .hoiam
)",
     R"(hoiam rebuild scoring             counts again from what is stored, and waits until the new figures are shown
hoiam rebuild scoring --status    where the latest one stands

  --json   does not wait
What was shown is shown until the new figures are up to date. Stopping this command does not stop it.
With the operator's key: HOIAM_OPERATOR_KEY, or operator_key in the folder .hoiam
)"},
    {"tenant", RunTenant, "công ty dùng hệ thống này (người vận hành)", "tenants of this installation (its operator)",
     R"(hoiam tenant create MÃ --name "Nhà Én"     in khóa quản trị đầu tiên, chỉ một lần
hoiam tenant list
hoiam tenant suspend MÃ --reason …        mọi khóa bị từ chối trong vòng một giây, không mất gì
hoiam tenant resume MÃ
hoiam tenant issue-key MÃ MÃ_KHÓA          khóa quản trị nữa, cho người đã mất khóa

Dùng khóa của người vận hành: HOIAM_OPERATOR_KEY, hoặc operator_key trong thư mục .hoiam
)",
     R"(hoiam tenant create ID --name "Nhà Én"     prints its admin's first key, once
hoiam tenant list
hoiam tenant suspend ID --reason …        every key is refused within a second, nothing is lost
hoiam tenant resume ID
hoiam tenant issue-key ID KEY_ID           another admin key, for one who lost theirs

With the operator's key: HOIAM_OPERATOR_KEY, or operator_key in the folder .hoiam
)"},
    {"demo", RunDemo, "nạp cửa hàng mẫu Nhà Én", "loads the sample shop Nhà Én",
     "hoiam demo          nạp 600 khách hàng và 26 tuần của họ; chạy lại không nạp hai lần\nhoiam demo --link   in một "
     "đường dẫn khảo sát còn mở\n",
     "hoiam demo          loads 600 customers and 26 weeks of theirs; running it again loads nothing twice\nhoiam demo "
     "--link   prints the link of a survey that is still open\n"},
};

void PrintHelp(const Say& say, std::ostream& out) {
  out << say("hoiam LỆNH [--help]\n\n", "hoiam COMMAND [--help]\n\n");
  for (const Command& c : kCommands) {
    out << "  " << c.name << std::string(12 - std::string(c.name).size(), ' ') << say(c.summary_vi, c.summary_en)
        << "\n";
  }
  out << say(
      "\nHOIAM_URL, HOIAM_API_KEY: hệ thống nào, khóa nào (mặc định: thư mục .hoiam của ./dev up) · HOIAM_LANG: vi, "
      "en\n",
      "\nHOIAM_URL, HOIAM_API_KEY: which suite, which key (default: the folder .hoiam of ./dev up) · HOIAM_LANG: vi, "
      "en\n");
}

int Main(const std::vector<std::string>& words) {
  const auto variable = [](const char* name) {
    const char* value = std::getenv(name);
    return std::string(value ? value : "");
  };
  if (const std::string file = variable(kTestClockSetting); !file.empty()) {
    if (const absl::Status moved = MoveClockBy(file); !moved.ok())
      return std::cerr << "hoiam: " << kTestClockSetting << ": " << moved.message() << "\n", kMisused;
  }
  const Context context{Say(LangOf(variable("HOIAM_LANG"), variable("LANG")), ZoneOf(variable("HOIAM_ZONE"))),
                        isatty(STDOUT_FILENO) == 1, std::cout, std::cerr, SystemClock()};
  if (words.empty() || words[0] == "--help" || words[0] == "-h" || words[0] == "help")
    return PrintHelp(context.say, words.empty() ? std::cerr : std::cout), words.empty() ? kMisused : kDone;
  for (const Command& c : kCommands) {
    if (words[0] != c.name) continue;
    for (const auto& word : words) {
      if (word == "--help" || word == "-h") return std::cout << context.say(c.usage_vi, c.usage_en), kDone;
      if (word == "--") break;
    }
    return c.run(context, {words.begin() + 1, words.end()});
  }
  std::cerr << "hoiam: " << context.say("không có lệnh ", "no such command: ") << words[0] << "\n\n";
  PrintHelp(context.say, std::cerr);
  return kMisused;
}

}  // namespace
}  // namespace hoiam::cli

int main(int argc, char** argv) {
  curl_global_init(CURL_GLOBAL_DEFAULT);
  return hoiam::cli::Main({argv + 1, argv + argc});
}
