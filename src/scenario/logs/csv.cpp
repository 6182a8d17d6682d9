// Logs as tables with a header.
#include "scenario/csv_cells.h"
#include "scenario/documents/reading.h"
#include "scenario/logs/table.h"

namespace stride::logs {

namespace {

using csv::Bounds, csv::Scanner, csv::unquoted;

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
