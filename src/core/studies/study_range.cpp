// The range test: one run whose rate rises, and what its losses recommend.
#include <algorithm>
#include <cmath>

#include "core/rate_param.h"
#include "core/studies/study_columns.h"
#include "core/studies/study_shared.h"

namespace stride {

namespace study {

namespace {

float finite_or_endless(double v) {
  const float single = static_cast<float>(v);
  return std::isfinite(single) ? single : endless;
}

/// A run that is remembered whole.
struct PathWalk : Walk {
  PathWalk(const StudyProblem& problem, int steps, const Rising& way)
      : descent(problem.objective, problem.start, problem.noise, steps, way.optimizer, way.schedule) {}
  bool go_on() override {
    constexpr int rows = 16;
    if (descent.advance(rows)) return true;
    path = descent.take();
    return false;
  }
  Descent descent;
  Trajectory path;
};

std::vector<float> range_tile(const StudyProblem& problem, const Settings& settings, int) {
  const int steps = whole_param(settings, "steps");
  const Rising way = rising(problem.optimizer, param(settings, "lr_min"), param(settings, "lr_max"), steps);
  Slices whole;
  const PathWalk* const walk =
      (problem.slices ? *problem.slices : whole).walk<PathWalk>(problem, steps - 1, way);
  if (!walk) return {};
  const Trajectory& run = walk->path;
  return range_rows(run.lr, run.batch_loss.empty() ? run.loss : run.batch_loss, lowest_known(problem),
                    param(settings, "smoothing"));
}

int range_tile_rows(const StudyProblem&, const Settings& settings) {
  return whole_param(settings, "steps");
}

}  // namespace

Rising rising(const Settings& optimizer, double lr_min, double lr_max, int steps) {
  const int row = find_schedule("ExponentialLR");
  const auto& params = schedules()[row].params;
  Rising out{optimizer, default_settings(row, params)};
  out.optimizer.values[0] = {lr_min};
  const double factor = math::exp(math::log(lr_max / lr_min) / std::max(1, steps - 1));
  out.schedule.values[find_param(params, "gamma")] = {factor};
  return out;
}

std::vector<float> range_rows(std::span<const double> lr, std::span<const double> losses, double floor,
                              double smoothing) {
  std::vector<float> rows;
  double average = 0, weight = 1, first = 0, lowest = no_limit;
  for (std::size_t t = 0; t < losses.size(); ++t) {
    average = smoothing * average + (1 - smoothing) * losses[t];
    weight *= smoothing;
    const double smoothed = average / (1 - weight);
    rows.insert(rows.end(),
                {static_cast<float>(lr[t]), finite_or_endless(losses[t]), finite_or_endless(smoothed)});
    if (t == 0) first = smoothed;
    lowest = std::min(lowest, smoothed);
    const bool high = smoothed - floor > 4 * (lowest - floor) && smoothed > first;
    if (high || !std::isfinite(smoothed)) break;
  }
  return rows;
}

Study range_test_row() {
  static constexpr Study row = {
      "range-test",
      "Range test",
      "The rate rises step by step within one run; where the loss falls fastest is a rate to try.",
      "Smith 2015, arXiv 1506.01186, section 3.3",
      {rate_param("lr_min", 1e-5, "Rate of the first step.", 1e-7, 100),
       rate_param("lr_max", 10, "Rate of the last step.", 1e-7, 100),
       {.key = "steps",
        .kind = Param::Kind::integer,
        .fallback = {100},
        .min = 2,
        .max = max_steps,
        .slider_min = 10,
        .slider_max = 1000,
        .unit = "steps",
        .help = "How long the rate takes to rise."},
       {.key = "smoothing",
        .fallback = {0.9},
        .min = 0,
        .max = 1,
        .open_max = true,
        .slider_max = 0.99,
        .help = "Weight of the past in the smoothed loss."}},
      {"lr", "loss", "smoothed"},
      one_row,
      range_tile,
      range_tile_rows};
  return row;
}

}  // namespace study

namespace {

struct Curve {
  std::vector<double> lr, loss;  ///< finite rows
};

Curve smoothed_of(std::span<const float> rows) {
  Curve curve;
  for (std::size_t i = 0; i < row_count<RangeTestRow>(rows); ++i) {
    const auto row = study_row<RangeTestRow>(rows, i);
    if (!std::isfinite(row.smoothed)) continue;
    curve.lr.push_back(static_cast<double>(row.lr));
    curve.loss.push_back(static_cast<double>(row.smoothed));
  }
  return curve;
}

double steepest_of(const Curve& c) {
  double fastest = 0, lr = none;
  for (std::size_t i = 0; i + 1 < c.lr.size(); ++i) {
    const double fall = c.loss[i] - c.loss[i + 1];
    if (!(fall > fastest)) continue;
    fastest = fall;
    lr = c.lr[i];
  }
  return lr;
}

/// Longest decreasing subsequence by its tails: for each length the row with the highest loss that ends one
/// (Fredman 1975, "On computing the length of longest increasing subsequences").
double valley_of(const Curve& c) {
  std::vector<std::size_t> tails, first(c.loss.size());
  std::size_t last = 0;
  for (std::size_t i = 0; i < c.loss.size(); ++i) {
    const auto at = std::partition_point(tails.begin(), tails.end(),
                                         [&](std::size_t t) { return c.loss[t] > c.loss[i]; });
    first[i] = at == tails.begin() ? i : first[*(at - 1)];
    if (at == tails.end()) {
      tails.push_back(i);
      last = i;
    } else {
      *at = i;
    }
  }
  return tails.size() < 2 ? none : c.lr[(first[last] + last) / 2];
}

}  // namespace

RangeAdvice advise(std::span<const float> range_test_rows) {
  const Curve curve = smoothed_of(range_test_rows);
  if (curve.lr.empty()) return {none, none, none};
  const auto [low, high] = std::minmax_element(curve.loss.begin(), curve.loss.end());
  if (*low == *high) return {none, none, none};  // no rate is better than another
  return {steepest_of(curve), valley_of(curve),
          curve.lr[static_cast<std::size_t>(low - curve.loss.begin())] / 10};
}

}  // namespace stride
