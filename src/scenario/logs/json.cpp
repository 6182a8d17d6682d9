// Logs as JSON: an object a line, a list of objects, a trainer_state.json with its log_history, or lists by name.
// Python writes NaN and Infinity into its documents, which the strict reader of scenarios refuses; a log is also longer.
#include "scenario/documents/reading.h"
#include "scenario/logs/table.h"

namespace stride::logs {

namespace {

constexpr std::string_view history = "log_history";

class Parser {
 public:
  Parser(Table& table, size_t begin, size_t end) : table_(table), at_(begin), end_(end) {}
  Error error;

  /// The whole text as one document.
  bool document() {
    const bool good = skip_blanks() == '[' ? rows() : object("", true, 0);
    return good && (skip_blanks() == '\0' || fail("the end of the document"));
  }

  /// One object, a row of its own.
  bool line() {
    const bool good = skip_blanks() == '{' ? object("", false, 0) : fail("an object");
    if (good) ++table_.rows;
    return good && (skip_blanks() == '\0' || fail("the end of the line"));
  }

  /// Whether there is an object and nothing after it.
  bool is_whole() { return skip_blanks() == '{' && object("", false, 0) && skip_blanks() == '\0'; }

 private:
  char skip_blanks() {
    while (at_ < end_ && std::string_view(" \t\r\n").find(table_.text[at_]) != std::string_view::npos) ++at_;
    return at_ < end_ ? table_.text[at_] : '\0';
  }

  bool fail(std::string_view wanted) {
    if (error) return false;
    const std::string_view rest = table_.text.substr(at_, std::min<size_t>(end_ - at_, 20));
    const std::string_view word = rest.substr(0, rest.find_first_of(" \t\r\n,:]}", 1));
    error = fault_at(table_.text, at_, std::string(wanted),
                     word.empty() ? "the end of the document" : "'" + plain_text(std::string(word)) + "'");
    return false;
  }

  bool too_deep(int depth) {
    if (depth < max_nesting) return false;
    fail("at most " + std::to_string(max_nesting) + " levels of nesting");
    return true;
  }

  /// A string's content, escapes as they stand.
  bool string(std::string_view& out) {
    if (skip_blanks() != '"') return fail("a string in quotes");
    size_t close = at_ + 1;
    while (close < end_ && table_.text[close] != '"' && table_.text[close] != '\n')
      close += table_.text[close] == '\\' ? 2 : 1;
    if (close >= end_ || table_.text[close] == '\n') return fail("a closing quote");
    out = table_.text.substr(at_ + 1, close - at_ - 1);
    at_ = close + 1;
    return true;
  }

  /// A string, number or literal, as the bytes it stands at.
  bool scalar(size_t& begin, size_t& end) {
    if (skip_blanks() == '"') {
      std::string_view words;
      if (!string(words)) return false;
      begin = static_cast<size_t>(words.data() - table_.text.data());
      end = begin + words.size();
      return true;
    }
    begin = at_;
    end = std::min(table_.text.find_first_of(" \t\r\n,:[]{}\"", at_), end_);
    const std::string_view word = table_.text.substr(begin, end - begin);
    if (word != "true" && word != "false" && word != "null" && !number(word, false)) return fail("a value");
    at_ = end;
    return true;
  }

  /// What is between the brackets, item by item; `item` reads one.
  bool list(char close, auto item) {
    ++at_;
    if (skip_blanks() == close) return ++at_, true;
    while (true) {
      if (!item()) return false;
      const char c = skip_blanks();
      if (c != ',' && c != close) return fail(close == ']' ? "',' or ']'" : "',' or '}'");
      ++at_;
      if (c == close) return true;
    }
  }

  bool skip_value(int depth) {
    if (too_deep(depth)) return false;
    size_t begin = 0, end = 0;
    const char c = skip_blanks();
    if (c == '[') return list(']', [&] { return skip_value(depth + 1); });
    if (c == '{') return list('}', [&] { return key(ignored_) && skip_value(depth + 1); });
    return scalar(begin, end);
  }

  bool key(std::string_view& out) {
    if (!string(out)) return false;
    if (skip_blanks() != ':') return fail("':' after the key");
    ++at_;
    return true;
  }

  /// The members of an object: values are cells of the current row, objects within it lend their name. In a
  /// `document` lists are columns or rows.
  bool object(const std::string& prefix, bool document, int depth) {
    if (too_deep(depth)) return false;
    if (skip_blanks() != '{') return fail("an object");
    return list('}', [&] {
      std::string_view name;
      if (!key(name)) return false;
      const std::string path = prefix.empty() ? std::string(name) : prefix + "/" + std::string(name);
      const char c = skip_blanks();
      if (c == '[' && document && depth == 0 && name == history) return take_history();
      if (c == '[') return document && !has_history_ ? column(path, depth + 1) : skip_value(depth + 1);
      if (c == '{') return object(path, document, depth + 1);
      return cell(table_.rows, path);
    });
  }

  bool cell(std::uint32_t row, const std::string& path) {
    size_t begin = 0, end = 0;
    if (!scalar(begin, end)) return false;
    if (has_history_ && !in_history_) return true;
    const int column = table_.column(path);
    if (column < 0) return fail("at most " + std::to_string(max_columns) + " different keys");
    table_.add(row, column, begin, end);
    return true;
  }

  /// Whatever stands around the history of a trainer's state is about something else.
  bool take_history() {
    table_.cells.clear();
    table_.names.clear();
    table_.index.clear();
    table_.rows = 0;
    has_history_ = in_history_ = true;
    const bool good = rows();
    in_history_ = false;
    return good;
  }

  bool rows() {
    return list(']', [&] {
      if (skip_blanks() != '{') return skip_value(1);
      if (table_.rows >= max_log_rows) return error = too_many_rows(), false;
      if (!object("", false, 1)) return false;
      ++table_.rows;
      return true;
    });
  }

  /// A list of numbers is a column, a list of objects is rows; of anything else nothing is taken.
  bool column(const std::string& path, int depth) {
    std::uint32_t row = 0;
    return list(']', [&] {
      const char c = skip_blanks();
      if (c == '{' && depth == 1) {
        if (table_.rows >= max_log_rows) return error = too_many_rows(), false;
        if (!object("", false, depth)) return false;
        ++table_.rows;
        return true;
      }
      if (c == '[' || c == '{') return skip_value(depth + 1);
      if (row >= max_log_rows) return error = too_many_rows(), false;
      return cell(row++, path);
    });
  }

  Table& table_;
  size_t at_, end_;
  bool has_history_ = false, in_history_ = false;
  std::string_view ignored_;
};

size_t line_end(std::string_view text, size_t from) {
  return std::min(text.find('\n', from), text.size());
}

}  // namespace

Error read_json(Table& table) {
  Parser parser(table, 0, table.text.size());
  if (!parser.document()) return std::move(parser.error);
  for (const Cell& cell : table.cells) table.rows = std::max(table.rows, cell.row + 1);
  return {};
}

Error read_json_lines(Table& table) {
  for (size_t begin = 0; begin < table.text.size();) {
    const size_t end = line_end(table.text, begin);
    if (!trimmed(table.text.substr(begin, end - begin)).empty()) {
      if (table.rows >= max_log_rows) return too_many_rows();
      Parser parser(table, begin, end);
      if (!parser.line()) return std::move(parser.error);
    }
    begin = end + 1;
  }
  return {};
}

bool is_json_lines(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == text.npos || text[begin] != '{') return false;
  const size_t end = line_end(text, begin);
  if (trimmed(text.substr(end)).find_first_not_of('\n') == std::string_view::npos) return false;
  Table table;
  table.text = text;
  return Parser(table, begin, end).is_whole();
}

}  // namespace stride::logs
