#include "jobs/training.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <string_view>
#include <utility>

#include "core/networks/network_study.h"
#include "core/networks/real_data.h"
#include "core/networks/side_by_side/trainings_side_by_side.h"
#include "jobs/jobs.h"
#include "jobs/landscape.h"

namespace stride::jobs {

namespace {

/// Numbers of arithmetic that take about a millisecond in the page.
constexpr double per_ms = 5e5;
constexpr double tile_ms = 6, soon_ms = 250;
constexpr size_t most_kept = 6'000'000;  // weights that are kept of one training

enum { measure_param, single_param, from_param };

double pass_cost(const NetworkProblem& problem, double samples, bool gradient) {
  double units = 0;
  for (size_t l = 1; l < problem.layers.size(); ++l) units += problem.layers[l];
  return samples * (weight_count(problem.layers) * (gradient ? 3.0 : 1.0) + 12 * units);
}

/// What a step costs where the whole loss is taken at every so many-th.
double step_cost(const NetworkProblem& problem, int measure_every) {
  const int training = training_samples_of(problem.data), all = samples_of(problem.data);
  const Batches batches = batches_of(problem);
  const double update = 20.0 * weight_count(problem.layers);
  if (batches.full())
    return update + pass_cost(problem, training, true) + pass_cost(problem, all - training, false);
  const double batch = static_cast<double>(training) / batches.epoch_length();
  return update + pass_cost(problem, batch, true) + pass_cost(problem, all, false) / measure_every;
}

int rows_within(double ms, const NetworkProblem& problem, const Settings& how) {
  const double cost = step_cost(problem, how.integer(measure_param)) * (how.toggle(single_param) ? 0.5 : 1);
  return static_cast<int>(std::clamp(ms * per_ms / cost, 1.0, 4096.0));
}

Settings how_to(int measure_every, bool single) {
  Settings how;
  how.values = {{static_cast<double>(measure_every)}, {single ? 1.0 : 0.0}, {0}};
  return how;
}

TrainingRun begin(const NetworkProblem& problem, int steps, const Run& run, const Settings& how) {
  TrainingRun training(problem, steps, run.optimizer, run.schedule,
                       how.toggle(single_param) ? Precision::single : Precision::double_);
  training.measure_every(how.integer(measure_param));
  if (keeps_average(run)) training.keep_average(run.ema);
  return training;
}

const NetworkProblem& network_in(const Scenario& scenario) {
  return *std::get_if<NetworkProblem>(&scenario.problem);
}

/// What a training takes of which only the last loss is asked for, in single precision: measured in the page.
double pixel_ms(const NetworkProblem& problem, int steps) {
  return 0.1 * step_cost(problem, max_steps) * (steps + 1) / per_ms;
}

/// How a study of rates is cut: into pixels or rates, or where trainings follow on each other into steps.
struct RateTiles {
  int rows = 1, each = 1;
};

RateTiles cut_of(const Request& request) {
  constexpr int most = 20000;
  const auto& params = studies()[static_cast<size_t>(request.study.row)].params;
  const NetworkProblem& problem = network_in(request.scenario);
  const double each_ms = pixel_ms(problem, request.scenario.steps);
  constexpr double long_ms = 50;  // whoever computes a tile ends it, wanted or not
  if (const int count = find_param(params, "count"); count >= 0)
    return {request.study.integer(count), each_ms > long_ms ? 1 : TrainingsSideBySide::most};
  if (const int size = find_param(params, "size"); size >= 0) {
    const int width = request.study.integer(size);
    return {width * width, static_cast<int>(std::clamp(tile_ms / each_ms, 1.0, 1.0 * width))};
  }
  const int steps = TrainingsInTurn(training_in(request), request.study).steps();
  return {steps, std::max(rows_within(tile_ms, problem, how_to(1, true)), steps / most)};
}

/// Which columns there are beside those that every training has.
enum { with_validation = 1, with_average = 2 };

/// The columns of a row, beside those that every layer has.
template <class Rows, class Each>
void each_column(Rows& rows, int with, const Each& each) {
  each(rows.loss);
  each(rows.batch_loss);
  each(rows.accuracy);
  each(rows.lr);
  each(rows.momentum);
  if (with & with_validation) each(rows.validation_loss), each(rows.validation_accuracy);
  if (!(with & with_average)) return;
  each(rows.average.loss);
  each(rows.average.accuracy);
  if (with & with_validation) each(rows.average.validation_loss), each(rows.average.validation_accuracy);
}

template <class Rows>
int columns_of(const Rows& rows) {
  return (rows.validation_loss.empty() ? 0 : with_validation) |
         (rows.average.loss.empty() ? 0 : with_average);
}

template <class Rows, class Each>
void each_size(Rows& rows, const Each& each) {
  each(rows.weight_size);
  each(rows.gradient_size);
  each(rows.update_size);
}

void put(std::vector<float>& out, std::span<const double> numbers) {
  const size_t at = out.size();
  out.resize(at + 2 * numbers.size());
  std::memcpy(out.data() + at, numbers.data(), numbers.size() * sizeof(double));
}

/// Reads what put() has written.
class Reader {
 public:
  explicit Reader(std::span<const float> numbers) : rest_(numbers) {}
  void doubles(std::vector<double>& out, size_t count, size_t at) {
    out.resize(at + count);
    std::memcpy(out.data() + at, rest_.data(), count * sizeof(double));
    rest_ = rest_.subspan(2 * count);
  }
  int whole() {
    const int value = static_cast<int>(rest_[0]);
    rest_ = rest_.subspan(1);
    return value;
  }
  std::span<const float> rest() const { return rest_; }

 private:
  std::span<const float> rest_;
};

/// A tile: how many rows, the row of divergence, which columns there are, the rows column by column, the weights that
/// are kept.
class RowTiles {
 public:
  explicit RowTiles(const Request& request)
      : scenario_(request.scenario),
        run_(scenario_.runs[static_cast<size_t>(request.run)]),
        how_(request.study),
        known_(no_rows(network_in(scenario_), scenario_.steps)),
        per_tile_(rows_within(tile_ms, network_in(scenario_), how_)) {}

  std::vector<float> operator()(int tile) {
    const int first = tile * per_tile_;
    if (!training_ || training_->result().size() > first)
      training_ = std::make_shared<TrainingRun>(begin(network_in(scenario_), scenario_.steps, run_, how_));
    if (const int missing = first - training_->result().size(); missing > 0) training_->advance(missing);
    std::vector<float> weights;
    for (int i = 0; i < per_tile_; ++i) {
      const int before = training_->result().size();
      training_->advance(1);
      if (training_->result().size() == before) break;
      if (!keeps(before)) continue;
      const std::vector<double>& now = training_->result().weights;
      weights.insert(weights.end(), now.begin(), now.end());
    }
    return packed(first, weights);
  }

 private:
  bool keeps(int row) const {
    const int from = how_.integer(from_param);
    return from > 0 ? row >= from && row < from + known_.kept_every - 1 : row % known_.kept_every == 0;
  }

  std::vector<float> packed(int first, const std::vector<float>& weights) const {
    const Training& all = training_->result();
    const int with = columns_of(all);
    const size_t from = static_cast<size_t>(std::min(first, all.size())),
                 rows = static_cast<size_t>(all.size()) - from, layers = static_cast<size_t>(known_.layers);
    std::vector<float> out = {static_cast<float>(rows), static_cast<float>(all.diverged_at),
                              static_cast<float>(with)};
    each_column(all, with, [&](const std::vector<double>& c) { put(out, std::span(c).subspan(from, rows)); });
    // The change before the first row is known now.
    const size_t changed = from > 0 ? from - 1 : from;
    each_size(all, [&](const std::vector<double>& c) {
      put(out, std::span(c).subspan(changed * layers, (from + rows - changed) * layers));
    });
    out.insert(out.end(), weights.begin(), weights.end());
    return out;
  }

  Scenario scenario_;
  Run run_;
  Settings how_;
  TrainingRows known_;
  int per_tile_;
  std::shared_ptr<TrainingRun> training_;
};

}  // namespace

std::span<const float> TrainingRows::weights_at(int row, int& kept) const {
  const size_t count = static_cast<size_t>(weight_count);
  const int last = static_cast<int>(weights.size() / std::max<size_t>(count, 1)) - 1;
  const int at = std::clamp(row / kept_every, 0, std::max(last, 0));
  kept = at * kept_every;
  return last < 0 ? std::span<const float>()
                  : std::span(weights).subspan(static_cast<size_t>(at) * count, count);
}

std::span<const Param> training_params() {
  static const std::vector<Param> params = {
      {.key = "measure_every", .kind = Param::Kind::integer, .fallback = {1}, .min = 1, .max = max_steps},
      {.key = "single", .kind = Param::Kind::toggle, .fallback = {0}},
      {.key = "from", .kind = Param::Kind::integer, .fallback = {0}, .min = 0, .max = max_steps}};
  return params;
}

Settings replay_from(int kept, const Run& run, int steps) {
  const bool listens = ScheduleRun(run.schedule, run.optimizer.number(0), steps).listens();
  Settings how = how_to(listens ? 1 : max_steps, false);
  how.values[from_param] = {static_cast<double>(kept + 1)};
  return how;
}

std::vector<Settings> training_stages(const NetworkProblem& problem, int steps) {
  const Settings exact = how_to(1, false);
  if (training_ms(problem, steps) < soon_ms) return {exact};
  const double whole = pass_cost(problem, samples_of(problem.data), false);
  const int every = static_cast<int>(std::clamp(2 * whole / step_cost(problem, max_steps), 1.0, 32.0));
  return {how_to(batches_of(problem).full() ? 1 : every, true), exact};
}

int training_tiles(const Request& request) {
  const int rows = request.scenario.steps + 1;
  const int each = rows_within(tile_ms, network_in(request.scenario), request.study);
  return (rows + each - 1) / each;
}

std::function<std::vector<float>(int)> make_training(const Request& request) {
  return RowTiles(request);
}

bool has_data(const Scenario& scenario) {
  const auto* network = std::get_if<NetworkProblem>(&scenario.problem);
  if (!network || network->data.row == own_points) return true;
  return !digits_table().empty() ||
         datasets()[static_cast<size_t>(network->data.row)].inputs != digits_pixels;
}

double training_ms(const NetworkProblem& problem, int steps) {
  return step_cost(problem, 1) * steps / per_ms;
}

bool is_quick(const Scenario& scenario) {
  constexpr double quick_ms = 60;
  const auto* network = std::get_if<NetworkProblem>(&scenario.problem);
  return !network || (has_data(scenario) && training_ms(*network, scenario.steps) < quick_ms);
}

bool rates_apart(const Request& request) {
  const std::string_view key = studies()[static_cast<size_t>(request.study.row)].key;
  return key == "sweep" || key == "map";
}

int rate_tiles(const Request& request) {
  const RateTiles cut = cut_of(request);
  return (cut.rows + cut.each - 1) / cut.each;
}

std::function<std::vector<float>(int)> make_rates(const Request& request) {
  const RateTiles cut = cut_of(request);
  NetworkRun run = training_in(request);
  if (rates_apart(request))
    return [run = std::move(run), study = request.study, cut](int tile) {
      return rows_of_trainings(run, study, tile * cut.each, (tile + 1) * cut.each);
    };
  return [run = std::move(run), study = request.study, cut, last = rate_tiles(request) - 1,
          way = std::shared_ptr<TrainingsInTurn>(), next = 0](int tile) mutable {
    if (!way || tile < next) way = std::make_shared<TrainingsInTurn>(run, study), next = 0;
    for (; next <= tile; ++next) way->advance(next == last ? cut.rows : cut.each);
    return tile == last ? way->rows() : nothing();
  };
}

std::function<std::vector<float>(int)> make_rate_slices(const Request& request) {
  return [run = training_in(request), study = request.study, cut = cut_of(request),
          steps =
              rows_within(tile_ms / TrainingsSideBySide::most, network_in(request.scenario), how_to(1, true)),
          way = std::shared_ptr<TrainingsInTurn>(), of = -1](int tile) mutable {
    if (!way || of != tile)
      way = std::make_shared<TrainingsInTurn>(run, study, tile * cut.each, (tile + 1) * cut.each), of = tile;
    way->advance(steps);
    std::vector<float> rows = way->rows();
    if (!rows.empty()) way.reset();
    return rows;
  };
}

StudyProblem outline_of(const Scenario& scenario, int run) {
  return stride::outline_of(training_in({scenario, run, {}}));
}

std::vector<double> map_sizes_of(const Scenario& scenario) {
  constexpr double soon = 2 * 300, patience = 2 * 20000;  // of two workers
  const double each = pixel_ms(network_in(scenario), scenario.steps);
  std::vector<double> sizes = {std::clamp(std::floor(std::sqrt(soon / each)), 4.0, 32.0)};
  while (sizes.back() < 128 && 4 * sizes.back() * sizes.back() * each < patience)
    sizes.push_back(2 * sizes.back());
  return sizes;
}

bool is_bearable(const Scenario& scenario) {
  constexpr double longest = 300;  // of two workers, in all some ten seconds
  return has_data(scenario) && pixel_ms(network_in(scenario), scenario.steps) < longest;
}

TrainingRows no_rows(const NetworkProblem& problem, int steps) {
  TrainingRows rows;
  rows.layers = static_cast<int>(problem.layers.size()) - 1;
  rows.weight_count = weight_count(problem.layers);
  const size_t all = static_cast<size_t>(steps + 1) * static_cast<size_t>(rows.weight_count);
  rows.kept_every = static_cast<int>(all / most_kept) + 1;
  return rows;
}

void append_tile(std::span<const float> tile, TrainingRows& out) {
  Reader reader(tile);
  const size_t rows = static_cast<size_t>(reader.whole()), at = static_cast<size_t>(out.size());
  out.diverged_at = reader.whole();
  const int with = reader.whole();
  each_column(out, with, [&](std::vector<double>& c) { reader.doubles(c, rows, at); });
  const size_t changed = at > 0 ? at - 1 : at, layers = static_cast<size_t>(out.layers);
  each_size(out, [&](std::vector<double>& c) {
    reader.doubles(c, (at + rows - changed) * layers, changed * layers);
  });
  out.weights.insert(out.weights.end(), reader.rest().begin(), reader.rest().end());
}

TrainingRows rows_before(const TrainingRows& rows, const Run& run, int steps) {
  const Hyper hyper = hyper_of(run.optimizer);
  ScheduleRun schedule(run.schedule, hyper.values[0], steps);
  TrainingRows out;
  out.layers = rows.layers;
  out.weight_count = rows.weight_count;
  out.kept_every = rows.kept_every;
  if (schedule.listens()) return out;
  size_t same = 0;
  Rate rate = schedule.rate();
  const auto is_same = [&](size_t t) {
    return rows.lr[t] == rate.lr && (rows.momentum[t] == rate.momentum || std::isnan(rate.momentum));
  };
  for (; same < rows.lr.size() && is_same(same); ++same) {
    schedule.advance(0);
    rate = schedule.rate();
  }
  if (same == 0 || same == rows.lr.size())
    return out;  // nothing is to be kept, or it is not the schedule that changed
  const size_t keep = same + 1, layers = static_cast<size_t>(rows.layers);
  const auto first = [](const auto& all, size_t count) {
    return std::vector(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(std::min(count, all.size())));
  };
  std::vector<const std::vector<double>*> all;
  const auto list = [&](const std::vector<double>& column) { all.push_back(&column); };
  const int with = columns_of(rows);
  each_column(rows, with, list);
  each_size(rows, list);
  size_t next = 0;
  each_column(out, with, [&](std::vector<double>& column) { column = first(*all[next++], keep); });
  each_size(out, [&](std::vector<double>& column) { column = first(*all[next++], keep * layers); });
  out.lr.back() = rate.lr;
  out.momentum.back() = rate.momentum;
  const size_t kept = (keep - 1) / static_cast<size_t>(rows.kept_every) + 1;
  out.weights = first(rows.weights, kept * static_cast<size_t>(rows.weight_count));
  return out;
}

TrainingRows first_rows(const Scenario& scenario, const Run& run, int steps, bool all) {
  const NetworkProblem& problem = network_in(scenario);
  Request request{scenario, 0, training_stages(problem, steps)[0], Request::Kind::training};
  request.scenario.runs = {run};
  request.scenario.steps = steps;
  if (all) request.study = how_to(1, false);
  RowTiles tiles(request);
  TrainingRows rows = no_rows(problem, steps);
  const int count = all ? training_tiles(request) : 1;
  for (int tile = 0; tile < count; ++tile) append_tile(tiles(tile), rows);
  rows.ended = rows.size() > steps || rows.diverged_at >= 0;
  return rows;
}

}  // namespace stride::jobs
