// The rows of the studies by the names of their columns, in the order of Study::columns.
#pragma once

#include <cassert>
#include <cstring>
#include <span>

namespace stride {

struct SweepRow {
  static constexpr int columns = 5;
  float lr, final_loss, min_loss, basin, steps_to_tolerance;
};

struct RangeTestRow {
  static constexpr int columns = 3;
  float lr, loss, smoothed;
};

struct BasinsRow {
  static constexpr int columns = 2;
  float basin, steps;
};

struct MapRow {
  static constexpr int columns = 2;
  float final_loss, basin;
};

/// How many whole rows there are.
template <class Row>
std::size_t row_count(std::span<const float> rows) {
  return rows.size() / Row::columns;
}

/// Row `i` of what a study has come to.
template <class Row>
Row study_row(std::span<const float> rows, std::size_t i) {
  static_assert(sizeof(Row) == Row::columns * sizeof(float));
  assert(i < row_count<Row>(rows));
  Row row;
  std::memcpy(&row, rows.data() + i * Row::columns, sizeof row);
  return row;
}

}  // namespace stride
