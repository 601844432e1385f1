#include "platform/mail/parse.h"

#include <gmime/gmime.h>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "platform/base/text.h"

namespace hoiam::mail {
namespace {

constexpr int kMaxDepth = 20;    // of parts in parts; people's mails have four
constexpr size_t kMaxIds = 100;  // of References: a thread, not an archive
constexpr char kVietnamese[] = "windows-1258";

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

std::string Copy(const char* text) { return text ? text : ""; }

// What is no UTF-8 becomes U+FFFD, combining marks (windows-1258 has them apart) are put together.
std::string Clean(const std::string& text) {
  const icu::UnicodeString decoded = icu::UnicodeString::fromUTF8(text);
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(error);
  icu::UnicodeString composed = decoded;
  if (U_SUCCESS(error)) composed = nfc->normalize(decoded, error);
  std::string out;
  (U_SUCCESS(error) ? composed : decoded).toUTF8String(out);
  out = absl::StrReplaceAll(out, {{"\r\n", "\n"}, {"\r", "\n"}});
  out.erase(std::remove_if(out.begin(), out.end(),
                           [](unsigned char c) { return (c < 0x20 && c != '\n' && c != '\t') || c == 0x7f; }),
            out.end());
  // C1 controls: two bytes each, the first 0xC2.
  for (size_t at = out.find('\xc2'); at != std::string::npos; at = out.find('\xc2', at)) {
    if (at + 1 < out.size() && static_cast<unsigned char>(out[at + 1]) < 0xa0)
      out.erase(at, 2);
    else
      ++at;
  }
  return out;
}

std::string OneLine(std::string text) {
  for (char& c : text)
    if (c == '\n' || c == '\t') c = ' ';
  return std::string(absl::StripAsciiWhitespace(text));
}

std::string HeaderOf(GMimeObject* object, const char* name) { return Copy(g_mime_object_get_header(object, name)); }

std::string DecodedWords(const std::string& text) {
  char* decoded = g_mime_utils_header_decode_text(nullptr, text.c_str());
  std::string out = Copy(decoded);
  g_free(decoded);
  return out;
}

// GMime decodes adjacent encoded words as one, since some programs cut a character in two. What follows the padding of
// base64 is lost by that, so there one begins anew.
std::string SubjectOf(GMimeObject* message) {
  GMimeHeader* header = g_mime_header_list_get_header(g_mime_object_get_header_list(message), "Subject");
  if (!header) return "";
  const std::string raw = absl::StrReplaceAll(Copy(g_mime_header_get_raw_value(header)), {{"\r", ""}, {"\n", ""}});
  constexpr absl::string_view kPadded = "=?=", kBegins = "=?";
  std::string out;
  size_t begin = 0;
  for (size_t at = raw.find(kPadded.data()); at != std::string::npos;) {
    const size_t end = at + kPadded.size(), next = raw.find_first_not_of(" \t", end);
    const bool adjacent = next != std::string::npos && next > end && raw.compare(next, 2, kBegins.data()) == 0;
    if (adjacent) {
      out += DecodedWords(raw.substr(begin, end - begin));
      begin = next;
    }
    at = raw.find(kPadded.data(), adjacent ? next : end);
  }
  return out + DecodedWords(raw.substr(begin));
}

void AddAddresses(InternetAddressList* list, std::vector<std::string>& out) {
  for (int n = 0; list && n < internet_address_list_length(list); ++n) {
    InternetAddress* address = internet_address_list_get_address(list, n);
    if (!INTERNET_ADDRESS_IS_MAILBOX(address)) continue;
    const char* text = internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(address));
    if (text && out.size() < kMaxIds) out.push_back(text);
  }
}

void AddParsedAddresses(const std::string& header, std::vector<std::string>& out) {
  if (header.empty()) return;
  InternetAddressList* list = internet_address_list_parse(nullptr, header.c_str());
  if (!list) return;
  AddAddresses(list, out);
  g_object_unref(list);
}

void AddIds(const std::string& header, std::vector<std::string>& out) {
  absl::string_view rest = header;
  while (out.size() < kMaxIds) {
    const size_t begin = rest.find('<');
    if (begin == absl::string_view::npos) return;
    const size_t end = rest.find('>', begin);
    if (end == absl::string_view::npos) return;
    out.emplace_back(rest.substr(begin + 1, end - begin - 1));
    rest.remove_prefix(end + 1);
  }
}

// In the charset that the part names, else as UTF-8, else as Vietnamese programs of old wrote it.
std::string TextOf(GMimeTextPart* part) {
  const Ref<GMimeStream> stream(g_mime_stream_mem_new());
  GMimeDataWrapper* content = g_mime_part_get_content(GMIME_PART(part));
  if (!content || g_mime_data_wrapper_write_to_stream(content, stream.get()) < 0) return "";
  const GByteArray* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream.get()));
  const std::string raw(reinterpret_cast<const char*>(bytes->data), bytes->len);
  const std::string named = Copy(g_mime_object_get_content_type_parameter(GMIME_OBJECT(part), "charset"));
  for (const std::string& charset : {named, std::string(IsUtf8(raw) ? "utf-8" : ""), std::string(kVietnamese)}) {
    if (charset.empty()) continue;
    if (absl::EqualsIgnoreCase(charset, "utf-8") && IsUtf8(raw)) return raw;
    gsize written = 0;
    char* converted = g_convert_with_fallback(raw.data(), static_cast<gssize>(raw.size()), "UTF-8", charset.c_str(),
                                              "\xef\xbf\xbd", nullptr, &written, nullptr);
    if (!converted) continue;
    const std::string out(converted, written);
    g_free(converted);
    return out;
  }
  return raw;
}

bool IsAttached(GMimeObject* object) {
  GMimeContentDisposition* disposition = g_mime_object_get_content_disposition(object);
  return disposition &&
         absl::EqualsIgnoreCase(Copy(g_mime_content_disposition_get_disposition(disposition)), "attachment");
}

struct Words {
  GMimeTextPart* plain = nullptr;
  GMimeTextPart* html = nullptr;
};

// The first text and the first HTML that are no attachments; not those of a mail within the mail.
void FindWords(GMimeObject* object, int depth, Words& found) {
  if (!object || depth > kMaxDepth || IsAttached(object)) return;
  if (GMIME_IS_MULTIPART(object)) {
    const int count = g_mime_multipart_get_count(GMIME_MULTIPART(object));
    for (int n = 0; n < count && !found.plain; ++n)
      FindWords(g_mime_multipart_get_part(GMIME_MULTIPART(object), n), depth + 1, found);
  } else if (GMIME_IS_TEXT_PART(object)) {
    GMimeContentType* type = g_mime_object_get_content_type(object);
    if (g_mime_content_type_is_type(type, "text", "html")) {
      if (!found.html) found.html = GMIME_TEXT_PART(object);
    } else if (g_mime_content_type_is_type(type, "text", "plain")) {
      if (!found.plain) found.plain = GMIME_TEXT_PART(object);
    }
  }
}

bool IsReport(GMimeObject* object, absl::string_view from) {
  GMimeContentType* type = g_mime_object_get_content_type(object);
  const std::string box = absl::AsciiStrToLower(from.substr(0, from.find('@')));
  const std::string returned = absl::StrReplaceAll(HeaderOf(object, "Return-Path"), {{" ", ""}});
  return (type && g_mime_content_type_is_type(type, "multipart", "report")) || box == "mailer-daemon" ||
         box == "postmaster" || returned == "<>";
}

// RFC 3834, and what programs wrote before there was one.
bool IsAutomatic(GMimeObject* object) {
  const std::string submitted = absl::AsciiStrToLower(HeaderOf(object, "Auto-Submitted"));
  if (!submitted.empty() && submitted.rfind("no", 0) != 0) return true;
  const std::string precedence = absl::AsciiStrToLower(HeaderOf(object, "Precedence"));
  for (const char* machine : {"bulk", "junk", "list", "auto_reply", "auto-reply"})
    if (precedence == machine) return true;
  GMimeHeaderList* headers = g_mime_object_get_header_list(object);
  const int count = g_mime_header_list_get_count(headers);
  for (int n = 0; n < count; ++n) {
    const char* name = g_mime_header_get_name(g_mime_header_list_get_header_at(headers, n));
    if (name && (absl::StartsWithIgnoreCase(name, "X-Auto") || absl::EqualsIgnoreCase(name, "List-Id"))) return true;
  }
  return false;
}

}  // namespace

absl::StatusOr<Received> Parse(absl::string_view bytes) {
  InitOnce();
  const Ref<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
  const Ref<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
  g_mime_parser_set_persist_stream(parser.get(), FALSE);
  const Ref<GMimeMessage> message(g_mime_parser_construct_message(parser.get(), nullptr));
  if (!message || g_mime_header_list_get_count(g_mime_object_get_header_list(GMIME_OBJECT(message.get()))) == 0)
    return absl::InvalidArgumentError("not a mail");
  GMimeObject* object = GMIME_OBJECT(message.get());
  GMimeObject* body = g_mime_message_get_mime_part(message.get());

  Received r;
  r.id = Copy(g_mime_message_get_message_id(message.get()));
  std::vector<std::string> from;
  AddAddresses(g_mime_message_get_from(message.get()), from);
  if (!from.empty()) r.from = from.front();
  AddParsedAddresses(HeaderOf(object, "Delivered-To"), r.to);
  AddParsedAddresses(HeaderOf(object, "X-Original-To"), r.to);
  AddAddresses(g_mime_message_get_to(message.get()), r.to);
  AddAddresses(g_mime_message_get_cc(message.get()), r.to);
  AddIds(HeaderOf(object, "In-Reply-To"), r.references);
  AddIds(HeaderOf(object, "References"), r.references);
  r.subject = OneLine(Clean(SubjectOf(object)));
  Words words;
  FindWords(body, 0, words);
  if (words.plain) r.text = Clean(TextOf(words.plain));
  if (absl::StripAsciiWhitespace(r.text).empty() && words.html) r.text = TextOfHtml(Clean(TextOf(words.html)));
  r.report = IsReport(object, r.from) || (body && IsReport(body, ""));
  r.automatic = r.report || IsAutomatic(object);
  return r;
}

}  // namespace hoiam::mail
