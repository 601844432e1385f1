#include "platform/mail/message.h"

#include <gmime/gmime.h>

#include <algorithm>
#include <memory>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "platform/base/crypto.h"
#include "platform/base/text.h"

namespace hoiam::mail {
namespace {

constexpr size_t kMaxAddress = 254;  // RFC 5321 §4.5.3.1.3

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
template <class T>
using Ref = std::unique_ptr<T, Unref>;

void InitOnce() {
  static const bool done = [] {
    g_mime_init();
    return true;
  }();
  (void)done;
}

std::string OneLine(absl::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool control = static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    if (!control)
      out += c;
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  }
  return std::string(absl::StripAsciiWhitespace(out));
}

bool IsHeader(absl::string_view name, absl::string_view value) {
  const auto printable = [](char c) { return c >= 0x20 && c < 0x7f; };
  return !name.empty() &&
         std::all_of(name.begin(), name.end(), [](char c) { return c > 0x20 && c < 0x7f && c != ':'; }) &&
         std::all_of(value.begin(), value.end(), printable);
}

Ref<GMimeTextPart> Part(const char* subtype, const std::string& text) {
  Ref<GMimeTextPart> part(g_mime_text_part_new_with_subtype(subtype));
  g_mime_text_part_set_charset(part.get(), "utf-8");
  g_mime_text_part_set_text(part.get(), text.c_str());
  g_mime_part_set_content_encoding(GMIME_PART(part.get()), GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
  return part;
}

// As it is: readers of List-Unsubscribe take no encoded words, and none are needed for ASCII.
void SetRaw(GMimeObject* object, const std::string& name, const std::string& value) {
  g_mime_object_set_header(object, name.c_str(), value.c_str(), nullptr);
  GMimeHeader* header = g_mime_header_list_get_header(g_mime_object_get_header_list(object), name.c_str());
  g_mime_header_set_raw_value(header, absl::StrCat(" ", value, "\n").c_str());
}

void AddMailbox(GMimeMessage* message, GMimeAddressType type, const std::string& name, const std::string& address) {
  const Ref<InternetAddress> mailbox(
      internet_address_mailbox_new(name.empty() ? nullptr : name.c_str(), address.c_str()));
  internet_address_set_charset(mailbox.get(), "utf-8");
  internet_address_list_add(g_mime_message_get_addresses(message, type), mailbox.get());
}

}  // namespace

bool IsAddress(absl::string_view text) {
  const std::pair<absl::string_view, absl::string_view> parts = absl::StrSplit(text, absl::MaxSplits('@', 1));
  return !parts.first.empty() && !parts.second.empty() && text.size() <= kMaxAddress && IsUtf8(text) &&
         !HasControl(text) && text.find_first_of(" <>()[],;:\\\"") == absl::string_view::npos &&
         parts.second.find('@') == absl::string_view::npos && parts.first.front() != '-';
}

absl::StatusOr<std::string> Compose(const Message& m) {
  InitOnce();
  for (const std::string* address : {&m.id, &m.from, &m.to})
    if (!IsAddress(*address)) return absl::InvalidArgumentError("not a mail address");
  for (const auto& [name, value] : m.headers)
    if (!IsHeader(name, value)) return absl::InvalidArgumentError(absl::StrCat("not a header: ", name));

  const Ref<GMimeMultipart> both(g_mime_multipart_new_with_subtype("alternative"));
  g_mime_multipart_set_boundary(both.get(), absl::StrCat("=_", Hex(Sha256(m.id)).substr(0, 32)).c_str());
  g_mime_multipart_add(both.get(), GMIME_OBJECT(Part("plain", m.text).get()));
  g_mime_multipart_add(both.get(), GMIME_OBJECT(Part("html", m.html).get()));

  const Ref<GMimeMessage> message(g_mime_message_new(TRUE));
  AddMailbox(message.get(), GMIME_ADDRESS_TYPE_FROM, OneLine(m.from_name), m.from);
  AddMailbox(message.get(), GMIME_ADDRESS_TYPE_TO, OneLine(m.to_name), m.to);
  g_mime_message_set_subject(message.get(), OneLine(m.subject).c_str(), "utf-8");
  GDateTime* date = g_date_time_new_from_unix_utc(absl::ToUnixSeconds(m.date));
  g_mime_message_set_date(message.get(), date);
  g_date_time_unref(date);
  g_mime_message_set_message_id(message.get(), m.id.c_str());
  for (const auto& [name, value] : m.headers) SetRaw(GMIME_OBJECT(message.get()), name, value);
  g_mime_message_set_mime_part(message.get(), GMIME_OBJECT(both.get()));

  GMimeFormatOptions* format = g_mime_format_options_new();
  g_mime_format_options_set_newline_format(format, GMIME_NEWLINE_FORMAT_DOS);
  const Ref<GMimeStream> stream(g_mime_stream_mem_new());
  g_mime_object_write_to_stream(GMIME_OBJECT(message.get()), format, stream.get());
  g_mime_format_options_free(format);
  const GByteArray* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream.get()));
  return std::string(reinterpret_cast<const char*>(bytes->data), bytes->len);
}

}  // namespace hoiam::mail
