// Many walkers: what a noisy run comes to over seeds.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <thread>

#include "lab/lessons/lesson_state.h"
#include "support/lab_driver.h"

using namespace stride;
using namespace stride::lab;

TEST_CASE("many walkers are the run over seeds: their mean and quartiles, row by row") {
  Scenario s = default_scenario();
  s.problem = default_problem(0);
  surface_of(s).surface = find_surface("quad_k10");
  surface_of(s).noise = {1, 7};
  s.steps = 50;
  s.runs[0].optimizer.values[0] = {0.1};
  const ManyWalkers many = walk_many(s, s.runs[0]);
  REQUIRE(many.paths.size() == most_walkers);
  REQUIRE(many.loss.mean.size() == 51);
  CHECK(many.paths[0].loss == trajectory_of(s, s.runs[0]).loss);
  for (const size_t t : {size_t{0}, size_t{20}, size_t{50}}) {
    std::vector<double> losses;
    for (unsigned i = 0; i < most_walkers; ++i) {
      surface_of(s).noise.seed = 7 + i;
      losses.push_back(trajectory_of(s, s.runs[0]).loss[t]);
    }
    double sum = 0;
    for (double loss : losses) sum += loss;
    std::sort(losses.begin(), losses.end());
    CHECK(many.loss.mean[t] == doctest::Approx(sum / most_walkers));
    CHECK(many.loss.lower[t] == losses[15]);
    CHECK(many.loss.upper[t] == losses[47]);
  }
  // One that leaves all bounds takes the mean with it; the rest still have their quartiles.
  s.runs[0].optimizer.values[0] = {0.3};
  CHECK(std::isinf(walk_many(s, s.runs[0]).loss.mean.back()));
  s.steps = max_steps;
  CHECK(walk_many(s, s.runs[0]).paths.size() == 4);
}

TEST_CASE("many walkers of a fit each have batches of their own, and their mean is told") {
  Driver d;
  Scenario& s = d.lab.session.scenario;
  FitProblem fit;
  fit.scale = FitScale::standard;
  fit.batch_size = 5;
  s.problem = fit;
  s.steps = 40;
  s.runs[0].optimizer.values[0] = {0.3};
  d.lab.session.many_walkers = true;
  d.frames(3);
  const ManyWalkers* many = d.lab.results.many(0);
  REQUIRE(many);
  REQUIRE(many->paths.size() == most_walkers);
  CHECK(many->paths[0].loss == trajectory_of(s, s.runs[0]).loss);
  CHECK(many->paths[1].loss.back() != many->paths[0].loss.back());
  CHECK(many->loss.lower.back() < many->loss.upper.back());
  CHECK(d.get("img", "loss plot").value.find("mean over 64 walkers") != std::string::npos);
  std::get<FitProblem>(s.problem).batch_size = 0;
  d.frames(2);
  CHECK(!d.lab.results.many(0));
}

TEST_CASE("many walkers of a network are trainings from other seeds, the same whoever computes them") {
  Scenario s = default_scenario();
  NetworkProblem network;
  network.layers = {2, 3, 1};
  network.data.samples = 40;
  network.batch_size = 10;
  s.problem = network;
  s.steps = 30;
  s.runs[0].optimizer.values[0] = {0.5};
  const std::unique_ptr<jobs::Engine> engines[] = {jobs::make_inline(), jobs::make_threads(2)};
  std::vector<double> means;
  for (const std::unique_ptr<jobs::Engine>& engine : engines) {
    Driver d(1280, 900, 1, s);
    d.lab.services.engine = engine.get();
    d.lab.results.forget();
    const auto known = [&] { return d.lab.results.walkers_known(0); };
    const auto wait = [&](const auto& done) {
      const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(120);
      while (!done()) {
        REQUIRE(std::chrono::steady_clock::now() < end);
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
        d.frames(1);
      }
    };
    const int all = walkers_of_training(s);
    CHECK(all == most_walkers);
    wait([&] { return d.lab.results[0].training->ended; });
    CHECK(known() == 0);
    d.lab.session.many_walkers = true;
    wait([&] { return known() > 1; });
    // Switched off, nothing goes on; on again, it goes on from there.
    d.lab.session.many_walkers = false;
    d.frames(1);
    const int then = known();
    CHECK(!d.lab.results.many(0));
    d.frames(5);
    CHECK(known() == then);
    for (const LiveWalkers& live : d.lab.trainings.walkers) CHECK(live.id < 0);
    d.lab.session.many_walkers = true;
    wait([&] { return known() == all; });
    const ManyWalkers many = *d.lab.results.many(0);
    CHECK(d.get("img", "loss plot").value.find("mean over 64 walkers") != std::string::npos);
    Scenario other = s;
    double right = 0;
    for (const Trajectory& path : many.paths) {
      const jobs::TrainingRows rows = jobs::first_rows(other, other.runs[0], other.steps, true);
      CHECK(path.loss == rows.loss);
      right += rows.accuracy.back();
      next_seed(other);
    }
    CHECK(many.accuracies.mean.back() == doctest::Approx(right / most_walkers));
    CHECK(d.get("img", "accuracy plot").value.find("mean over 64 walkers") != std::string::npos);
    CHECK(many.loss.lower.back() < many.loss.upper.back());
    if (!means.empty()) CHECK(many.loss.mean == means);
    means = many.loss.mean;
    // Another rate: those of before count no more.
    d.lab.session.scenario.runs[0].optimizer.values[0] = {0.1};
    d.frames(1);
    CHECK(known() < all);
    wait([&] { return known() == all; });
    CHECK(d.lab.results.many(0)->loss.mean.back() != many.loss.mean.back());
    d.lab.services.engine = nullptr;
  }
  // Where each takes long there are fewer, but enough for quartiles.
  network.layers = {2, 64, 64, 1};
  s.problem = network;
  s.steps = max_steps;
  CHECK(walkers_of_training(s) == 8);
}

TEST_CASE("the switch for many walkers stands where there is noise, and the loss plot tells the mean") {
  Driver d;
  const auto tells_mean = [&] {
    return d.get("img", "loss plot").value.find("mean over 64 walkers") != std::string::npos;
  };
  d.click("button", "Surface, noise and steps");
  d.frames(2);
  CHECK(!d.find("switch", "Many walkers"));
  surface_of(d.lab.session.scenario).noise.sigma = 0.5;
  d.frames(2);
  CHECK(!tells_mean());
  d.scroll_to("switch", "Many walkers");
  d.click("switch", "Many walkers");
  d.frames(2);
  REQUIRE(d.lab.results.many(0));
  const ManyWalkers* first = d.lab.results.many(0);
  const double end = first->loss.mean.back();
  d.frames(2);
  CHECK(d.lab.results.many(0)->of == first->of);
  surface_of(d.lab.session.scenario).noise.sigma = 5;
  d.frames(2);
  CHECK(d.lab.results.many(0)->loss.mean.back() != end);
  surface_of(d.lab.session.scenario).noise.sigma = 0;
  d.frames(2);
  CHECK(!d.lab.results.many(0));
}
