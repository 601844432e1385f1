#include "platform/base/filter.h"

#include <cmath>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "platform/base/status.h"
#include "platform/base/text.h"

namespace hoiam {
namespace {

enum class TokenKind { kWord, kQuoted, kOp, kOpen, kClose, kEnd };

struct Token {
  TokenKind kind = TokenKind::kEnd;
  std::string text;
  FilterOp op = FilterOp::kEq;
  size_t position = 0;
};

std::string SnakeCase(absl::string_view name) {
  std::string out;
  for (char c : name) {
    if (absl::ascii_isupper(c)) out.push_back('_');
    out.push_back(absl::ascii_tolower(c));
  }
  return out;
}

// A name of ours; after a dot, a key that may be the caller's own.
bool IsFieldName(absl::string_view name) {
  if (name.empty() || !absl::ascii_isalpha(name[0])) return false;
  bool key = false;
  for (char c : name) {
    const bool ours = absl::ascii_isalnum(c) || c == '_' || c == '.';
    if (!ours && !(key && (c == '-' || static_cast<unsigned char>(c) >= 0x80))) return false;
    key |= c == '.';
  }
  return true;
}

std::optional<absl::Time> AsTime(absl::string_view text) {
  if (text.size() < 20 || text.size() > 35 || !absl::ascii_isdigit(text[0]) || text[4] != '-') return std::nullopt;
  absl::Time t;
  if (!absl::ParseTime(absl::RFC3339_full, text, &t, nullptr)) return std::nullopt;
  return t;
}

class Parser {
 public:
  explicit Parser(absl::string_view text) : text_(text) {}

  absl::StatusOr<Filter> Parse() {
    HOIAM_RETURN_IF_ERROR(Next());
    if (token_.kind == TokenKind::kEnd) return Filter{};
    HOIAM_ASSIGN_OR_RETURN(Filter filter, And(0));
    if (token_.kind == TokenKind::kClose) return InvalidFilter(token_.position, "')' without '('");
    if (token_.kind != TokenKind::kEnd) return InvalidFilter(token_.position, "AND or OR expected");
    return filter;
  }

 private:
  static Filter Join(Filter::Kind kind, std::vector<Filter> parts) {
    if (parts.size() == 1) return std::move(parts[0]);
    Filter f;
    f.kind = kind;
    f.parts = std::move(parts);
    return f;
  }

  bool AtWord(absl::string_view word) const { return token_.kind == TokenKind::kWord && token_.text == word; }

  absl::StatusOr<Filter> And(int depth) {
    std::vector<Filter> parts;
    while (true) {
      HOIAM_ASSIGN_OR_RETURN(Filter part, Or(depth));
      parts.push_back(std::move(part));
      if (!AtWord("AND")) return Join(Filter::Kind::kAnd, std::move(parts));
      HOIAM_RETURN_IF_ERROR(Next());
    }
  }

  absl::StatusOr<Filter> Or(int depth) {
    std::vector<Filter> parts;
    while (true) {
      HOIAM_ASSIGN_OR_RETURN(Filter part, Term(depth));
      parts.push_back(std::move(part));
      if (!AtWord("OR")) return Join(Filter::Kind::kOr, std::move(parts));
      HOIAM_RETURN_IF_ERROR(Next());
    }
  }

  absl::StatusOr<Filter> Term(int depth) {
    if (token_.kind != TokenKind::kOpen) return Comparison();
    const size_t opened = token_.position;
    if (depth == kMaxFilterDepth)
      return InvalidFilter(opened, absl::StrCat("more than ", kMaxFilterDepth, " parentheses inside each other"));
    HOIAM_RETURN_IF_ERROR(Next());
    HOIAM_ASSIGN_OR_RETURN(Filter inner, And(depth + 1));
    if (token_.kind == TokenKind::kEnd) return InvalidFilter(opened, "'(' is never closed");
    if (token_.kind != TokenKind::kClose) return InvalidFilter(token_.position, "AND, OR or ')' expected");
    HOIAM_RETURN_IF_ERROR(Next());
    return inner;
  }

  absl::StatusOr<Filter> Comparison() {
    Filter f;
    f.kind = Filter::Kind::kCompare;
    f.position = token_.position;
    if (token_.kind != TokenKind::kWord || AtWord("AND") || AtWord("OR") || AtWord("NOT") || !IsFieldName(token_.text))
      return InvalidFilter(token_.position, "a field name expected");
    if (++comparisons_ > kMaxFilterComparisons)
      return InvalidFilter(token_.position, absl::StrCat("more than ", kMaxFilterComparisons, " comparisons"));
    f.said = std::move(token_.text);
    HOIAM_RETURN_IF_ERROR(Next());
    if (token_.kind == TokenKind::kQuoted && f.said.back() == '.') {
      f.said += token_.text;
      HOIAM_RETURN_IF_ERROR(Next());
    }
    f.field = SnakeCase(f.said);
    if (token_.kind != TokenKind::kOp) return InvalidFilter(token_.position, "one of = != < <= > >= expected");
    f.op = token_.op;
    HOIAM_RETURN_IF_ERROR(Next());
    if ((token_.kind != TokenKind::kWord && token_.kind != TokenKind::kQuoted) || AtWord("AND") || AtWord("OR"))
      return InvalidFilter(token_.position, "a value expected");
    double number;
    if (token_.kind == TokenKind::kWord && absl::SimpleAtod(token_.text, &number) && std::isfinite(number))
      f.value.number = number;
    f.value.time = AsTime(token_.text);
    f.value.text = std::move(token_.text);
    HOIAM_RETURN_IF_ERROR(Next());
    return f;
  }

  absl::Status Next() {
    while (at_ < text_.size() && absl::ascii_isspace(text_[at_])) ++at_;
    token_ = Token{};
    token_.position = at_;
    if (at_ == text_.size()) return absl::OkStatus();
    const char c = text_[at_];
    if (c == '(' || c == ')') {
      token_.kind = c == '(' ? TokenKind::kOpen : TokenKind::kClose;
      ++at_;
      return absl::OkStatus();
    }
    if (c == '"' || c == '\'') return Quoted(c);
    if (c == '=' || c == '!' || c == '<' || c == '>') return Operator(c);
    token_.kind = TokenKind::kWord;
    while (at_ < text_.size() && !absl::ascii_isspace(text_[at_]) &&
           absl::string_view("()\"'=!<>").find(text_[at_]) == absl::string_view::npos)
      token_.text.push_back(text_[at_++]);
    return absl::OkStatus();
  }

  absl::Status Operator(char c) {
    token_.kind = TokenKind::kOp;
    const bool equals = at_ + 1 < text_.size() && text_[at_ + 1] == '=';
    if (c == '=' && !equals)
      token_.op = FilterOp::kEq;
    else if (c == '!' && equals)
      token_.op = FilterOp::kNe;
    else if (c == '<')
      token_.op = equals ? FilterOp::kLe : FilterOp::kLt;
    else if (c == '>')
      token_.op = equals ? FilterOp::kGe : FilterOp::kGt;
    else
      return InvalidFilter(at_, "one of = != < <= > >= expected");
    at_ += equals ? 2 : 1;
    return absl::OkStatus();
  }

  absl::Status Quoted(char quote) {
    token_.kind = TokenKind::kQuoted;
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] == quote) return ++at_, absl::OkStatus();
      if (text_[at_] == '\\' && ++at_ == text_.size()) break;
      token_.text.push_back(text_[at_]);
    }
    return InvalidFilter(token_.position, "the quote is never closed");
  }

  const absl::string_view text_;
  size_t at_ = 0;
  size_t comparisons_ = 0;
  Token token_;
};

}  // namespace

absl::string_view FilterOpText(FilterOp op) {
  switch (op) {
    case FilterOp::kEq:
      return "=";
    case FilterOp::kNe:
      return "!=";
    case FilterOp::kLt:
      return "<";
    case FilterOp::kLe:
      return "<=";
    case FilterOp::kGt:
      return ">";
    case FilterOp::kGe:
      return ">=";
  }
  return "";
}

absl::Status InvalidFilter(size_t position, absl::string_view what) {
  Violations v;
  v.Add("filter", "INVALID_FILTER", absl::StrCat("at position ", position, ": ", what),
        {{"position", absl::StrCat(position)}});
  return v.ToStatus();
}

absl::StatusOr<Filter> ParseFilter(absl::string_view text) {
  if (text.size() > kMaxFilterBytes)
    return InvalidFilter(kMaxFilterBytes, absl::StrCat("longer than ", kMaxFilterBytes, " bytes"));
  if (!IsUtf8(text)) return InvalidFilter(0, "not valid UTF-8");
  if (HasControl(text, true)) return InvalidFilter(0, "holds control characters");
  return Parser(text).Parse();
}

}  // namespace hoiam
