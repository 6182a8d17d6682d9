// Sharpness along a training, by power iteration; and the table of network studies.
#include <algorithm>
#include <cmath>

#include "core/math/random.h"
#include "core/networks/network_study_rows.h"
#include "core/stability.h"

namespace stride {

namespace network {

namespace {

constexpr unsigned start_stream = 6u << 20;

/// What a rule's step is made of, where that decides how large a rate it bears: of the gradient as it is, or over
/// a running size of each weight's gradients, which is the preconditioner.
struct Kind {
  std::string_view key;
  bool scaled, linear;
};
constexpr Kind kinds[] = {
    {"SGD", false, true},     {"ASGD", false, true},   {"Adagrad", true, true},
    {"Adadelta", true, true}, {"RMSprop", true, true}, {"Adam", true, true},
    {"AdamW", true, true},    {"Adamax", true, true},  {"NAdam", true, true},
    {"RAdam", true, true},    {"Prodigy", true, true}, {"ScheduleFreeAdamW", true, false}};

/// Neither for a rule that isn't named: the step of Lion, Rprop and Muon has a length of its own.
Kind kind_of(const Settings& optimizer) {
  const std::string_view key = optimizers()[optimizer.row].key;
  for (const Kind& kind : kinds)
    if (kind.key == key) return kind;
  return {key, false, false};
}

/// The rule as it acts on the (preconditioned) gradient: a running mean where there are betas, momentum as
/// SGD's otherwise (Cohen et al. 2022, section 2).
LinearRule rule_of(const Settings& optimizer, double momentum) {
  if (const StabilityRule known = stability_rule(optimizer, momentum); known.exists) return known.rule;
  const auto& params = optimizers()[optimizer.row].params;
  const int betas = find_param(params, "betas"), velocity = find_param(params, "momentum");
  const bool moved = momentum == momentum;
  if (betas >= 0) {
    const double beta = moved ? momentum : optimizer.values[betas][0];
    return {beta, 1 - beta};
  }
  return {velocity < 0 ? 0 : moved ? momentum : optimizer.number(velocity)};
}

double length(std::span<const double> v) {
  double sum = 0;
  for (const double x : v) sum += x * x;
  return std::sqrt(sum);
}

/// The Hessian at one place between the square roots of the inverse preconditioner.
struct Curved {
  const NetworkProblem& problem;
  const DataSet& data;
  std::span<const double> weights;
  std::vector<double> root;  ///< empty: none

  std::vector<double> times(std::vector<double> v) const {
    scale(v);
    v = hessian_times(problem, data, weights, v);
    scale(v);
    return v;
  }
  void scale(std::vector<double>& v) const {
    for (std::size_t i = 0; i < root.size(); ++i) v[i] *= root[i];
  }
};

/// The eigenvalue of H + shift that is largest in size, less the shift (von Mises and Pollaczek-Geiringer
/// 1929). `v` is where to begin, and its vector afterwards.
double power_iteration(const Curved& curved, double shift, double tolerance, int most,
                       std::vector<double>& v) {
  double value = none;
  for (int k = 0; k < most; ++k) {
    std::vector<double> next = curved.times(v);
    double rayleigh = 0;
    for (std::size_t i = 0; i < v.size(); ++i) {
      next[i] += shift * v[i];
      rayleigh += v[i] * next[i];
    }
    const double size = length(next);
    if (!(size > 0) || !std::isfinite(size)) return size == 0 ? -shift : none;
    for (std::size_t i = 0; i < v.size(); ++i) v[i] = next[i] / size;
    const bool settled = std::fabs(rayleigh - value) <= tolerance * std::fabs(rayleigh);
    value = rayleigh;
    if (settled) break;
  }
  return value - shift;
}

/// The largest eigenvalue. Where the largest in size is negative, all are moved up by it.
double largest_eigenvalue(const Curved& curved, double tolerance, int most, std::vector<double>& v) {
  const double first = power_iteration(curved, 0, tolerance, most, v);
  if (!(first < 0)) return first;
  for (std::size_t i = 0; i < v.size(); ++i) v[i] = gaussian(1, start_stream + 1, i);
  const double scale = length(v);
  for (double& x : v) x /= scale;
  return power_iteration(curved, -first, tolerance, most, v);
}

std::vector<double> sharpness_rows(const NetworkRun& run, const Settings& study) {
  SharpnessRun rows(run, study);
  std::vector<double> all;
  for (std::vector<double> row = rows.next(); !row.empty(); row = rows.next())
    all.insert(all.end(), row.begin(), row.end());
  return all;
}

}  // namespace

NetworkStudy sharpness_row() {
  using Kind = Param::Kind;
  return {"sharpness",
          "Sharpness",
          "The largest curvature along a training beside the rate: it rises until "
          "the rate is the limit.",
          "Cohen et al. 2021, arXiv 2103.00065; for adaptive rules 2022, arXiv "
          "2207.14484",
          {{.key = "every",
            .kind = Kind::integer,
            .min = 1,
            .max = max_steps,
            .slider_min = 1,
            .slider_max = 100,
            .unit = "steps",
            .help = "How many steps lie between two rows; left out: a fiftieth of "
                    "all."},
           {.key = "iterations",
            .kind = Kind::integer,
            .fallback = {200},
            .min = 1,
            .max = 10000,
            .slider_min = 10,
            .slider_max = 1000,
            .help = "The most power iterations of a row."},
           {.key = "tolerance",
            .fallback = {1e-6},
            .min = 0,
            .max = 1,
            .log = true,
            .slider_min = 1e-10,
            .slider_max = 0.1,
            .help = "They end where the curvature changes by less than this share."}},
          {"step", "lr", "sharpness", "limit"},
          sharpness_rows};
}

}  // namespace network

struct SharpnessRun::State {
  NetworkRun run;
  double tolerance;
  int most, every;
  DataSet data;
  TrainingRun training;
  std::vector<double> v;  ///< the last row's vector, where the next one begins
};

SharpnessRun::SharpnessRun(const NetworkRun& run, const Settings& study) {
  using network::value_of;
  const double every = value_of(study, "every");
  state_ = std::make_unique<State>(
      State{run, value_of(study, "tolerance"), static_cast<int>(value_of(study, "iterations")),
            every == every ? static_cast<int>(every) : std::max(1, run.steps / 50),
            make_dataset(run.problem.data), TrainingRun(run.problem, run.steps, run.optimizer, run.schedule),
            std::vector<double>(static_cast<std::size_t>(weight_count(run.problem.layers)))});
  State& s = *state_;
  s.training.keep_rates();
  for (std::size_t i = 0; i < s.v.size(); ++i) s.v[i] = gaussian(1, network::start_stream, i);
  const double first = network::length(s.v);
  for (double& x : s.v) x /= first;
  s.training.advance(1);
}

SharpnessRun::~SharpnessRun() = default;
SharpnessRun::SharpnessRun(SharpnessRun&&) noexcept = default;

int SharpnessRun::rows() const {
  return (state_->run.steps + state_->every - 1) / state_->every;
}

std::vector<double> SharpnessRun::next() {
  using namespace network;
  State& s = *state_;
  for (int t = s.training.result().size() - 1; t < s.run.steps; ++t) {
    const std::vector<double> weights = s.training.result().weights;
    const bool more = s.training.advance(1) || s.training.result().size() > t + 1;
    const Training& now = s.training.result();
    if (!more || now.diverged_at >= 0) return {};
    if (t % s.every != 0) continue;
    const auto row = static_cast<std::size_t>(t);
    const network::Kind kind = kind_of(s.run.optimizer);
    Curved curved{s.run.problem, s.data, weights, {}};
    if (kind.scaled)
      for (const double rate : now.rates) curved.root.push_back(std::sqrt(rate / now.lr[row]));
    const double sharpness = largest_eigenvalue(curved, s.tolerance, s.most, s.v);
    const double limit =
        kind.linear ? stability_limit(rule_of(s.run.optimizer, now.momentum[row]), sharpness) : none;
    return {static_cast<double>(t), now.lr[row], sharpness, limit};
  }
  return {};
}

std::span<const NetworkStudy> network_studies() {
  static const std::vector<NetworkStudy> all = {network::landscape_row(), network::sharpness_row()};
  return all;
}

int find_network_study(std::string_view key) {
  const std::span<const NetworkStudy> all = network_studies();
  for (int i = 0; i < static_cast<int>(all.size()); ++i)
    if (key == all[static_cast<std::size_t>(i)].key) return i;
  return -1;
}

}  // namespace stride
