// A warm-up and what follows: one cycle, a plateau and its decay, or a line up to the highest rate before anything else.
#include <algorithm>
#include <cmath>

#include "core/recording/fit_parts.h"

namespace stride::fit {

namespace {

using Columns = std::vector<std::vector<double>>;

/// One cycle's three rates as columns: the first, the highest, the last; `peak` is where the rise ends.
Shape one_cycle_shape(double last, bool cosine, bool three_phases) {
  return [=](double peak, const std::vector<int>& t) {
    Columns out(3);
    for (const int step : t) {
      const double ends[] = {peak, three_phases ? 2 * peak : last, last};
      const int from[] = {0, 1, 0}, to[] = {1, three_phases ? 0 : 2, 2};
      const int phases = three_phases ? 3 : 2, now = std::min(step, static_cast<int>(last));
      int phase = 0;
      while (phase + 1 < phases && now > ends[phase]) ++phase;
      const double begin = phase == 0 ? 0 : ends[phase - 1];
      const double p = std::clamp((now - begin) / (ends[phase] - begin), 0.0, 1.0);
      const double weight = cosine ? half_cosine(p) : 1 - p;
      double row[3] = {};
      row[from[phase]] += weight;
      row[to[phase]] += 1 - weight;
      for (int k = 0; k < 3; ++k) out[static_cast<std::size_t>(k)].push_back(row[k]);
    }
    return out;
  };
}

/// With the end of the rise between low and high.
void add_one_cycle(const Samples& s, double low, double high, int total, Candidates& out) {
  if (!(low < high)) return;
  for (const bool three : {false, true})
    for (const bool cosine : {true, false}) {
      const Shape shape = one_cycle_shape(total - 1, cosine, three);
      const double end = best_parameter(s, shape, low, high, 60);
      const Solution found = solve_at(s, shape, end);
      const double first = found.coefficients[0], top = found.coefficients[1], last = found.coefficients[2];
      out.push_back({top, make("OneCycleLR", {{"max_lr", {top}},
                                              {"total_steps", {static_cast<double>(total)}},
                                              {"pct_start", {(end + 1) / total}},
                                              {"anneal_strategy", {cosine ? 0.0 : 1.0}},
                                              {"div_factor", {top / first}},
                                              {"final_div_factor", {first / last}},
                                              {"three_phase", {three ? 1.0 : 0.0}},
                                              {"cycle_momentum", {0}}})});
    }
}

void add_one_cycle(const Samples& s, Candidates& out) {
  const auto peak = static_cast<int>(std::max_element(s.r.begin(), s.r.end()) - s.r.begin());
  const int rest = rest_of(s);
  if (peak <= 0 || peak >= rest || s.size() < 6) return;
  const auto at = [&](int i) { return s.t[static_cast<std::size_t>(i)]; };
  const double low = std::max(at(peak - 1), 1) * (1 - 1e-9);
  for (const int total : round_numbers(at(rest - 1) + 1, at(rest) + 1, 12))
    add_one_cycle(s, low, std::min<double>(at(peak + 1), total - 2), total, out);
}

void add_stable(const Samples& s, Candidates& out) {
  const double top = s.top();
  const auto is_top = [&](double r) { return s.same(r, top); };
  const auto first = std::find_if(s.r.begin(), s.r.end(), is_top);
  const auto past = std::find_if_not(first, s.r.end(), is_top);
  if (past == s.r.end()) return;
  const auto at = [&](auto i) { return s.t[static_cast<std::size_t>(i - s.r.begin())]; };
  // On the rise the rate is top (t + 1) / warmup.
  const double warmup = first == s.r.begin() ? 0 : std::floor(top * (s.t[0] + 1) / s.r.front() + 0.5);
  const int rest = rest_of(s);
  const std::vector<int> begins = past == first + 1 && at(first) == 0
                                      ? std::vector<int>{0}
                                      : round_numbers(at(past - 1) - 1, at(past) - 1, 12);
  const int end_low = s.t[static_cast<std::size_t>(std::max(rest - 1, 0))],
            end_high = s.t[static_cast<std::size_t>(rest)];
  for (const int begin : begins)
    for (const int end : round_numbers(end_low, end_high, 12)) {
      const double decay = end - begin;
      if (decay < 1 || begin < warmup) continue;
      for (const int shape : {0, 1, 2}) {  // linear, cosine, sqrt
        Candidate c{top, make("WSD", {{"warmup", {warmup}},
                                      {"stable", {begin - warmup}},
                                      {"decay", {decay}},
                                      {"min_factor", {s.r.back() / top}},
                                      {"shape", {static_cast<double>(shape)}}})};
        out.push_back(std::move(c));
      }
    }
}

/// What is left from `milestone` on, on a clock of its own.
Samples tail_of(const Samples& s, int milestone) {
  std::vector<int> t;
  std::vector<double> r;
  for (std::size_t i = 0; i < s.t.size(); ++i)
    if (s.t[i] >= milestone) {
      t.push_back(s.t[i] - milestone);
      r.push_back(s.r[i]);
    }
  return t.empty() ? Samples{} : make_samples(std::move(t), std::move(r), s.tolerance);
}

Candidates plateaus(const Samples& s) {
  Candidates out;
  if (s.size() >= 5) add_stable(s, out);
  return out;
}

/// A line from below up to `base`, as a LinearLR, or as a drawn one where it begins at zero.
Settings warmup_to(double start, double base, int steps) {
  if (start > 1e-12 * base)
    return make("LinearLR", {{"start_factor", {start / base}},
                             {"end_factor", {1}},
                             {"total_iters", {static_cast<double>(steps)}}});
  return make("Points", {{"points", {0, 0, static_cast<double>(steps), 1}}});
}

/// A line up to the highest rate, and then any one schedule.
void add_sequence(const Samples& s, Candidates& out) {
  const auto peak = static_cast<int>(std::max_element(s.r.begin(), s.r.end()) - s.r.begin());
  if (peak < 2 || peak + 2 >= s.size()) return;
  const double slope = (s.r[1] - s.r[0]) / (s.t[1] - s.t[0]), start = s.r[0] - slope * s.t[0];
  if (!(slope > 0)) return;
  for (const int milestone : steps_between(s, peak - 1, peak + 1)) {
    const Samples tail = tail_of(s, milestone);
    if (tail.size() < 3) continue;
    const double base = start + slope * milestone;
    for (const auto family : {levels, curves, cycles, plateaus}) {
      for (const Candidate& rest : family(tail)) {
        if (!Tolerance{1e-6 * base, 1e-2}.holds(rest.base, base) || !explains(rest, tail)) continue;
        Settings both = make("SequentialLR", {{"milestones", {static_cast<double>(milestone)}}});
        both.nested = {warmup_to(lowest(start, base), rest.base, milestone), rest.schedule};
        out.push_back({rest.base, both});
        return;
      }
    }
  }
}

}  // namespace

Candidates warmups(const Samples& s) {
  Candidates out;
  if (s.size() < 5) return out;
  add_one_cycle(s, out);
  add_stable(s, out);
  return out;
}

Candidates sequences(const Samples& s) {
  Candidates out;
  if (s.size() >= 6) add_sequence(s, out);
  return out;
}

}  // namespace stride::fit
