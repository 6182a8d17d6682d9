#include "scenario/csv.h"

#include <array>
#include <vector>

#include "core/networks/network.h"
#include "core/trajectory.h"

namespace stride {

namespace {

std::string write_rows(const Scenario& s, const NetworkProblem& problem) {
  const bool validates = training_samples_of(problem.data) < samples_of(problem.data);
  std::string out = "run,step,loss,batch_loss,accuracy,lr";
  out += validates ? ",val_loss,val_accuracy\n" : "\n";
  for (size_t r = 0; r < s.runs.size(); ++r) {
    const Training t = train(problem, s.steps, s.runs[r].optimizer, s.runs[r].schedule);
    for (size_t i = 0; i < t.loss.size(); ++i) {
      std::vector<double> values = {t.loss[i], t.batch_loss[i], t.accuracy[i], t.lr[i]};
      if (validates) values.insert(values.end(), {t.validation_loss[i], t.validation_accuracy[i]});
      append_row(out, r, i, values);
    }
  }
  return out;
}

std::string write_rows(const Scenario& s, const CurveProblem&) {
  std::string out = "run,step,x,loss,lr,grad_x\n";
  for (size_t r = 0; r < s.runs.size(); ++r) {
    const Trajectory t = trajectory_of(s, s.runs[r]);
    for (size_t i = 0; i < t.x.size(); ++i)
      append_row(out, r, i, std::array{t.x[i], t.loss[i], t.lr[i], t.grad_x[i]});
  }
  return out;
}

std::string write_rows(const Scenario& s, const FitProblem&) {
  std::string out = "run,step,w,b,loss,batch_loss,lr,grad_w,grad_b\n";
  for (size_t r = 0; r < s.runs.size(); ++r) {
    const Trajectory t = trajectory_of(s, s.runs[r]);
    for (size_t i = 0; i < t.x.size(); ++i)
      append_row(out, r, i,
                 std::array{t.x[i], t.y[i], t.loss[i], t.batch_loss[i], t.lr[i], t.grad_x[i], t.grad_y[i]});
  }
  return out;
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
