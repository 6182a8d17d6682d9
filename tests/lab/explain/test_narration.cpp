// The narration says what is so: each kind of event on a run made for it.
#include <doctest/doctest.h>

#include <cmath>

#include "lab/explain/narration.h"
#include "support/lab_driver.h"
#include "ui/widgets.h"

using namespace stride;
using namespace stride::lab;

namespace {

struct Told {
  Objective objective;
  Domain domain;
  Trajectory path;
  Outcome result;
  Run run;

  Told(const char* surface, const char* optimizer, double lr, Point start, int steps,
       std::initializer_list<std::pair<const char*, double>> params = {}, Noise noise = {}) {
    objective.surface = find_surface(surface);
    domain = surfaces()[static_cast<size_t>(objective.surface)].domain;
    run = default_run(find_optimizer(optimizer));
    run.optimizer.values[0] = {lr};
    const auto& known = optimizers()[static_cast<size_t>(run.optimizer.row)].params;
    for (const auto& [key, value] : params)
      run.optimizer.values[static_cast<size_t>(find_param(known, key))] = {value};
    begin(start, noise, steps);
  }
  void begin(Point start, Noise noise, int steps) {
    path = trajectory(objective, start, noise, steps, run.optimizer, run.schedule);
    result = outcome(objective, path);
  }
  std::string at(int step) const { return narrate(objective, domain, path, result, run, step); }
};

bool says(const std::string& words, std::string_view part) {
  const bool found = words.find(part) != std::string::npos;
  CHECK_MESSAGE(found, "\"" << words << "\" does not say \"" << part << "\"");
  return found;
}

}  // namespace

TEST_CASE("the step against the valley: lr λ decides on which side and how high the walker lands") {
  // Along y, where the curvature is 10: the step over the width of the valley is lr λ / 2.
  const Told tiny("quad_k10", "SGD", 0.002, {0, 1}, 20), part("quad_k10", "SGD", 0.05, {0, 1}, 20),
      over("quad_k10", "SGD", 0.15, {0, 1}, 20), high("quad_k10", "SGD", 0.25, {0, 1}, 20);
  says(tiny.at(1), "Step 1: a tiny step, 2 % of the way to the floor");
  says(part.at(1), "Step 1: the step goes 50 % of the way to the floor");
  says(part.at(1), "the loss fell from 5 to 1.25");
  says(over.at(3),
       "the step reaches over the floor of the valley (75 % of its width), and the walker lands lower");
  says(high.at(1),
       "the step is 1.3 times the width of the valley, so the walker lands higher on the other side");
  says(high.at(1), "the loss rose from 5 to 11.25");
  const Told edge("quad_k10", "SGD", 0.21, {0, 1}, 40);
  says(edge.at(1), "the step is 1.05 times the width of the valley");
  CHECK(edge.at(1).find("flat") == std::string::npos);  // however high the run climbs later
}

TEST_CASE("start and divergence") {
  const Told wild("quad_k10", "SGD", 3, {1, 1}, 100);
  says(wild.at(0), "Start: the walker stands at (1, 1), loss 5.5, on a slope of 10.05");
  REQUIRE(wild.path.diverged_at > 0);
  says(wild.at(wild.path.diverged_at), "the run has diverged");
  CHECK(wild.at(100000) == wild.at(wild.path.diverged_at));
  CHECK(wild.at(-5) == wild.at(0));
}

TEST_CASE("velocity, noise and the schedule get their due") {
  const Told heavy("quad_k1", "SGD", 0.05, {1, 0}, 60, {{"momentum", 0.95}});
  int uphill = 0;
  for (int t = 1; t < heavy.path.size(); ++t)
    if (heavy.at(t).find("velocity carries the walker uphill") != std::string::npos) {
      ++uphill;
      CHECK(heavy.path.loss[static_cast<size_t>(t)] > heavy.path.loss[static_cast<size_t>(t - 1)]);
    }
  CHECK(uphill > 5);
  const Told noisy("quad_k1", "SGD", 0.1, {0.01, 0.01}, 60, {}, {1, 4});
  int turned = 0, loud = 0;
  for (int t = 1; t < noisy.path.size(); ++t) {
    turned += noisy.at(t).find("the noise turned the gradient around") != std::string::npos;
    loud += noisy.at(t).find("The noise in the gradient is") != std::string::npos;
  }
  CHECK(turned > 0);
  CHECK(loud > 0);
  Told stepped("quad_k1", "SGD", 0.1, {1, 1}, 20);
  stepped.run.schedule = default_settings(find_schedule("StepLR"),
                                          schedules()[static_cast<size_t>(find_schedule("StepLR"))].params);
  stepped.run.schedule.values[0] = {5};
  stepped.begin({1, 1}, {}, 20);
  says(stepped.at(6), "The schedule has just lowered the rate from 0.1 to 0.01.");
  CHECK(stepped.at(5).find("schedule") == std::string::npos);
  CHECK(stepped.at(7).find("schedule") == std::string::npos);
}

TEST_CASE("leaving the picture, unequal rates") {
  const Told away("saddle", "SGD", 0.3, {0.5, 0.3}, 40);
  const Domain d = away.domain;
  int left = -1;
  for (int t = 1; t < away.path.size() && left < 0; ++t)
    if (std::fabs(away.path.y[static_cast<size_t>(t)]) > d.ymax) left = t;
  REQUIRE(left > 0);
  says(away.at(left), "The walker leaves the part of the surface that is shown.");
  const Told ada("quad_k100", "Adagrad", 0.1, {1, 1}, 20);
  says(ada.at(2), "x gets a rate 100 times that of y.");
}

TEST_CASE("minima, saddles and flat ground") {
  const Told calm("quad_k1", "SGD", 0.5, {1, 1}, 100);
  REQUIRE(calm.result.kind == Outcome::Kind::converged);
  says(calm.at(99), "The walker has arrived at a minimum.");
  CHECK(calm.at(1).find("minimum") == std::string::npos);
  const Told poised("saddle", "SGD", 0.1, {1, 0}, 60);
  says(poised.at(50), "A saddle is near");
  const Told wells("two_wells", "SGD", 0.01, surfaces()[static_cast<size_t>(find_surface("two_wells"))].start,
                   3000);
  if (wells.result.kind == Outcome::Kind::local_minimum) says(wells.at(3000), "settled in a local minimum");
  Told flat("easom", "SGD", 0.1, {9, 9}, 10);
  says(flat.at(5), "The ground is nearly flat");
}

TEST_CASE("every optimizer on every surface is told in whole sentences without nan") {
  for (int s = 0; s < static_cast<int>(surfaces().size()); ++s)
    for (int o = 0; o < static_cast<int>(point_optimizers().size()); ++o) {
      const Surface& surface = surfaces()[static_cast<size_t>(s)];
      const Told told(surface.key, optimizers()[static_cast<size_t>(o)].key, 0.05, surface.start, 40);
      for (int t = 0; t < told.path.size(); ++t) {
        const std::string words = told.at(t);
        const bool whole = !words.empty() && words.back() == '.' && words.find("nan") == std::string::npos &&
                           words.find("inf") == std::string::npos;
        REQUIRE_MESSAGE(whole,
                        surface.key << " " << optimizers()[static_cast<size_t>(o)].key << ": " << words);
      }
    }
}

TEST_CASE("the lab tells the step under the cursor, and makes room for a notice") {
  Driver d;
  seek(d.lab.session, d.lab.playback, 3);
  d.frames(2);
  CHECK(d.get("status", "narration").value.starts_with("Step 3: "));
  CHECK(!d.get("status", "narration").clipped);
  notify(d.lab, "Something else.", true);
  d.frames(2);
  CHECK(d.find("status", "narration") == nullptr);
}

TEST_CASE("the rule's lines stand in the lab, follow the cursor, and light up under the pointer") {
  Driver d;
  d.click("tab", "Rule");
  seek(d.lab.session, d.lab.playback, 3);
  d.frames(2);
  const Control gradient = d.get("text", "g 1", "arithmetic");
  const std::string at_three = gradient.value;
  d.move(gradient.at.x + u(20), gradient.at.y + gradient.size.y / 2);
  d.frames(2);
  CHECK(d.lab.pointing.lit == RuleLine::Role::gradient);
  seek(d.lab.session, d.lab.playback, 4);
  d.frames(2);
  CHECK(d.get("text", "g 1", "arithmetic").value != at_three);
  d.click("switch", "Show the state on the surface");
  CHECK(d.lab.explaining.show_state);
  for (int row = 0; row < static_cast<int>(point_optimizers().size()); ++row) {
    d.lab.session.scenario.runs[0] = default_run(row);
    d.frames(2);
    const bool own = !d.lab.session.scenario.runs[0].optimizer.formula.empty();
    CHECK_MESSAGE(d.find("text", own ? "p 0" : "θ 0", "arithmetic") != nullptr,
                  optimizers()[static_cast<size_t>(row)].key);
  }
}
