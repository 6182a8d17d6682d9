// The scenario: one value that defines everything a learner sees. Panels edit it, links and files carry it,
// and it is compared with == to know whether to recompute. The view (camera, cursor, theme) rides along and
// changes no number.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/dataset.h"
#include "core/network.h"
#include "core/trajectory.h"

namespace stride {

struct Run {
  std::string name;            ///< empty: the optimizer's key
  std::optional<Point> start;  ///< overrides the problem's
  Settings optimizer, schedule;
  bool operator==(const Run&) const = default;
};

struct SurfaceProblem {
  int surface = 0;         ///< row of surfaces()
  std::string expression;  ///< not empty: the learner's own f(x, y), which then counts instead of `surface`
  std::optional<Domain> domain;
  std::optional<Point> start;
  Noise noise;
  bool operator==(const SurfaceProblem&) const = default;
};

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
  bool is_network = false;
  SurfaceProblem surface;
  NetworkProblem network;
  int steps = 200;
  std::vector<Run> runs;
  View view;
  bool operator==(const Scenario&) const = default;
};

/// Rosenbrock, one run of SGD: what an empty page shows.
Scenario default_scenario();
/// The optimizer at its defaults, constant rate.
Run default_run(int optimizer_row);
/// What a scenario without runs means: one run of SGD, at the rate that suits the surface.
std::vector<Run> default_runs(const Scenario& scenario);

/// The surface problem made ready: objective (expression parsed), domain and start resolved.
Objective objective_of(const SurfaceProblem& problem);
Domain domain_of(const SurfaceProblem& problem);
Point start_of(const Scenario& scenario, const Run& run);
std::string name_of(const Run& run);

/// The same numbers, whatever the view.
bool same_numbers(const Scenario& a, const Scenario& b);

/// Where a document could not be read and what was expected: "runs[0].optimizer.lr: expected a number > 0,
/// got -1". Empty: no error.
using Error = std::string;

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

/// The sentence with which the scenario's own document or link would be refused (rules between parameters,
/// ranges), or empty.
Error check_scenario(const Scenario& scenario);

inline constexpr int max_document = 256 * 1024;
inline constexpr int max_nesting = 16;

}  // namespace stride
