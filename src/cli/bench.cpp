// `stride bench`: how many steps a second the optimizers, the studies and the training make on this machine.
#include <chrono>

#include "cli/cli.h"
#include "core/many_runs.h"
#include "core/math/wide.h"
#include "core/networks/network_study.h"
#include "core/networks/real_data.h"
#include "core/optimizers/custom/custom_rule.h"
#include "core/studies/study.h"
#include "scenario/documents/reading.h"
#include "scenario/documents/writing.h"

namespace stride::cli {

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

volatile double sink;  // keeps the work from being optimised away

/// Calls of `work` a second, the best of three rounds of `seconds` / 3 each: the machine's noise only ever
/// slows.
template <class Work>
double rate_of(double seconds, Work work) {
  sink = work();  // warms the caches
  double best = 0;
  for (int round = 0; round < 3; ++round) {
    const auto start = Clock::now();
    int calls = 0;
    double spent = 0;
    do {
      sink = work();
      ++calls;
      spent = seconds_since(start);
    } while (spent < seconds / 3);
    best = std::max(best, calls / spent);
  }
  return best;
}

double particle_steps(int surface, const Settings& settings, double seconds) {
  constexpr int steps = 64;
  const Objective objective{surface, nullptr};
  const double calls =
      rate_of(seconds, [&] { return bench_many(objective, settings, lanes_at_once, steps); });
  return calls * lanes_at_once * steps;
}

/// Training steps a second of Adam, full batch but where the problem says otherwise; the loss of all data is taken
/// at every so many steps.
double training_steps(const NetworkProblem& problem, Precision precision, int measured_every,
                      double seconds) {
  constexpr int steps = 200;
  const Run run = default_run(find_optimizer("Adam"));
  const auto work = [&] {
    TrainingRun training(problem, steps, run.optimizer, run.schedule, precision);
    training.measure_every(measured_every);
    while (training.advance(steps)) {
    }
    return training.result().loss.back();
  };
  return rate_of(seconds, work) * steps;
}

NetworkProblem network_of(const char* data, int samples, int batch_size, std::vector<int> layers) {
  NetworkProblem problem;
  problem.data.row = find_dataset(data);
  problem.data.samples = samples;
  problem.batch_size = batch_size;
  problem.layers = std::move(layers);
  return problem;
}

OrderedJson rounded(double value) {
  char digits[32];
  std::snprintf(digits, sizeof digits, "%.4g", value);
  return number_json(*parse_number(digits));
}

/// How many times longer the steps on Rosenbrock take with an optimizer's rule as a rule of one's own.
OrderedJson custom_figures(int only_optimizer, double seconds) {
  const int surface = find_surface("rosenbrock"), custom = find_optimizer("Custom");
  OrderedJson figures = OrderedJson::object();
  for (int o = 0; o < static_cast<int>(point_optimizers().size()); ++o) {
    const Settings built_in = default_run(o).optimizer;
    Settings own = default_run(custom).optimizer;
    own.values[0] = built_in.values[0];
    own.formula = rule_as_text(built_in);
    if (o == custom || own.formula.empty() || (only_optimizer >= 0 && only_optimizer != o)) continue;
    const double rate = particle_steps(surface, built_in, seconds);
    figures[optimizers()[o].key] = rounded(rate / particle_steps(surface, own, seconds));
  }
  return figures;
}

/// Milliseconds that a study takes on Rosenbrock, all of its tiles in one thread.
double study_milliseconds(const char* key, int size, int steps, const char* optimizer, double seconds) {
  const int surface = find_surface("rosenbrock"), row = find_study(key);
  const Surface& s = surfaces()[surface];
  const Run run = default_run(find_optimizer(optimizer));
  const StudyProblem problem{{surface, nullptr}, s.domain,     s.start, {}, steps,
                             run.optimizer,      run.schedule, s.minima};
  Settings settings = default_settings(row, studies()[row].params);
  if (const int i = find_param(studies()[row].params, "size"); i >= 0) settings.values[i] = {double(size)};
  return 1000 / rate_of(seconds, [&] { return static_cast<double>(run_study(problem, settings).back()); });
}

/// What a page asks for while a hand drags, and when it rests.
OrderedJson study_figures(double seconds) {
  return {{"basins_512x512_200_adam", rounded(study_milliseconds("basins", 512, 200, "Adam", seconds))},
          {"basins_128x128_200_adam", rounded(study_milliseconds("basins", 128, 200, "Adam", seconds))},
          {"sweep_256_500_adam", rounded(study_milliseconds("sweep", 0, 500, "Adam", seconds))},
          {"sweep_256_500_sgd", rounded(study_milliseconds("sweep", 0, 500, "SGD", seconds))}};
}

/// Milliseconds of 64 networks side by side for 200 steps each, and of a landscape around one training's weights.
double strip_milliseconds(double seconds) {
  const int row = find_study("sweep");
  Settings sweep = default_settings(row, studies()[row].params);
  sweep.values[find_param(studies()[row].params, "lr_max")] = {0.01};  // none of them ends before its time
  sweep.values[find_param(studies()[row].params, "count")] = {64};
  const Run run = default_run(find_optimizer("Adam"));
  const NetworkRun training{{}, 200, run.optimizer, run.schedule};
  return 1000 / rate_of(seconds, [&] { return static_cast<double>(training_study(training, sweep).back()); });
}

double landscape_milliseconds(const NetworkProblem& problem, double seconds) {
  const NetworkStudy& row = network_studies()[find_network_study("landscape")];
  Settings study = default_settings(find_network_study("landscape"), row.params);
  study.values[find_param(row.params, "size")] = {65};
  study.values[find_param(row.params, "step")] = {0};
  const Run run = default_run(find_optimizer("Adam"));
  const NetworkRun training{problem, 1, run.optimizer, run.schedule};
  return 1000 / rate_of(seconds, [&] { return landscape_rows(training, study, Precision::single).back(); });
}

/// 2-8-8-1 tanh on 512 points, and digits 64-32-10 by batches of 64.
OrderedJson training_figures(double seconds) {
  const NetworkProblem small = network_of("moons", 512, 0, {2, 8, 8, 1});
  const NetworkProblem digits = network_of("digits", digits_count, 64, {64, 32, 10});
  const auto steps = [&](const NetworkProblem& p, Precision precision, int every) {
    return rounded(training_steps(p, precision, every, seconds));
  };
  return {{"small_single_steps_per_second", steps(small, Precision::single, 1)},
          {"small_double_steps_per_second", steps(small, Precision::double_, 1)},
          {"digits_single_steps_per_second", steps(digits, Precision::single, 1000)},
          {"digits_measured_every_10_steps_per_second", steps(digits, Precision::single, 10)},
          {"strip_64x200_milliseconds", rounded(strip_milliseconds(seconds))},
          {"landscape_65x65_milliseconds", rounded(landscape_milliseconds(small, seconds))}};
}

}  // namespace

Result bench(const BenchRequest& request) {
  int only_surface = -1, only_optimizer = -1;
  if (request.surface)
    if (Error e = read_surface_name(*request.surface, {nullptr, "--surface"}, only_surface))
      return {"", std::move(e)};
  if (request.optimizer)
    if (Error e = read_optimizer_type(*request.optimizer, {nullptr, "--optimizer"}, only_optimizer))
      return {"", std::move(e)};
  double seconds = 0;
  if (Error e = read_number(json_of(request.seconds), 0.001, 60, {nullptr, "--seconds"}, seconds))
    return {"", std::move(e)};
  double vectors = math::widest_vector();
  if (request.vectors)
    if (Error e = read_number(json_of(*request.vectors), 16, 64, {nullptr, "--vectors"}, vectors))
      return {"", std::move(e)};
  math::use_vectors(vectors < 32 ? 16 : vectors < 64 ? 32 : 64);
  OrderedJson document = {{"lanes", lanes_at_once}, {"vector_bytes", math::vector_bytes()}};
  OrderedJson& figures = document["million_particle_steps_per_second"] = OrderedJson::object();
  for (int s = 0; s < static_cast<int>(surfaces().size()); ++s) {
    if (only_surface >= 0 && s != only_surface) continue;
    OrderedJson row = OrderedJson::object();
    for (int o = 0; o < static_cast<int>(point_optimizers().size()); ++o)
      if (only_optimizer < 0 || o == only_optimizer)
        row[optimizers()[o].key] = rounded(particle_steps(s, default_run(o).optimizer, seconds) * 1e-6);
    figures[surfaces()[s].key] = std::move(row);
  }
  document["custom_times_built_in"] = custom_figures(only_optimizer, seconds);
  document["training_steps_per_second"] =
      rounded(training_steps({}, Precision::double_, 1, std::max(seconds, 0.1)));
  document["training"] = training_figures(seconds);
  document["study_milliseconds"] = study_figures(seconds);
  return {write_json(document, 2) + "\n", {}};
}

}  // namespace stride::cli
