#include "absl/strings/str_cat.h"
#include "tests/store/survey_service/harness.h"

namespace hoiam::survey {
namespace {

using absl::StatusCode;
using ::hoiam::testing::IsOk;
using ::hoiam::testing::StatusIs;

class CustomerTest : public SurveyServiceTest {
 protected:
  absl::StatusOr<v1::Customer> Patch(const v1::Customer& c, std::vector<std::string> mask = {},
                                     bool allow_missing = true) {
    v1::UpdateCustomerRequest q;
    *q.mutable_customer() = c;
    for (std::string& path : mask) q.mutable_update_mask()->add_paths(std::move(path));
    q.set_allow_missing(allow_missing);
    return Write(&UpdateCustomer, q, As());
  }
  static v1::Customer Lan() {
    v1::Customer c;
    c.set_customer_id("lan");
    c.set_display_name("Nguyễn Thị Lan");
    c.set_phone("0912 345 678");
    c.set_segment("VIP");
    (*c.mutable_properties())["city"].set_string_value("Huế");
    return c;
  }
};

TEST_F(CustomerTest, APatchWithoutMaskSetsWhatIsPresentAndMergesProperties) {
  HOIAM_ASSERT_OK(Patch(Lan()));
  v1::Customer more;
  more.set_customer_id("lan");
  more.set_email("lan@nha-en.example");
  (*more.mutable_properties())["vip"].set_bool_value(true);
  const auto c = Patch(more);
  HOIAM_ASSERT_OK(c);
  EXPECT_EQ(c->display_name(), "Nguyễn Thị Lan");
  EXPECT_EQ(c->email(), "lan@nha-en.example");
  EXPECT_EQ(c->properties_size(), 2);
  EXPECT_EQ(c->revision(), 2);
}

TEST_F(CustomerTest, AMaskSetsExactlyWhatItNames) {
  HOIAM_ASSERT_OK(Patch(Lan()));
  v1::Customer c;
  c.set_customer_id("lan");
  c.set_display_name("ignored");
  (*c.mutable_properties())["age"].set_number_value(30);
  auto r = Patch(c, {"segment", "properties"});
  HOIAM_ASSERT_OK(r);
  EXPECT_EQ(r->segment(), "") << "named and absent: cleared";
  EXPECT_EQ(r->display_name(), "Nguyễn Thị Lan");
  EXPECT_EQ(r->properties_size(), 1) << "the whole map is replaced";
  (*c.mutable_properties())["city"].set_string_value("Vinh");
  r = Patch(c, {"customer_id", "properties.*"});
  HOIAM_ASSERT_OK(r);
  EXPECT_EQ(r->properties_size(), 2);
}

TEST_F(CustomerTest, MasksThatMeanNothingAreRefused) {
  HOIAM_ASSERT_OK(Patch(Lan()));
  v1::UpdateCustomerRequest empty;
  *empty.mutable_customer() = Lan();
  empty.mutable_update_mask();
  EXPECT_THAT(Write(&UpdateCustomer, empty, As()), StatusIs(StatusCode::kInvalidArgument, "EMPTY_MASK"));
  EXPECT_THAT(Patch(Lan(), {"revision"}), StatusIs(StatusCode::kInvalidArgument, "NOT_SETTABLE"));
  EXPECT_THAT(Patch(Lan(), {"unsubscribed"}), StatusIs(StatusCode::kInvalidArgument, "NOT_SETTABLE"));
  EXPECT_THAT(Patch(Lan(), {"shoe_size"}), StatusIs(StatusCode::kInvalidArgument, "UNKNOWN_FIELD"));
  EXPECT_THAT(Patch(Lan(), {"properties.city"}), StatusIs(StatusCode::kInvalidArgument, "PATH_TOO_DEEP"));
  EXPECT_EQ(Customer("lan").revision(), 1);
}

TEST_F(CustomerTest, WithoutAllowMissingAnUnknownCustomerIsNotFound) {
  EXPECT_THAT(Patch(Lan(), {}, false), StatusIs(StatusCode::kNotFound, "CUSTOMER_NOT_FOUND"));
  EXPECT_EQ(database_.Count("SELECT COUNT(*) FROM customer"), 0);
}

TEST_F(CustomerTest, TheSameAgainMakesNoRevisionAndNoEvent) {
  HOIAM_ASSERT_OK(Patch(Lan()));
  replica_.TakeEvents();
  clock_.Advance(absl::Hours(1));
  EXPECT_EQ(Patch(Lan())->revision(), 1);
  EXPECT_TRUE(replica_.events().empty());
}

TEST_F(CustomerTest, EventsHoldNoPersonalData) {
  HOIAM_ASSERT_OK(Patch(Lan()));
  const auto events = replica_.events();
  ASSERT_EQ(events.size(), 1u);
  const std::string bytes = events[0].SerializeAsString();
  EXPECT_EQ(bytes.find("Nguyễn"), std::string::npos);
  EXPECT_EQ(bytes.find("0912"), std::string::npos);
  EXPECT_EQ(events[0].customer().segment(), "VIP");
}

TEST_F(CustomerTest, BadFieldsAreNamed) {
  v1::Customer c;
  c.set_customer_id("a\x01");
  c.set_display_name("two\nlines");
  c.set_email("not a mail address");
  c.set_locale("tiếng Việt");
  c.set_time_zone("../../etc/passwd");
  c.set_segment(std::string(65, 'x'));
  c.set_lifecycle(static_cast<v1::Lifecycle::Code>(99));
  const auto r = Patch(c);
  ASSERT_THAT(r, StatusIs(StatusCode::kInvalidArgument));
  const auto detail = DetailOf(r.status());
  std::vector<std::string> fields;
  for (const Violation& v : detail->violations) fields.push_back(absl::StrCat(v.field, " ", v.reason));
  EXPECT_THAT(fields, ::testing::UnorderedElementsAre("customerId INVALID_ID", "displayName CONTROL_CHARACTER",
                                                      "email INVALID_EMAIL", "locale INVALID_LANGUAGE",
                                                      "timeZone UNKNOWN_TIME_ZONE", "segment TOO_LONG",
                                                      "lifecycle UNKNOWN_VALUE"));
}

TEST_F(CustomerTest, PropertiesStaySmallByMergingToo) {
  v1::Customer c;
  c.set_customer_id("lan");
  (*c.mutable_properties())["a"].set_string_value(std::string(5000, 'x'));
  HOIAM_ASSERT_OK(Patch(c));
  c.mutable_properties()->clear();
  (*c.mutable_properties())["b"].set_string_value(std::string(5000, 'x'));
  EXPECT_THAT(Patch(c), StatusIs(StatusCode::kInvalidArgument, "PROPERTIES_TOO_LARGE"));
  for (int i = 0; i < 65; ++i) (*c.mutable_properties())[absl::StrCat("k", i)].set_bool_value(true);
  EXPECT_THAT(Patch(c), StatusIs(StatusCode::kInvalidArgument, "TOO_MANY_PROPERTIES"));
  EXPECT_EQ(Customer("lan").properties_size(), 1);
}

TEST_F(CustomerTest, OneBadItemOfABatchNeverFailsTheOthers) {
  v1::BatchUpsertCustomersRequest q;
  *q.add_customers() = Lan();
  q.add_customers()->set_email("x");
  q.add_customers()->set_customer_id("minh");
  const auto r = Write(&BatchUpsertCustomers, q, As());
  HOIAM_ASSERT_OK(r);
  EXPECT_EQ(r->results(0).status().code(), 0);
  EXPECT_EQ(r->results(1).status().code(), 3);
  EXPECT_TRUE(r->results(1).status().message().find("customers[1].customerId") == 0);
  EXPECT_EQ(r->results(2).status().code(), 0);
  EXPECT_EQ(database_.Count("SELECT COUNT(*) FROM customer"), 2);
}

TEST_F(CustomerTest, OneCustomerSeveralTimesInABatchIsPatchedInOrder) {
  v1::BatchUpsertCustomersRequest q;
  *q.add_customers() = Lan();
  for (const char* segment : {"NEW", "GOLD"}) {
    q.add_customers()->set_customer_id("lan");
    q.mutable_customers(q.customers_size() - 1)->set_segment(segment);
  }
  const auto r = Write(&BatchUpsertCustomers, q, As());
  HOIAM_ASSERT_OK(r);
  for (const auto& result : r->results()) EXPECT_EQ(result.status().code(), 0);
  EXPECT_EQ(Customer("lan").segment(), "GOLD");
  EXPECT_EQ(Customer("lan").phone(), "0912 345 678");
  EXPECT_EQ(Customer("lan").revision(), 3);
}

TEST_F(CustomerTest, BatchesHoldUpToAThousand) {
  v1::BatchUpsertCustomersRequest q;
  for (int i = 0; i < 1000; ++i) q.add_customers()->set_customer_id(absl::StrCat("c-", i));
  const auto r = Write(&BatchUpsertCustomers, q, As());
  HOIAM_ASSERT_OK(r);
  EXPECT_EQ(r->results_size(), 1000);
  EXPECT_EQ(database_.Count("SELECT COUNT(*) FROM customer"), 1000);
  q.add_customers()->set_customer_id("one more");
  EXPECT_THAT(Write(&BatchUpsertCustomers, q, As()), StatusIs(StatusCode::kInvalidArgument, "BATCH_TOO_LARGE"));
  EXPECT_EQ(Write(&BatchUpsertCustomers, v1::BatchUpsertCustomersRequest(), As())->results_size(), 0);
}

TEST_F(CustomerTest, APhoneIsFoundInAnySpellingAndAMailAddressInAnyCase) {
  const auto add = [&](const char* id, const char* phone, const char* email) {
    v1::Customer c;
    c.set_customer_id(id);
    c.set_phone(phone);
    c.set_email(email);
    HOIAM_ASSERT_OK(Patch(c));
  };
  add("lan", "0912 345 678", "Lan@NhaEn.example");
  add("lan-2", "84912345678", "");
  add("minh", "0987654321", "minh@nhaen.example");
  add("counter", "quầy 3", "");
  const auto ids = [&](const std::string& filter) {
    std::vector<std::string> out;
    v1::ListCustomersRequest q;
    q.set_filter(filter);
    const auto page = ListCustomers(replica_.deps(), As(), q);
    EXPECT_THAT(page, IsOk());
    for (const auto& c : page->customers()) out.push_back(c.customer_id());
    return out;
  };
  using ::testing::ElementsAre;
  for (const char* spelling :
       {"0912345678", "0912 345 678", "+84912345678", "84912345678", "912345678", "+84 912.345.678"})
    EXPECT_THAT(ids(absl::StrCat("phone = \"", spelling, "\"")), ElementsAre("lan", "lan-2")) << spelling;
  EXPECT_THAT(ids("phone = 0912345678 OR (email = 'MINH@nhaen.example')"), ElementsAre("lan", "lan-2", "minh"));
  EXPECT_THAT(ids("phone != 912345678"), ElementsAre("counter", "minh"));
  EXPECT_THAT(ids("phone = \"quầy 3\""), ElementsAre("counter"));
  EXPECT_THAT(ids("email = \"lan@nhaen.EXAMPLE\""), ElementsAre("lan"));
  EXPECT_EQ(Customer("lan").phone(), "0912 345 678") << "is shown as it was given";
  EXPECT_EQ(Customer("lan").email(), "Lan@NhaEn.example");

  v1::UnsubscribeCustomerRequest stop;
  stop.set_customer_id("lan-2");
  HOIAM_ASSERT_OK(Write(&UnsubscribeCustomer, stop, As()));
  v1::Customer moved;
  moved.set_customer_id("lan");
  moved.set_segment("VIP");
  HOIAM_ASSERT_OK(Patch(moved));
  EXPECT_THAT(ids("phone = 0912345678"), ::testing::UnorderedElementsAre("lan-2", "lan")) << "other changes keep it";
  moved.clear_phone();
  HOIAM_ASSERT_OK(Patch(moved, {"phone"}));
  EXPECT_THAT(ids("phone = 0912345678"), ElementsAre("lan-2"));
}

TEST_F(CustomerTest, ListsAreByChangeAndFiltered) {
  for (int i = 0; i < 7; ++i) {
    v1::Customer c;
    c.set_customer_id(absl::StrCat("c-", i));
    c.set_phone(absl::StrCat("09", i % 2));
    HOIAM_ASSERT_OK(Patch(c));
    if (i % 2) clock_.Advance(absl::Minutes(1));
  }
  v1::Customer first;
  first.set_customer_id("c-0");
  first.set_segment("VIP");
  HOIAM_ASSERT_OK(Patch(first));  // now the last to have changed
  const auto ids = [&](const std::string& filter) {
    std::vector<std::string> out;
    v1::ListCustomersRequest q;
    q.set_filter(filter);
    q.set_page_size(2);
    do {
      const auto page = ListCustomers(replica_.deps(), As(), q);
      EXPECT_THAT(page, IsOk());
      for (const auto& c : page->customers()) out.push_back(c.customer_id());
      q.set_page_token(page->next_page_token());
    } while (!q.page_token().empty());
    return out;
  };
  EXPECT_THAT(ids(""), ::testing::ElementsAre("c-1", "c-2", "c-3", "c-4", "c-5", "c-0", "c-6"));
  EXPECT_THAT(ids("phone = \"091\""), ::testing::ElementsAre("c-1", "c-3", "c-5"));
  EXPECT_THAT(ids("segment = VIP OR phone != '091'"), ::testing::ElementsAre("c-2", "c-4", "c-0", "c-6"));
  EXPECT_THAT(
      ids(absl::StrCat("updateTime >= ", absl::FormatTime(absl::RFC3339_full, clock_.Now(), absl::UTCTimeZone()))),
      ::testing::ElementsAre("c-0", "c-6"));
}

TEST_F(CustomerTest, AnotherTenantsCustomerIsNotThere) {
  HOIAM_ASSERT_OK(Patch(Lan()));
  v1::GetCustomerRequest q;
  q.set_customer_id("lan");
  EXPECT_THAT(GetCustomer(replica_.deps(), As("other"), q), StatusIs(StatusCode::kNotFound, "CUSTOMER_NOT_FOUND"));
}

TEST_F(CustomerTest, UnsubscribingIsKeptAsProofAndWithdrawsInvitations) {
  ActiveSurvey("s");
  HOIAM_ASSERT_OK(Record("i-1", "lan"));
  replica_.TakeEvents();
  v1::UnsubscribeCustomerRequest q;
  q.set_customer_id("lan");
  q.set_reason("nói qua điện thoại");
  const auto r = Write(&UnsubscribeCustomer, q, As());
  HOIAM_ASSERT_OK(r);
  EXPECT_TRUE(r->customer().unsubscribed());
  const auto events = replica_.TakeEvents();
  ASSERT_EQ(events.size(), 2u);
  EXPECT_TRUE(events[0].customer().unsubscribed());
  EXPECT_TRUE(events[0].customer().just_unsubscribed());
  EXPECT_EQ(events[1].invitation().invitation().state(), v1::InvitationState::REVOKED);
  HOIAM_ASSERT_OK(Write(&UnsubscribeCustomer, q, As()));
  EXPECT_TRUE(replica_.events().empty());
  EXPECT_EQ(database_.Count("SELECT COUNT(*) FROM consent_statement WHERE body LIKE '%key-1%nói qua điện thoại%'"), 1);
  v1::Customer later;
  later.set_customer_id("lan");
  later.set_segment("VIP");
  HOIAM_ASSERT_OK(Patch(later));
  const auto changed = replica_.TakeEvents().at(0).customer();
  EXPECT_TRUE(changed.unsubscribed());
  EXPECT_FALSE(changed.just_unsubscribed()) << "that was before";
  q.set_customer_id("nobody");
  EXPECT_THAT(Write(&UnsubscribeCustomer, q, As()), StatusIs(StatusCode::kNotFound, "CUSTOMER_NOT_FOUND"));
}

}  // namespace
}  // namespace hoiam::survey
