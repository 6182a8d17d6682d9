#include "scenario/csv.h"

#include <algorithm>
#include <vector>

#include "core/networks/network.h"
#include "core/trajectory.h"

namespace stride {

namespace {

Training training_of(const NetworkProblem& problem, int steps, const Run& run, bool with_average) {
  TrainingRun training(problem, steps, run.optimizer, run.schedule);
  if (with_average && keeps_average(run)) training.keep_average(run.ema);
  training.advance(steps + 1);
  return training.result();
}

void append_average(std::vector<double>& values, const Scores& average, size_t row, bool validates) {
  const auto add = [&](const std::vector<double>& column) {
    values.push_back(column.empty() ? none : column[row]);
  };
  add(average.loss);
  add(average.accuracy);
  if (!validates) return;
  add(average.validation_loss);
  add(average.validation_accuracy);
}

std::string write_rows(const Scenario& s, const NetworkProblem& problem) {
  const bool validates = training_samples_of(problem.data) < samples_of(problem.data);
  std::string out = "run,step,loss,batch_loss,accuracy,lr";
  if (validates) out += ",val_loss,val_accuracy";
  // A rule's own average stands only beside one that is asked for: without, the table is what it always was.
  const bool averages = std::any_of(s.runs.begin(), s.runs.end(), [](const Run& run) { return run.ema > 0; });
  if (averages)
    out += validates ? ",avg_loss,avg_accuracy,avg_val_loss,avg_val_accuracy" : ",avg_loss,avg_accuracy";
  out += '\n';
  for (size_t r = 0; r < s.runs.size(); ++r) {
    const Training t = training_of(problem, s.steps, s.runs[r], averages);
    for (size_t i = 0; i < t.loss.size(); ++i) {
      std::vector<double> values = {t.loss[i], t.batch_loss[i], t.accuracy[i], t.lr[i]};
      if (validates) values.insert(values.end(), {t.validation_loss[i], t.validation_accuracy[i]});
      if (averages) append_average(values, t.average, i, validates);
      append_row(out, r, i, values);
    }
  }
  return out;
}

std::string write_rows(const Scenario& s, const CurveProblem&) {
  return write_descents(s, "run,step,x,loss,lr,grad_x", ",avg_x", [](const Trajectory& t, size_t i) {
    return std::vector{t.x[i], t.loss[i], t.lr[i], t.grad_x[i]};
  });
}

std::string write_rows(const Scenario& s, const FitProblem&) {
  return write_descents(
      s, "run,step,w,b,loss,batch_loss,lr,grad_w,grad_b", ",avg_w,avg_b", [](const Trajectory& t, size_t i) {
        return std::vector{t.x[i], t.y[i], t.loss[i], t.batch_loss[i], t.lr[i], t.grad_x[i], t.grad_y[i]};
      });
}

std::string write_rows(const Scenario& s, const SurfaceProblem&) {
  return write_surface_csv(s);
}

}  // namespace

std::string write_csv(const Scenario& scenario) {
  return std::visit([&](const auto& problem) { return write_rows(scenario, problem); }, scenario.problem);
}

Series series_of(const Scenario& scenario, const Run& run) {
  if (const auto* network = std::get_if<NetworkProblem>(&scenario.problem))
    return train(*network, scenario.steps, run.optimizer, run.schedule);
  return trajectory_of(scenario, run);
}

}  // namespace stride
