// Logs as tables with a header: comma, semicolon or tab between the cells, quotes around them where they need some.
#include <algorithm>
#include <cstring>

#include "scenario/documents/reading.h"
#include "scenario/logs/table.h"

namespace stride::logs {

namespace {

struct Bounds {
  size_t begin, end;  ///< of a cell's content, without its quotes
};

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}
  Error error;

  bool at_end() const { return at_ >= text_.size(); }
  size_t position() const { return at_; }
  void seek(size_t position) { at_ = position; }

  /// Passes over lines of nothing and of comments.
  void skip_blank_lines() {
    while (!at_end()) {
      const size_t end = line_end(at_);
      const std::string_view line = trimmed(text_.substr(at_, end - at_));
      if (!line.empty() && line.front() != '#') return;
      at_ = after_line(end);
    }
  }

  /// The most frequent of the three outside quotes in the line that comes; a comma where there is none.
  char delimiter() const {
    size_t counts[3] = {};
    bool quoted = false;
    for (size_t i = at_, end = line_end(at_); i < end; ++i) {
      if (text_[i] == '"') quoted = !quoted;
      if (const char* d = std::strchr(delimiters, text_[i]); d && *d && !quoted) ++counts[d - delimiters];
    }
    return delimiters[std::max_element(counts, counts + 3) - counts];
  }

  /// The cells of the row that comes; false at a quote that is never closed.
  bool row(char delimiter, std::vector<Bounds>& out) {
    out.clear();
    while (true) {
      if (!cell(delimiter, out)) return false;
      if (at_end()) return true;
      const char c = text_[at_];
      if (c != delimiter) {
        at_ = after_line(at_);
        return true;
      }
      ++at_;
    }
  }

 private:
  static constexpr const char* delimiters = ",;\t";

  size_t line_end(size_t from) const { return std::min(text_.find_first_of("\r\n", from), text_.size()); }
  size_t after_line(size_t end) const {
    if (end < text_.size() && text_[end] == '\r') ++end;
    if (end < text_.size() && text_[end] == '\n') ++end;
    return end;
  }

  bool cell(char delimiter, std::vector<Bounds>& out) {
    size_t begin = at_;
    while (begin < text_.size() && text_[begin] == ' ') ++begin;
    if (begin >= text_.size() || text_[begin] != '"') {
      while (at_ < text_.size() && text_[at_] != delimiter && text_[at_] != '\n' && text_[at_] != '\r') ++at_;
      out.push_back({std::min(begin, at_), at_});
      return true;
    }
    size_t end = begin + 1;
    while (end < text_.size() && (text_[end] != '"' || (end + 1 < text_.size() && text_[end + 1] == '"')))
      end += text_[end] == '"' ? 2 : 1;
    if (end >= text_.size()) {
      error = fault_at(text_, begin, "a closing quote", "the end of the file");
      return false;
    }
    out.push_back({begin + 1, end});
    at_ = end + 1;
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
    if (at_end() || text_[at_] == delimiter || text_[at_] == '\n' || text_[at_] == '\r') return true;
    error = fault_at(text_, at_, "the end of the cell after its quote");
    return false;
  }

  std::string_view text_;
  size_t at_ = 0;
};

std::string unquoted(std::string_view cell) {
  std::string out;
  for (size_t i = 0; i < cell.size(); ++i) {
    out += cell[i];
    if (cell[i] == '"' && i + 1 < cell.size() && cell[i + 1] == '"') ++i;
  }
  return std::string(trimmed(out));
}

Error read_header(Table& table, std::span<const Bounds> cells) {
  if (cells.size() > max_columns)
    return expected({}, "at most " + std::to_string(max_columns) + " columns", cells.size());
  bool words = false;
  for (const Bounds& b : cells) {
    table.names.push_back(unquoted(table.text.substr(b.begin, b.end - b.begin)));
    words |= !table.names.back().empty() && !number(table.names.back(), table.decimal_comma);
  }
  if (words) return {};
  return fault_at(table.text, cells.front().begin, "a header with the names of the columns",
                  shown(table.names.front()));
}

}  // namespace

Error read_csv(Table& table) {
  Scanner scanner(table.text);
  scanner.skip_blank_lines();
  if (scanner.at_end()) return expected_not({}, "a header with the names of the columns", "an empty file");
  const char delimiter = scanner.delimiter();
  table.decimal_comma = delimiter != ',';
  const size_t begin = scanner.position();
  std::vector<Bounds> cells;
  if (!scanner.row(delimiter, cells)) return std::move(scanner.error);
  if (Error e = read_header(table, cells)) return e;
  const std::string_view header = trimmed(table.text.substr(begin, scanner.position() - begin));
  for (scanner.skip_blank_lines(); !scanner.at_end(); scanner.skip_blank_lines()) {
    const size_t line = scanner.position();
    if (!scanner.row(delimiter, cells)) return std::move(scanner.error);
    // A log that was continued may name its columns again.
    if (trimmed(table.text.substr(line, scanner.position() - line)) == header) continue;
    if (cells.size() > table.names.size())
      return fault_at(table.text, cells[table.names.size()].begin,
                      std::to_string(table.names.size()) + (table.names.size() == 1 ? " cell" : " cells") +
                          " as in the header",
                      std::to_string(cells.size()));
    if (table.rows >= max_log_rows) return too_many_rows();
    for (size_t c = 0; c < cells.size(); ++c)
      table.add(table.rows, static_cast<int>(c), cells[c].begin, cells[c].end);
    ++table.rows;
  }
  return {};
}

}  // namespace stride::logs
