// CSV as cells, before it is known what they mean: comma, semicolon or tab between them, quotes around those that
// need some. Untrusted, as every document.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/fault.h"

namespace stride::csv {

struct Bounds {
  size_t begin, end;  ///< of a cell's content, without its quotes
};

/// Walks through a text row by row.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}
  Error error;

  bool at_end() const { return at_ >= text_.size(); }
  size_t position() const { return at_; }

  /// Passes over lines of nothing and of comments.
  void skip_blank_lines();
  /// The most frequent of the three outside quotes in the line that comes; a comma where there is none.
  char delimiter() const;
  /// The cells of the row that comes; false at a quote that is never closed.
  bool row(char delimiter, std::vector<Bounds>& out);

 private:
  size_t line_end(size_t from) const;
  size_t after_line(size_t end) const;
  bool cell(char delimiter, std::vector<Bounds>& out);

  std::string_view text_;
  size_t at_ = 0;
};

/// The word of a cell: two quotes within it are one.
std::string unquoted(std::string_view cell);
/// What was expected at a byte of the text, with its line and column.
Error fault_at(std::string_view text, size_t byte, std::string wanted, std::string got = {});
/// The number that a word is, also nan and inf; nothing where it is none.
std::optional<double> number(std::string_view word, bool decimal_comma);
/// Without blanks around it.
std::string_view trimmed(std::string_view word);
/// Its letters A to Z small.
std::string lower_case(std::string_view word);

}  // namespace stride::csv
