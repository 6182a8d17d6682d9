#include "schedule_editing/schedule_handles.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "schedule_editing/schedule_curve.h"

namespace stride::schedule_editing {

namespace {

using Kind = Param::Kind;
using Moves = Handle::Moves;

bool in_steps(const Param& p) {
  return std::string_view(p.unit) == "steps";
}

/// Finds the handles of one run: first those that stand at a step of their own, then the others, each where
/// the curve answers to it most and no other stands.
class Finder {
 public:
  Finder(const Run& run, const Course& course)
      : run_(run), course_(course), at_(sampled_steps(course.steps)), curve_(rates_at(run, course, at_)) {
    for (double r : curve_)
      if (std::isfinite(r)) peak_ = std::max(peak_, r);
  }

  std::vector<Handle> find() {
    walk(run_.schedule, {}, "", 0, course_.steps);
    if (!schedules()[static_cast<size_t>(run_.schedule.row)].sets_rate) {
      Handle lr;
      lr.name = "lr";
      lr.value = run_.optimizer.number(0);
      place(lr, true);
    }
    for (Handle& h : waiting_) place(h, false);
    return std::move(found_);
  }

 private:
  struct Where {
    const std::vector<int>& nest;
    const std::string& prefix;
    int offset, until;
  };

  void walk(const Settings& settings, std::vector<int> nest, const std::string& prefix, int offset,
            int until) {
    const auto& params = schedules()[static_cast<size_t>(settings.row)].params;
    const Where where{nest, prefix, offset, until};
    const std::vector<double>* milestones = nullptr;
    for (int i = 0; i < static_cast<int>(params.size()); ++i) {
      const Param& p = params[static_cast<size_t>(i)];
      const auto& values = settings.values[static_cast<size_t>(i)];
      if (p.kind == Kind::integers) milestones = &values;
      if (p.kind == Kind::integers && in_steps(p)) list(values, i, p, where);
      if (p.kind == Kind::integer && in_steps(p)) length(settings, i, p, where);
      if (p.kind == Kind::number || (p.kind == Kind::integer && !in_steps(p))) {
        Handle h = named(i, p, where);
        h.value = settings.number(i);
        h.whole = p.kind == Kind::integer;
        waiting_.push_back(std::move(h));
      }
      if (p.kind == Kind::points) points(values, i, p, where);
    }
    nest.push_back(0);
    for (size_t k = 0; k < settings.nested.size(); ++k) {
      int from = offset, to = until;
      if (milestones && k > 0 && k <= milestones->size()) from += static_cast<int>((*milestones)[k - 1]);
      if (milestones && k < milestones->size())
        to = std::min(to, offset + static_cast<int>(std::min((*milestones)[k], 1e6)));
      nest.back() = static_cast<int>(k);
      walk(settings.nested[k], nest, prefix + "schedulers[" + std::to_string(k) + "].", from, to);
    }
  }

  Handle named(int param, const Param& p, const Where& w) const {
    Handle h;
    h.name = w.prefix + p.key;
    h.nest = w.nest;
    h.param = param;
    h.origin = w.offset;
    h.until = w.until;
    return h;
  }

  void list(const std::vector<double>& values, int param, const Param& p, const Where& w) {
    for (size_t k = 0; k < values.size(); ++k) {
      Handle h = named(param, p, w);
      h.name += "[" + std::to_string(k) + "]";
      h.index = static_cast<int>(k);
      h.value = values[k];
      h.min = k ? values[k - 1] + 1 : std::max(p.min, 1.0);
      h.max = std::min(p.max, h.until - h.origin);
      if (k + 1 < values.size()) h.max = std::min(h.max, values[k + 1] - 1);
      add_step(h);
    }
  }

  /// The length's value, also where it is left out.
  double length_of(const Settings& settings, int param, const Param& p) const {
    if (!settings.values[static_cast<size_t>(param)].empty()) return settings.number(param);
    const auto& params = schedules()[static_cast<size_t>(settings.row)].params;
    const int before = *p.after ? find_param(params, p.after) : -1;
    return before < 0 ? course_.steps : length_of(settings, before, params[static_cast<size_t>(before)]);
  }

  void length(const Settings& settings, int param, const Param& p, const Where& w) {
    const auto& params = schedules()[static_cast<size_t>(settings.row)].params;
    Handle h = named(param, p, w);
    h.value = length_of(settings, param, p);
    h.min = p.open_min ? p.min + 1 : p.min;
    for (const char* after = p.after; *after;) {
      const int before = find_param(params, after);
      h.origin += length_of(settings, before, params[static_cast<size_t>(before)]);
      after = params[static_cast<size_t>(before)].after;
    }
    h.heard = listens(settings);
    h.max = std::min(p.max, h.heard ? static_cast<double>(course_.steps) : h.until - h.origin);
    add_step(h);
  }

  void add_step(Handle& h) {
    h.moves = Moves::step;
    h.whole = true;
    if (!(h.max > h.min) || !matters(h)) return;
    const int heard = h.heard ? heard_step(run_, h, h.value, course_) : 0;
    if (heard > course_.steps) return;
    stand(h, h.heard ? heard : std::clamp(h.origin + h.value, 0.0, std::max(h.until, 0.0)));
  }

  /// Whether the curve is another one for some value within reach.
  bool matters(const Handle& h) const {
    Run other = run_;
    for (int i = 0; i <= 4; ++i) {
      set_value(other, h, std::round(h.min + (h.max - h.min) * i / 4));
      if (rates_at(other, course_, at_) != curve_) return true;
    }
    return false;
  }

  void points(const std::vector<double>& values, int param, const Param& p, const Where& w) {
    for (size_t k = 0; 2 * k + 1 < values.size(); ++k) {
      Handle h = named(param, p, w);
      h.name += "[" + std::to_string(k) + "]";
      h.moves = Moves::both;
      h.index = static_cast<int>(k);
      h.value = values[2 * k + 1];
      h.min = p.min;
      h.max = std::max(p.slider_max, h.value);
      const double step = h.origin + values[2 * k];
      stand(h, std::clamp(step, 0.0, std::max(h.until, 0.0)));
      if (step >= h.until) return;
    }
  }

  void stand(Handle& h, double step) {
    h.step = std::round(step);
    h.rate = rate_at(run_, course_, static_cast<int>(h.step));
    found_.push_back(h);
  }

  /// How far it is to the nearest handle, in widths of a plot that is two and a half times as wide as high.
  double clearance(size_t i) const {
    double least = 1;
    for (const Handle& h : found_)
      least = std::min(least, std::hypot((h.step - at_[i]) / std::max(course_.steps, 1),
                                         0.4 * (h.rate - curve_[i]) / std::max(peak_, 1e-300)));
    return least;
  }

  /// What a small change of the parameter makes of the rate at each sampled step, as far as it shows.
  std::vector<double> sensitivity(const Handle& h) const {
    std::vector<double> change(at_.size(), 0);
    const double here = std::clamp(to_unit(h, h.value), 0.0, 1.0);
    for (double by : {0.01, 0.1, 0.5}) {
      const double unit = h.whole ? 1 / (h.max - h.min) : by;
      Run low = run_, high = run_;
      set_value(low, h, h.whole ? std::max(h.value - 1, h.min) : from_unit(h, here - unit));
      set_value(high, h, h.whole ? std::min(h.value + 1, h.max) : from_unit(h, here + unit));
      const std::vector<double> a = rates_at(low, course_, at_), b = rates_at(high, course_, at_);
      bool any = false;
      for (size_t i = 0; i < change.size(); ++i) {
        change[i] = std::fabs(b[i] - a[i]);
        if (!std::isfinite(change[i])) change[i] = 0;
        any |= change[i] > 1e-9 * peak_;
      }
      if (any) return change;
    }
    return {};
  }

  /// Where the change is nearly the greatest, in the middle of the first such stretch, but clear of others.
  size_t best_place(const std::vector<double>& change) const {
    const double most = *std::max_element(change.begin(), change.end());
    size_t begin = 0;
    while (change[begin] < 0.97 * most) ++begin;
    size_t end = begin;
    while (end + 1 < change.size() && change[end + 1] >= 0.97 * most) ++end;
    const double middle = at_[begin + (end - begin) / 2];
    size_t best = begin;
    for (double share : {0.97, 0.3}) {
      double highest = -1e9;
      for (size_t i = 0; i < change.size(); ++i) {
        if (change[i] < share * most) continue;
        const double away = std::fabs(at_[i] - middle) / std::max(course_.steps, 1);
        const double score = std::min(clearance(i), 0.1) - 0.05 * away;
        if (score > highest) highest = score, best = i;
      }
      if (clearance(best) > 0.05) break;
    }
    return best;
  }

  void place(Handle& h, bool at_start) {
    const Param& p = param_of(run_, h);
    h.moves = Moves::rate;
    h.log = p.log;
    h.min = std::max(p.min, p.slider_min);
    h.max = std::min(p.max, p.slider_max);
    if (!h.log || h.value > 0) {
      h.min = std::min(h.min, h.value);
      h.max = std::max(h.max, h.value);
    }
    const std::vector<double> change = sensitivity(h);
    if (change.empty()) return;
    const double most = *std::max_element(change.begin(), change.end());
    const bool start = at_start && change[0] >= 0.5 * most && clearance(0) > 0.04;
    Handle standing = h;
    standing.step = at_[start ? 0 : best_place(change)];
    standing.rate = rate_at(run_, course_, static_cast<int>(standing.step));
    if (h.whole || answers(standing)) found_.push_back(standing);
  }

  /// Whether the rate between two that the handle's range gives can be had: a threshold only jumps.
  bool answers(const Handle& h) const {
    double far = h.rate;
    for (int i = 0; i <= 16; ++i) {
      Run other = run_;
      set_value(other, h, from_unit(h, i / 16.0));
      const double r = rate_at(other, course_, static_cast<int>(h.step));
      if (std::isfinite(r) && std::fabs(r - h.rate) > std::fabs(far - h.rate)) far = r;
    }
    const double wanted = (far + h.rate) / 2;
    const double got = rate_at(moved(run_, h, h.step, wanted, course_), course_, static_cast<int>(h.step));
    return std::fabs(got - wanted) <= 0.1 * std::fabs(far - h.rate);
  }

  const Run& run_;
  const Course& course_;
  std::vector<int> at_;
  std::vector<double> curve_;
  double peak_ = 0;
  std::vector<Handle> found_, waiting_;
};

}  // namespace

std::vector<Handle> schedule_handles(const Run& run, const Course& course) {
  return Finder(run, course).find();
}

}  // namespace stride::schedule_editing
