// A log as a table of words, before it is known what they mean.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "scenario/csv_cells.h"
#include "scenario/logs/log.h"

namespace stride::logs {

using csv::fault_at, csv::lower_case, csv::number, csv::trimmed;

/// A word of the text; words that say that nothing is there are left out.
struct Cell {
  std::uint32_t row, column, begin, length;
};

struct Table {
  std::string_view text;
  std::vector<std::string> names;  ///< of the columns; those of CSV may have one twice
  std::vector<Cell> cells;         ///< row by row
  std::uint32_t rows = 0;
  bool decimal_comma = false;                  ///< numbers may be written 0,5
  std::unordered_map<std::string, int> index;  ///< of names, as far as column() made them

  std::string_view word(const Cell& c) const { return text.substr(c.begin, c.length); }
  /// The column called `name`, new where there is none yet; -1 where there are too many.
  int column(const std::string& name);
  /// Adds a word, unless it says that nothing is there.
  void add(std::uint32_t row, int column, size_t begin, size_t end);
};

inline constexpr size_t max_columns = 1000;

Error read_csv(Table& table);
Error read_json(Table& table);
Error read_json_lines(Table& table);
/// Whether the first line is an object and others follow.
bool is_json_lines(std::string_view text);

Error too_many_rows();

}  // namespace stride::logs
