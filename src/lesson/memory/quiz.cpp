#include "lesson/memory/quiz.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <utility>

#include "core/math/math.h"
#include "lesson/lesson_shared.h"

namespace stride {

namespace {

class Draw {
 public:
  explicit Draw(unsigned seed) : random_(seed) {}
  /// Between these two, evenly in the logarithm, as people write it.
  std::string rate(double from, double to) {
    return figure2(from * math::exp(part() * math::log(to / from)));
  }
  std::string number(double from, double to) { return figure2(from + (to - from) * part()); }
  int whole(int from, int to) { return from + static_cast<int>(part() * (to - from + 1)); }

 private:
  static std::string figure2(double value) {
    char words[32];
    std::snprintf(words, sizeof words, "%.2g", value);
    return words;
  }
  double part() { return static_cast<double>(random_()) / 4294967296.0; }
  std::mt19937 random_;
};

double mean(const Trajectory& path, size_t from, size_t to) {
  const auto at = [&](size_t t) { return path.loss.begin() + static_cast<long>(t); };
  return std::accumulate(at(from), at(to), 0.0) / static_cast<double>(to - from);
}
/// The second quarter of the rows: what came first is over.
double early(const Trajectory& path) {
  const size_t rows = path.loss.size();
  return mean(path, rows / 4, rows / 2);
}

/// The losses at high and at low rates, and how often the rate rose from one to the other.
struct Swing {
  double high = 0, low = 0;
  int rises = 0;
};
Swing swing_of(const Trajectory& path) {
  const auto [least, most] = std::minmax_element(path.lr.begin(), path.lr.end());
  const double middle = (*least + *most) / 2;
  Swing s;
  int highs = 0, lows = 0;
  for (size_t t = path.loss.size() / 4; t < path.loss.size(); ++t) {
    // A loss is what the rates before it have made.
    const bool high = path.lr[t - 1] > middle;
    (high ? s.high : s.low) += path.loss[t];
    ++(high ? highs : lows);
    s.rises += high && path.lr[t - 2] <= middle;
  }
  s.high /= std::max(highs, 1);
  s.low /= std::max(lows, 1);
  return s;
}

/// The settings of a run that may show this.
std::string query_of(CurveKind kind, Draw& draw) {
  std::string query = "start=-" + draw.number(3, 4.5) + "," + draw.number(1, 2.2) +
                      "&noise=" + draw.number(0.7, 1.4) + "&seed=" + std::to_string(draw.whole(1, 1000000)) +
                      "&lr=";
  const int way = draw.whole(0, 2);
  switch (kind) {
    case CurveKind::too_low:
      return query + draw.rate(0.001, 0.004);
    case CurveKind::too_high:
      return query + (way == 0 ? draw.number(0.205, 0.24) : draw.number(0.13, 0.19));
    case CurveKind::decayed:
      query += draw.number(0.12, 0.18);
      if (way == 0) return query + "&schedule=CosineAnnealingLR&T_max=200";
      if (way == 1) return query + "&schedule=ExponentialLR&schedule.gamma=" + draw.number(0.97, 0.984);
      return query + "&schedule=StepLR&step_size=" + std::to_string(draw.whole(60, 95)) +
             "&schedule.gamma=" + draw.number(0.08, 0.2);
    case CurveKind::cyclic:
      if (way == 0)
        return query + draw.number(0.13, 0.18) +
               "&schedule=CosineAnnealingWarmRestarts&T_0=" + std::to_string(draw.whole(35, 50));
      return query + "0.1&schedule=CyclicLR&cycle_momentum=false&base_lr=" + draw.rate(0.005, 0.01) +
             "&max_lr=" + draw.number(0.13, 0.19) + "&step_size_up=" + std::to_string(draw.whole(18, 28));
  }
  return query;
}

/// By kind: a run that does show it.
constexpr const char* sure_queries[curve_kinds] = {"lr=0.002", "lr=0.22",
                                                   "lr=0.15&schedule=CosineAnnealingLR&T_max=200",
                                                   "lr=0.17&schedule=CosineAnnealingWarmRestarts&T_0=48"};

Scenario of_query(const std::string& query) {
  Scenario scenario = default_scenario();
  decode_link("?surface=quad_k10&steps=200&optimizer=SGD&" + query, scenario);
  return scenario;
}

/// The same noise at a constant rate.
Trajectory at_rate(const Scenario& scenario, double rate) {
  Run run = default_run(find_optimizer("SGD"));
  *value_of(run, "lr") = rate;
  return trajectory_of(scenario, run);
}

}  // namespace

const char* words_of(CurveKind kind) {
  switch (kind) {
    case CurveKind::too_low:
      return "A rate that is too low";
    case CurveKind::too_high:
      return "A rate that is too high";
    case CurveKind::decayed:
      return "A rate that decays";
    case CurveKind::cyclic:
      return "A rate that goes up and down in cycles";
  }
  return "";
}

std::optional<CurveKind> kind_shown(const Trajectory& path) {
  const double start = path.loss.front();
  if (path.diverged_at >= 0) return CurveKind::too_high;
  const double before = early(path), last = tail_loss(path);
  if (last > start) return CurveKind::too_high;
  const Swing swing = swing_of(path);
  if (swing.rises >= 3) return swing.high > 4 * swing.low ? std::optional(CurveKind::cyclic) : std::nullopt;
  // Far from the ground when a quarter is over, and still on the way.
  if (before > 0.1 * start) return last < 0.9 * before ? std::optional(CurveKind::too_low) : std::nullopt;
  if (last < before / 6) return CurveKind::decayed;
  // On a floor that does not sink.
  if (before < 0.05 * start && last > before / 1.5 && last < before * 1.5) return CurveKind::too_high;
  return std::nullopt;
}

Scenario draw_curve(CurveKind kind, unsigned seed, int tries) {
  Draw draw(seed);
  for (int i = 0; i < tries; ++i) {
    Scenario scenario = of_query(query_of(kind, draw));
    if (kind_shown(trajectory_of(scenario, scenario.runs[0])) == kind) return scenario;
  }
  return of_query(std::string("start=-4,1.5&noise=1&seed=1&") + sure_queries[static_cast<int>(kind)]);
}

std::string why_so(CurveKind kind, const Scenario& scenario) {
  const Trajectory path = trajectory_of(scenario, scenario.runs[0]);
  const double rate = path.lr.front();
  const std::string before = figure(early(path)), last = figure(tail_loss(path));
  switch (kind) {
    case CurveKind::too_low:
      return tr(
          "The rate is {0} all the way. The loss is still on its way down when the steps are over: {1} in "
          "the "
          "second quarter, {2} in the last. At ten times the rate it is {3} there.",
          {figure(rate), before, last, figure(tail_loss(at_rate(scenario, 10 * rate)))});
    case CurveKind::too_high:
      if (path.diverged_at >= 0 || tail_loss(path) > path.loss.front())
        return tr(
            "The rate is {0}: each step leads further up the other side. From {1} the loss has risen to {2}.",
            {figure(rate), figure(path.loss.front()), figure(path.loss.back())});
      return tr(
          "The rate is {0} all the way. The noise keeps the walker off the ground: the loss stays about {1}. "
          "At a "
          "fifth of the rate it is {2} in the last quarter.",
          {figure(rate), last, figure(tail_loss(at_rate(scenario, rate / 5)))});
    case CurveKind::decayed:
      return tr(
          "The rate falls from {0} to {1}, and the floor falls with it: {2} in the second quarter, {3} in "
          "the "
          "last. Had it stayed at {0}, it would be {4}.",
          {figure(rate), figure(path.lr.back()), before, last, figure(tail_loss(at_rate(scenario, rate)))});
    case CurveKind::cyclic: {
      const auto [least, most] = std::minmax_element(path.lr.begin(), path.lr.end());
      const Swing swing = swing_of(path);
      return tr(
          "The rate goes between {0} and {1}, and the loss with it: while the rate is high it is {2} on "
          "average, "
          "while it is low {3}.",
          {figure(*least), figure(*most), figure(swing.high), figure(swing.low)});
    }
  }
  return {};
}

std::vector<CurveKind> draw_quiz(unsigned seed) {
  Draw draw(seed);
  std::vector<CurveKind> kinds;
  for (int i = 0; i < curve_kinds; ++i) kinds.push_back(static_cast<CurveKind>(i));
  while (static_cast<int>(kinds.size()) < quiz_length)
    kinds.push_back(static_cast<CurveKind>(draw.whole(0, curve_kinds - 1)));
  for (size_t i = kinds.size() - 1; i > 0; --i)
    std::swap(kinds[i], kinds[static_cast<size_t>(draw.whole(0, static_cast<int>(i)))]);
  return kinds;
}

}  // namespace stride
