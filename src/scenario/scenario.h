// The scenario: one value that defines everything a learner sees. Panels edit it, links and files carry it,
// and it is compared with == to know whether to recompute. The view (camera, cursor, theme) rides along and
// changes no number.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/fault.h"
#include "scenario/problem.h"

namespace stride {

struct Run {
  std::string name;            ///< empty: the optimizer's key
  std::optional<Point> start;  ///< overrides the problem's
  Settings optimizer, schedule;
  double ema = 0;  ///< decay of a moving average of the weights kept beside them; 0: none
  bool operator==(const Run&) const = default;
};

/// Whether it keeps an average of its path: by `ema`, or because its rule does.
inline bool keeps_average(const Run& run) {
  return run.ema > 0 || optimizers()[static_cast<std::size_t>(run.optimizer.row)].average;
}

/// What is looked at; changes no number.
struct View {
  double yaw = -0.6, pitch = 0.7, zoom = 1, pan_x = 0, pan_y = 0;  ///< radians; zoom 1 fits the surface
  bool flat = false;                                               ///< the map seen from above
  int cursor = -1;                                                 ///< step shown; -1: the last
  std::string theme = "auto";                                      ///< auto | dark | light | projector
  unsigned hidden = 0;                                             ///< bit r: run r is hidden
  bool operator==(const View&) const = default;
};

struct Scenario {
  Problem problem = default_problem(0);
  int steps = 200;
  std::vector<Run> runs;
  View view;
  int steps_per_epoch = 0;  ///< of a problem without batches, 0: none; changes no number
  bool operator==(const Scenario&) const = default;
};

/// Rosenbrock, one run of SGD: what an empty page shows.
Scenario default_scenario();
/// The optimizer at its defaults, constant rate.
Run default_run(int optimizer_row);
/// What a scenario without runs means: one run of SGD, at the rate that suits the surface.
std::vector<Run> default_runs(const Scenario& scenario);

/// The problem where it is a surface, which whoever calls this must know.
inline SurfaceProblem& surface_of(Scenario& scenario) {
  assert(std::holds_alternative<SurfaceProblem>(scenario.problem));
  return *std::get_if<SurfaceProblem>(&scenario.problem);
}
inline const SurfaceProblem& surface_of(const Scenario& scenario) {
  return surface_of(const_cast<Scenario&>(scenario));
}
inline bool is_surface(const Scenario& scenario) {
  return std::holds_alternative<SurfaceProblem>(scenario.problem);
}

/// Anything but a network: what moves is a point, and there is a trajectory.
inline bool is_descent(const Scenario& scenario) {
  return !std::holds_alternative<NetworkProblem>(scenario.problem);
}

/// What a descent is made of. With them the panels need not know which kind it is.
Objective objective_of(const Scenario& scenario);
Domain domain_of(const Scenario& scenario);
Noise noise_of(const Scenario& scenario);
Point start_of(const Scenario& scenario, const Run& run);
/// Whether a seed decides what its runs do: of noise, of batches, of a network's first weights.
bool is_random(const Scenario& scenario);
/// The same drawn anew, by the next of those seeds. The data stays.
void next_seed(Scenario& scenario);
/// The run's whole descent.
Trajectory trajectory_of(const Scenario& scenario, const Run& run);
std::string name_of(const Run& run);

/// The same numbers, whatever the view.
bool same_numbers(const Scenario& a, const Scenario& b);

/// JSON in and out. On error the scenario is untouched. The writer leaves defaults out, and what does not
/// count (the surface beside an expression, the network of a surface problem): reading it back gives that at
/// its default. `indent` < 0 is compact.
Error read_scenario(std::string_view json, Scenario& out);
std::string write_scenario(const Scenario& scenario, int indent = 2);

/// `#s=` + base64url of the compact JSON. decode takes a whole URL, `#s=...`, a query
/// (`?surface=beale&optimizer=Adam&lr=0.1...`) or both. A fragment `#s=` counts before the query. Query
/// parameters: surface, expression, start, steps, noise, seed, name, theme, optimizer, schedule and every
/// parameter of these two by name, as `schedule.gamma` where both have it; lesson, lang, panels,
/// embed and workers are the page's. Beside `embed` unknown parameters are passed over: course systems add
/// some.
std::string encode_link(const Scenario& scenario);
Error decode_link(std::string_view link, Scenario& out);
/// What a query says ("lr=0.2", "optimizer=Adam&steps=80") done to the scenario that is there, and to its run
/// `run`; everything else stays. On error, an unknown parameter among them, nothing changes.
Error change_by_query(std::string_view query, int run, Scenario& scenario);

/// For what the scenario's own document or link would be refused: ranges, rules between parameters, formulas
/// that can't be read. What only a table or a menu sets (rows, choices) is taken as it is.
Error validate(const Scenario& scenario);

/// For what a scenario with this domain would be refused.
Error check_domain(const Domain& domain);
/// What is wrong with an expression, with its column.
Error expression_fault(const ExpressionError& error, std::string place = {});

inline constexpr int max_document = 256 * 1024;
inline constexpr int max_nesting = 16;

}  // namespace stride
