#include "scenario/points.h"

#include <cmath>

#include "scenario/csv_cells.h"
#include "scenario/documents/reading.h"

namespace stride {

namespace {

constexpr size_t fit_columns = 2, network_columns = 3;
constexpr const char* cells_words = "2 cells, x and y, or 3, x1, x2 and label";
constexpr const char* coordinates[][2] = {{"x", "y"}, {"x1", "x2"}};

struct Points {
  size_t columns = 0;
  std::vector<double> values;  ///< row by row
  size_t rows() const { return values.size() / columns; }
};

class PointsReader {
 public:
  /// `labelled_fit`: y of two columns is a label too.
  PointsReader(std::string_view text, bool labelled_fit)
      : text_(without_mark(text)), scanner_(text_), labelled_fit_(labelled_fit) {}

  Error read(Points& out) {
    scanner_.skip_blank_lines();
    if (scanner_.at_end()) return expected_not({}, std::string("lines of ") + cells_words, "an empty file");
    delimiter_ = scanner_.delimiter();
    Points points;
    if (Error e = next_row()) return e;
    points.columns = cells_.size();
    if (points.columns != fit_columns && points.columns != network_columns)
      return fault(cells_.back(), cells_words, std::to_string(points.columns));
    if (is_header()) {
      scanner_.skip_blank_lines();
      if (scanner_.at_end()) return expected_not({}, "a line with numbers after the names", "nothing");
      if (Error e = next_row()) return e;
    }
    while (true) {
      if (Error e = append(points)) return e;
      scanner_.skip_blank_lines();
      if (scanner_.at_end()) break;
      if (points.rows() == max_samples) return too_many(max_samples);
      if (Error e = next_row()) return e;
    }
    out = std::move(points);
    return {};
  }

 private:
  Error next_row() { return scanner_.row(delimiter_, cells_) ? nullptr : std::move(scanner_.error); }

  std::string_view word(const csv::Bounds& cell) const {
    return csv::trimmed(text_.substr(cell.begin, cell.end - cell.begin));
  }
  std::optional<double> number(const csv::Bounds& cell) const {
    return csv::number(word(cell), delimiter_ != ',');
  }

  bool is_header() const {
    for (const csv::Bounds& cell : cells_)
      if (number(cell)) return false;
    return true;
  }

  Error fault(const csv::Bounds& cell, std::string wanted, std::string got) const {
    return csv::fault_at(text_, cell.begin, std::move(wanted), std::move(got));
  }
  Error fault(const csv::Bounds& cell, std::string wanted) const {
    const std::string got(word(cell));
    if (got.empty()) return fault(cell, std::move(wanted), "nothing");
    return fault(cell, std::move(wanted), number(cell) ? got : shown(got));
  }

  Error append(Points& points) const {
    if (cells_.size() != points.columns)
      return fault(cells_[std::min(cells_.size() - 1, points.columns)],
                   std::to_string(points.columns) + " cells as in the lines before",
                   std::to_string(cells_.size()));
    const bool network = points.columns == network_columns;
    for (size_t c = 0; c < points.columns; ++c) {
      const std::optional<double> value = number(cells_[c]);
      const bool label = c == 2 || (c == 1 && !network && labelled_fit_);
      if (label && (!value || (*value != 0 && *value != 1))) return fault(cells_[c], "the label 0 or 1");
      if (!value) return fault(cells_[c], std::string("a number, ") + coordinates[network][c]);
      if (!(std::fabs(*value) <= widest)) return fault(cells_[c], "a number from -1000000 to 1000000");
      points.values.push_back(*value);
    }
    return {};
  }

  /// There are `rows` and more: how many.
  Error too_many(size_t rows) {
    while (!scanner_.at_end() && scanner_.row(delimiter_, cells_)) {
      ++rows;
      scanner_.skip_blank_lines();
    }
    return expected({}, "at most " + std::to_string(max_samples) + " points", rows);
  }

  std::string_view text_;
  csv::Scanner scanner_;
  bool labelled_fit_;
  char delimiter_ = ',';
  std::vector<csv::Bounds> cells_;
};

void take(Points& points, FitProblem& fit) {
  fit.data = FitData::points;
  fit.points = std::move(points.values);
  fit.domain.reset();
  fit.batches.clear();
}

void take(Points& points, NetworkProblem& network) {
  network.data.row = own_points;
  network.data.points = std::move(points.values);
  network.batches.clear();
  if (network.layers.front() == inputs_of(network.data) &&
      outputs_fit(network.layers.back(), classes_of(network.data)))
    return;
  network.layers = default_layers(network.data);
  if (network.init == Init::weights) network.init = Init::xavier;
}

/// The problem of this kind that the scenario has, or else the usual one.
template <class P>
P& problem_for(Scenario& scenario) {
  if (!std::holds_alternative<P>(scenario.problem)) scenario.problem = P{};
  return *std::get_if<P>(&scenario.problem);
}

}  // namespace

Error read_points(std::string_view csv, Scenario& scenario) {
  const auto* fit = std::get_if<FitProblem>(&scenario.problem);
  Points points;
  if (Error e = PointsReader(csv, fit && fit->model == FitModel::sigmoid).read(points)) return e;
  Scenario changed = scenario;
  if (points.columns == fit_columns)
    take(points, problem_for<FitProblem>(changed));
  else
    take(points, problem_for<NetworkProblem>(changed));
  const bool other_kind = changed.problem.index() != scenario.problem.index();
  if (other_kind || scenario.runs == default_runs(scenario)) changed.runs = default_runs(changed);
  if (Error e = validate(changed)) {
    if (e->place == "problem.data.points") e->place.clear();  // they are the file itself
    return e;
  }
  scenario = std::move(changed);
  return {};
}

}  // namespace stride
