// Sweep and compare: which rate is best, and how good is it from other starts?
#include <algorithm>
#include <cmath>

#include "core/fits/fit.h"
#include "core/math/random.h"
#include "core/rate_param.h"
#include "core/studies/study_columns.h"
#include "core/studies/study_shared.h"

namespace stride {

namespace study {

namespace {

/// Rows first .. last - 1 of a sweep.
std::vector<float> sweep_rows(const StudyProblem& problem, const Sweep& sweep, int first, int last) {
  ManyRuns request = lanes_of(problem);
  request.tolerance = lowest_known(problem) + sweep.tolerance;
  for (int i = first; i < last; ++i)
    add_lane(request, problem.start.x, problem.start.y,
             log_spaced(sweep.lr_min, sweep.lr_max, i, sweep.count));
  const ManyEnds ends = run_many(request);
  std::vector<float> rows;
  rows.reserve(SweepRow::columns * request.lr.size());
  for (std::size_t l = 0; l < request.lr.size(); ++l) {
    const bool diverged = ends.diverged_at[l] >= 0;
    rows.insert(rows.end(), {request.lr[l], diverged ? endless : ends.loss[l], ends.min_loss[l],
                             basin_of(ends, l), static_cast<float>(ends.steps_to_tolerance[l])});
  }
  return rows;
}

int sweep_tile_rows(const StudyProblem& problem, const Settings&) {
  return runs_per_tile(problem, 64);
}

int sweep_tiles(const StudyProblem& problem, const Settings& settings) {
  return tiles_for(whole_param(settings, "count"), sweep_tile_rows(problem, settings));
}

std::vector<float> sweep_tile(const StudyProblem& problem, const Settings& settings, int tile) {
  const int rows = sweep_tile_rows(problem, settings), count = whole_param(settings, "count");
  return sweep_rows(problem, sweep_of(settings), tile * rows, std::min(count, (tile + 1) * rows));
}

constexpr Param tolerance() {
  return {.key = "tolerance",
          .fallback = {1e-3},
          .min = 0,
          .log = true,
          .slider_min = 1e-8,
          .slider_max = 1,
          .help = "Counts the steps until the loss is this close to the lowest known."};
}

// ---- compare

/// Linear between the order statistics.
float quantile(const std::vector<float>& sorted, double share) {
  const double at = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(at);
  const double part = at - static_cast<double>(below);
  if (part == 0) return sorted[below];
  const double low = static_cast<double>(sorted[below]), high = static_cast<double>(sorted[below + 1]);
  return high < no_limit ? static_cast<float>(low + part * (high - low)) : endless;
}

ManyRuns spread_starts(const StudyProblem& problem, const Settings& settings, double lr) {
  ManyRuns request = lanes_of(problem);
  request.common_noise = false;
  const double spread = param(settings, "spread");
  const Domain& d = problem.domain;
  const int starts = whole_param(settings, "starts");
  for (int i = 0; i < starts; ++i) {
    const auto [u, v] = even_point(i);
    add_lane(request, problem.start.x + spread * (d.xmax - d.xmin) * (u - 0.5),
             problem.start.y + spread * (d.ymax - d.ymin) * (v - 0.5), lr);
  }
  return request;
}

/// Each start with batches of its own where a seed draws them, as each has noise of its own.
ManyEnds run_starts(const ManyRuns& request) {
  ManyEnds all;
  for (std::size_t i = 0; request.objective.fit && i < request.x.size(); ++i) {
    ManyRuns one = request;
    one.objective.fit = reseeded(*request.objective.fit, static_cast<unsigned>(i));
    if (!one.objective.fit) break;
    one.x = {request.x[i]};
    one.y = {request.y[i]};
    one.lr = {request.lr[i]};
    const ManyEnds ends = run_many(one);
    all.loss.push_back(ends.loss[0]);
    all.diverged_at.push_back(ends.diverged_at[0]);
  }
  return all.loss.empty() ? run_many(request) : all;
}

std::vector<float> compare_tile(const StudyProblem& problem, const Settings& settings, int) {
  const auto rows_of = [&](const Sweep& sweep) { return sweep_rows(problem, sweep, 0, sweep.count); };
  const Sweep sweep = wide_sweep(optimizers()[problem.optimizer.row].params[0], param(settings, "tolerance"));
  const std::vector<float> wide = rows_of(sweep);
  const int middle = best_row(wide);
  const SweepRow best =
      best_of(wide, middle < 0 ? std::vector<float>() : rows_of(narrow_sweep(sweep, middle)));
  const ManyEnds ends = run_starts(spread_starts(problem, settings, static_cast<double>(best.lr)));
  std::vector<float> losses;
  for (std::size_t l = 0; l < ends.loss.size(); ++l)
    losses.push_back(ends.diverged_at[l] >= 0 ? endless : ends.loss[l]);
  return comparison_row(best, std::move(losses));
}

}  // namespace

Sweep sweep_of(const Settings& settings) {
  return {param(settings, "lr_min"), param(settings, "lr_max"), param(settings, "tolerance"),
          whole_param(settings, "count")};
}

Sweep wide_sweep(const Param& slider, double tolerance) {
  return {slider.slider_min, slider.slider_max, tolerance, 64};
}

Sweep narrow_sweep(const Sweep& wide, int best) {
  return {log_spaced(wide.lr_min, wide.lr_max, best - 1, wide.count),
          log_spaced(wide.lr_min, wide.lr_max, best + 1, wide.count), wide.tolerance, 65};
}

SweepRow best_of(std::span<const float> wide, std::span<const float> narrow) {
  const int best = best_row(wide), finer = best_row(narrow);
  const SweepRow coarse = study_row<SweepRow>(wide, static_cast<std::size_t>(std::max(best, 0)));
  if (best < 0 || finer < 0) return coarse;
  const SweepRow fine = study_row<SweepRow>(narrow, static_cast<std::size_t>(finer));
  return fine.final_loss > coarse.final_loss ? coarse : fine;
}

std::vector<float> comparison_row(const SweepRow& best, std::vector<float> losses) {
  std::sort(losses.begin(), losses.end());
  const auto diverged =
      std::count_if(losses.begin(), losses.end(), [](float loss) { return !(loss < endless); });
  return {best.lr,
          best.final_loss,
          best.steps_to_tolerance,
          quantile(losses, 0.5),
          quantile(losses, 0.25),
          quantile(losses, 0.75),
          static_cast<float>(diverged) / static_cast<float>(losses.size())};
}

Point even_point(int i) {
  // 1/p and 1/p^2 with p^3 = p + 1: the two-dimensional golden ratio.
  const double u = 0.5 + i * 0.7548776662466927, v = 0.5 + i * 0.5698402909980532;
  return {u - std::floor(u), v - std::floor(v)};
}

Study sweep_row() {
  static constexpr Study row = {
      "sweep",
      "Sweep",
      "The same run at every rate of a range: where it diverges, and which rate is best.",
      "Sohl-Dickstein 2024, arXiv 2402.06184, for what the boundary looks like",
      {rate_param("lr_min", 1e-5, "Lowest rate."),
       rate_param("lr_max", 10, "Highest rate."),
       {.key = "count",
        .kind = Param::Kind::integer,
        .fallback = {256},
        .min = 1,
        .max = 65536,
        .slider_min = 16,
        .slider_max = 2048,
        .help = "How many rates, evenly spaced on a log axis."},
       tolerance()},
      {"lr", "final_loss", "min_loss", "outcome", "steps_to_tolerance"},
      sweep_tiles,
      sweep_tile,
      sweep_tile_rows};
  return row;
}

Study compare_row() {
  static constexpr Study row = {
      "compare",
      "Fair comparison",
      "The run at its own best rate, from many starts: its median and quartiles are harder to be lucky with.",
      "Choi et al. 2019, arXiv 1910.05446: optimizers compare only at rates tuned alike",
      {tolerance(),
       {.key = "starts",
        .kind = Param::Kind::integer,
        .fallback = {32},
        .min = 1,
        .max = 4096,
        .slider_min = 1,
        .slider_max = 256,
        .help = "How many starts around the run's own, each with noise or batches of its own."},
       {.key = "spread",
        .fallback = {0.1},
        .min = 0,
        .max = 1,
        .slider_max = 1,
        .help = "How far around the start they lie: the share of the domain's width and height."}},
      {"best_lr", "final_loss", "steps_to_tolerance", "median", "lower_quartile", "upper_quartile",
       "diverged"},
      one_row,
      compare_tile,
      one_row};
  return row;
}

}  // namespace study

int best_row(std::span<const float> sweep_rows) {
  const int count = static_cast<int>(row_count<SweepRow>(sweep_rows));
  const auto loss = [&](int i) {
    return study_row<SweepRow>(sweep_rows, static_cast<std::size_t>(i)).final_loss;
  };
  float lowest = study::endless;
  for (int i = 0; i < count; ++i) lowest = std::min(lowest, loss(i));
  if (!(lowest < study::endless)) return -1;
  const float within = lowest + 0x1p-22f * std::fabs(lowest);
  int best = -1, longest = 0;
  for (int i = 0, length = 0; i < count; ++i) {
    length = loss(i) <= within ? length + 1 : 0;
    if (length <= longest) continue;
    longest = length;
    best = i - (length - 1) / 2;
  }
  return best;
}

}  // namespace stride
