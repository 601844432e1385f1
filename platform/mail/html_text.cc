#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "platform/mail/parse.h"

namespace hoiam::mail {
namespace {

constexpr int kMaxQuotes = 20;  // deeper ones look the same

struct Entity {
  absl::string_view name, text;
};
constexpr std::array kEntities = {
    Entity{"amp", "&"},    Entity{"lt", "<"},     Entity{"gt", ">"},     Entity{"quot", "\""},  Entity{"apos", "'"},
    Entity{"nbsp", " "},   Entity{"ndash", "–"},  Entity{"mdash", "—"},  Entity{"hellip", "…"}, Entity{"lsquo", "‘"},
    Entity{"rsquo", "’"},  Entity{"ldquo", "“"},  Entity{"rdquo", "”"},  Entity{"agrave", "à"}, Entity{"aacute", "á"},
    Entity{"acirc", "â"},  Entity{"atilde", "ã"}, Entity{"egrave", "è"}, Entity{"eacute", "é"}, Entity{"ecirc", "ê"},
    Entity{"igrave", "ì"}, Entity{"iacute", "í"}, Entity{"ograve", "ò"}, Entity{"oacute", "ó"}, Entity{"ocirc", "ô"},
    Entity{"otilde", "õ"}, Entity{"ugrave", "ù"}, Entity{"uacute", "ú"}, Entity{"yacute", "ý"}, Entity{"Agrave", "À"},
    Entity{"Aacute", "Á"}, Entity{"Acirc", "Â"},  Entity{"Ecirc", "Ê"},  Entity{"Ocirc", "Ô"},
};

std::string Utf8(uint32_t c) {
  if (c < 0x20 || c > 0x10ffff || (c >= 0xd800 && c < 0xe000) || (c >= 0x7f && c < 0xa0)) return " ";
  std::string out;
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xc0 | c >> 6);
    out += static_cast<char>(0x80 | (c & 0x3f));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xe0 | c >> 12);
    out += static_cast<char>(0x80 | (c >> 6 & 0x3f));
    out += static_cast<char>(0x80 | (c & 0x3f));
  } else {
    out += static_cast<char>(0xf0 | c >> 18);
    out += static_cast<char>(0x80 | (c >> 12 & 0x3f));
    out += static_cast<char>(0x80 | (c >> 6 & 0x3f));
    out += static_cast<char>(0x80 | (c & 0x3f));
  }
  return out;
}

// The text of the entity at the beginning of `rest`, and how long it is; 0: it is none.
std::string EntityAt(absl::string_view rest, size_t& length) {
  const size_t end = rest.substr(0, 12).find(';');
  length = 0;
  if (end == absl::string_view::npos || end < 2) return "";
  const absl::string_view name = rest.substr(1, end - 1);
  if (name[0] == '#') {
    uint32_t code = 0;
    const bool hex = name.size() > 1 && (name[1] == 'x' || name[1] == 'X');
    const bool ok = hex ? absl::SimpleHexAtoi(name.substr(2), &code) : absl::SimpleAtoi(name.substr(1), &code);
    if (!ok) return "";
    length = end + 1;
    return Utf8(code);
  }
  for (const Entity& e : kEntities) {
    if (e.name != name) continue;
    length = end + 1;
    return std::string(e.text);
  }
  return "";
}

bool IsBlock(absl::string_view name) {
  constexpr std::array kBlocks = {"p",  "div", "br", "li", "tr", "ul", "ol", "table",   "blockquote", "pre",
                                  "hr", "h1",  "h2", "h3", "h4", "h5", "h6", "section", "article"};
  return std::any_of(kBlocks.begin(), kBlocks.end(), [&](const char* x) { return name == x; });
}

// Their content is not for people.
bool IsHidden(absl::string_view name) {
  return name == "style" || name == "script" || name == "head" || name == "title" || name == "template";
}

class Writer {
 public:
  void Put(absl::string_view words) {
    for (const char c : words) {
      if (absl::ascii_isspace(c)) {
        blank_ = true;
        continue;
      }
      if (blank_ && !line_.empty()) line_ += ' ';
      blank_ = false;
      line_ += c;
    }
  }
  void Break() {
    if (line_.empty() && (text_.empty() || absl::EndsWith(text_, "\n\n"))) return;
    for (int n = 0; n < std::min(quotes_, kMaxQuotes) && !line_.empty(); ++n) text_ += "> ";
    text_ += line_;
    text_ += '\n';
    line_.clear();
    blank_ = false;
  }
  // A block begins or ends: what was written stands on a line of its own.
  void Block() {
    if (!line_.empty()) Break();
  }
  void Quote(int by) {
    Block();
    quotes_ = std::max(0, quotes_ + by);
  }
  std::string Take() {
    Block();
    return std::move(text_);
  }

 private:
  std::string text_, line_;
  bool blank_ = false;
  int quotes_ = 0;
};

}  // namespace

std::string TextOfHtml(absl::string_view html) {
  Writer out;
  std::string hidden;  // until this element ends
  while (!html.empty()) {
    if (absl::StartsWith(html, "<!--")) {
      const size_t end = html.find("-->", 4);
      html = end == absl::string_view::npos ? "" : html.substr(end + 3);
    } else if (html[0] == '<' && html.size() > 1 &&
               (absl::ascii_isalpha(html[1]) || html[1] == '/' || html[1] == '!')) {
      const size_t end = html.find('>');
      if (end == absl::string_view::npos) break;
      absl::string_view tag = html.substr(1, end - 1);
      const bool closes = !tag.empty() && tag[0] == '/';
      if (closes) tag.remove_prefix(1);
      const std::string name = absl::AsciiStrToLower(tag.substr(0, tag.find_first_of(" \t\r\n/>")));
      html.remove_prefix(end + 1);
      if (!hidden.empty()) {
        if ((closes && name == hidden) || name == "body") hidden.clear();
        continue;
      }
      if (!closes && IsHidden(name)) hidden = name;
      if (name == "br" || name == "hr")
        out.Break();
      else if (name == "blockquote")
        out.Quote(closes ? -1 : 1);
      else if (name == "td")
        out.Put(" ");
      else if (IsBlock(name))
        out.Block();
    } else if (html[0] == '&') {
      size_t length = 0;
      const std::string text = EntityAt(html, length);
      if (hidden.empty()) out.Put(length == 0 ? "&" : text);
      html.remove_prefix(std::max<size_t>(length, 1));
    } else {
      const size_t end = std::min(html.find_first_of("<&", 1), html.size());
      if (hidden.empty()) out.Put(html.substr(0, end));
      html.remove_prefix(end);
    }
  }
  return out.Take();
}

}  // namespace hoiam::mail
