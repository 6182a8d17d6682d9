// Runs under every schedule of the table, and what they are held to.
#pragma once

#include <doctest/doctest.h>

#include <cmath>

#include "schedule_editing/schedule_curve.h"
#include "support/sentences.h"
#include "support/spec_json.h"

namespace stride::schedule_editing {

inline constexpr int steps = 200;

inline Run run_with(const char* json) {
  Run run = default_run(find_optimizer("SGD"));
  run.optimizer.values[0] = {0.1};
  run.schedule = test::schedule_settings(nlohmann::json::parse(json));
  return run;
}

/// Losses that stop falling, so that a schedule that listens has something to hear.
inline const std::vector<double>& heard() {
  static const std::vector<double> losses = [] {
    std::vector<double> l;
    for (int t = 0; t <= steps; ++t) l.push_back(1 + std::exp(-t / 5.0) + 1e-3 * (t % 7));
    return l;
  }();
  return losses;
}

inline const Course course{steps, heard()};

inline const Handle* find(const std::vector<Handle>& all, const std::string& name) {
  for (const Handle& h : all)
    if (h.name == name) return &h;
  return nullptr;
}

/// Every row of the table as it comes, in its other modes, and some within others.
inline std::vector<Run> all_runs() {
  std::vector<Run> runs;
  for (int row = 0; row < static_cast<int>(schedules().size()); ++row) {
    const auto& params = schedules()[static_cast<size_t>(row)].params;
    Run run = run_with(R"({"type": "constant"})");
    run.schedule = default_settings(row, params);
    runs.push_back(run);
    for (size_t i = 0; i < params.size(); ++i)
      for (size_t c = 1; c < params[i].choices.size(); ++c) {
        runs.push_back(run);
        runs.back().schedule.values[i] = {static_cast<double>(c)};
      }
  }
  for (
      const char* json :
      {R"({"type": "CyclicLR", "step_size_up": 20, "gamma": 0.99, "mode": "exp_range"})",
       R"({"type": "CyclicLR", "step_size_up": 20, "step_size_down": 50, "mode": "annealing"})",
       R"({"type": "OneCycleLR", "three_phase": true, "total_steps": 150})",
       R"({"type": "CosineAnnealingWarmRestarts", "T_0": 20, "T_mult": 2, "eta_min": 0.01})",
       R"({"type": "SequentialLR", "milestones": [30], "schedulers": [{"type": "LinearLR", "total_iters": 30},
            {"type": "CosineAnnealingLR", "eta_min": 0.001}]})",
       R"({"type": "ChainedScheduler", "schedulers": [{"type": "LinearLR", "total_iters": 20},
            {"type": "StepLR", "step_size": 50, "gamma": 0.5}]})",
       R"({"type": "ReduceLROnPlateau", "factor": 0.5, "patience": 20, "cooldown": 10})",
       R"({"type": "SequentialLR", "milestones": [50], "schedulers": [{"type": "Points", "points": [[0, 0], [30, 1]]},
            {"type": "ChainedScheduler", "schedulers": [{"type": "WSD", "stable": 20}, {"type": "MultiStepLR"}]}]})"})
    runs.push_back(run_with(json));
  return runs;
}

inline Error refused(const Run& run) {
  Scenario s = default_scenario();
  s.steps = steps;
  s.runs = {run};
  return validate(s);
}

}  // namespace stride::schedule_editing
