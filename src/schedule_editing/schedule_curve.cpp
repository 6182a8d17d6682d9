#include "schedule_editing/schedule_curve.h"

#include <algorithm>
#include <cmath>

namespace stride::schedule_editing {

std::vector<double> rates_at(const Run& run, const Course& course, std::span<const int> at) {
  std::vector<double> rates;
  rates.reserve(at.size());
  const double lr = run.optimizer.number(0);
  const Schedule& row = schedules()[static_cast<size_t>(run.schedule.row)];
  if (row.at) {
    for (int t : at) rates.push_back(row.at(run.schedule, lr, t, course.steps).lr);
    return rates;
  }
  ScheduleRun machine(run.schedule, lr, course.steps);
  int now = 0;
  for (int t : at) {
    for (; now < t; ++now)
      machine.advance(course.losses.empty()
                          ? 1
                          : course.losses[std::min(static_cast<size_t>(now), course.losses.size() - 1)]);
    rates.push_back(machine.rate().lr);
  }
  return rates;
}

double rate_at(const Run& run, const Course& course, int step) {
  return rates_at(run, course, std::span<const int>(&step, 1))[0];
}

std::vector<double> planned_rates(const Run& run, const Course& course) {
  std::vector<int> all(static_cast<size_t>(course.steps) + 1);
  for (int t = 0; t <= course.steps; ++t) all[static_cast<size_t>(t)] = t;
  return rates_at(run, course, all);
}

std::vector<int> sampled_steps(int steps) {
  constexpr int most = 256;
  std::vector<int> at;
  const int count = std::min(steps, most);
  for (int i = 0; i <= count; ++i)
    at.push_back(static_cast<int>(static_cast<long long>(steps) * i / std::max(count, 1)));
  return at;
}

const Settings& schedule_in(const Run& run, std::span<const int> nest) {
  const Settings* settings = &run.schedule;
  for (int i : nest) settings = &settings->nested[static_cast<size_t>(i)];
  return *settings;
}

Settings& schedule_in(Run& run, std::span<const int> nest) {
  return const_cast<Settings&>(schedule_in(static_cast<const Run&>(run), nest));
}

const Param& param_of(const Run& run, const Handle& h) {
  if (h.param < 0) return optimizers()[static_cast<size_t>(run.optimizer.row)].params[0];
  const Settings& settings = schedule_in(run, h.nest);
  return schedules()[static_cast<size_t>(settings.row)].params[static_cast<size_t>(h.param)];
}

void set_value(Run& run, const Handle& h, double value) {
  if (h.param < 0) {
    run.optimizer.values[0] = {value};
    return;
  }
  std::vector<double>& values = schedule_in(run, h.nest).values[static_cast<size_t>(h.param)];
  const size_t i = static_cast<size_t>(h.moves == Handle::Moves::both ? 2 * h.index + 1 : h.index);
  if (values.size() <= i) values.resize(i + 1);
  values[i] = value;
}

bool listens(const Settings& schedule) {
  const Schedule& row = schedules()[static_cast<size_t>(schedule.row)];
  return !row.at && std::none_of(row.params.begin(), row.params.end(),
                                 [](const Param& p) { return p.kind == Param::Kind::schedules; });
}

int heard_step(const Run& run, const Handle& h, double value, const Course& course) {
  Run one = run;
  set_value(one, h, value);
  const std::vector<double> here = planned_rates(one, course);
  set_value(one, h, value + 1);
  const std::vector<double> next = planned_rates(one, course);
  return static_cast<int>(std::mismatch(here.begin(), here.end(), next.begin()).first - here.begin());
}

double to_unit(const Handle& h, double value) {
  if (h.log) return std::log(std::max(value, h.min) / h.min) / std::log(h.max / h.min);
  return (value - h.min) / (h.max - h.min);
}

double from_unit(const Handle& h, double unit) {
  unit = std::clamp(unit, 0.0, 1.0);
  if (unit == 0) return h.min;
  if (unit == 1) return h.max;
  const double value = h.log ? h.min * std::pow(h.max / h.min, unit) : h.min + unit * (h.max - h.min);
  return h.whole ? std::round(value) : value;
}

}  // namespace stride::schedule_editing
