#include "lab/session/training.h"

#include <algorithm>
#include <utility>

#include "imgui.h"
#include "lab/session/ground.h"

namespace stride::lab {

namespace {

constexpr int first_slot = 32;                             // of jobs::Engine; a run each
constexpr int first_walkers_slot = first_slot + max_runs;  // of its other seeds

/// Tells the result what its training has come to.
void publish(RunResult& result, std::shared_ptr<const jobs::TrainingRows> rows) {
  Trajectory& path = result.path;
  path.loss = rows->loss;
  path.lr = rows->lr;
  path.momentum = rows->momentum;
  path.diverged_at = rows->diverged_at;
  result.average.loss = rows->average.loss;
  result.outcome = outcome(path);
  result.training = std::move(rows);
}

jobs::Request request_for(const Scenario& scenario, int r, const Settings& how) {
  jobs::Request request{scenario, 0, how, jobs::Request::Kind::training};
  request.scenario.view = {};
  request.scenario.runs = {scenario.runs[static_cast<size_t>(r)]};
  return request;
}

void submit(LiveTraining& live, const Scenario& scenario, int r, jobs::Engine& engine) {
  const NetworkProblem& network = *network_of(scenario);
  const std::vector<Settings> stages = jobs::training_stages(network, scenario.steps);
  live.stages = stages.size();
  live.read = 0;
  live.rows = std::make_shared<jobs::TrainingRows>(jobs::no_rows(network, scenario.steps));
  live.id = engine.submit(request_for(scenario, r, stages[live.stage]), first_slot + r);
}

void cancel(LiveTraining& live, jobs::Engine* engine) {
  if (engine && live.id >= 0) engine->cancel(live.id);
  live.id = -1;
}

/// Appends the tiles that have come, in their order. True where there are any.
bool collect(LiveTraining& live, jobs::Engine& engine) {
  const jobs::Progress* progress = engine.poll(live.id, 4);
  if (!progress) {
    live.id = -1;
    return false;
  }
  const int before = live.read;
  for (; live.read < progress->tiles && !live.rows->ended; ++live.read) {
    const std::vector<float>& tile = progress->rows[static_cast<size_t>(live.read)];
    if (tile.empty()) break;
    jobs::append_tile(tile, *live.rows);
    live.rows->ended = live.rows->diverged_at >= 0 || live.read + 1 == progress->tiles;
  }
  if (live.rows->ended) cancel(live, &engine);
  return live.read > before;
}

void go_on(LiveTraining& live, int r, Session& session, Results& results, jobs::Engine& engine) {
  const RunResult& shown = results[static_cast<size_t>(r)];
  const bool grown = collect(live, engine);
  // A finer answer takes the place of the coarse one when it is whole, the coarse one grows in sight.
  const bool worth = live.stage == 0 ? live.rows->size() >= shown.path.size() : live.rows->ended;
  if (grown && worth)
    results.change(static_cast<size_t>(r), [&](RunResult& result) { publish(result, live.rows); });
  if (live.id < 0 && live.rows->ended && live.stage + 1 < live.stages && !ImGui::IsAnyItemActive()) {
    ++live.stage;
    submit(live, session.scenario, r, engine);
  }
}

void submit_walker(LiveWalkers& live, const Scenario& scenario, int r, int walker, jobs::Engine& engine) {
  Settings how = jobs::training_stages(*network_of(scenario), scenario.steps).back();
  how.values[static_cast<size_t>(find_param(jobs::training_params(), "from"))] = {1.0 *
                                                                                  max_steps};  // no weights
  jobs::Request request = request_for(scenario, r, how);
  for (int i = 0; i < walker; ++i) next_seed(request.scenario);
  live.read = 0;
  live.rows = jobs::no_rows(*network_of(scenario), scenario.steps);
  live.id = engine.submit(request, first_walkers_slot + r);
}

/// True once the training is whole.
bool collect_walker(LiveWalkers& live, jobs::Engine& engine) {
  const jobs::Progress* progress = engine.poll(live.id, 4);
  if (!progress) {
    live.id = -1;
    return false;
  }
  for (; live.read < progress->tiles && !live.rows.ended; ++live.read) {
    const std::vector<float>& tile = progress->rows[static_cast<size_t>(live.read)];
    if (tile.empty()) break;
    jobs::append_tile(tile, live.rows);
    live.rows.ended = live.rows.diverged_at >= 0 || live.read + 1 == progress->tiles;
  }
  if (!live.rows.ended) return false;
  engine.cancel(live.id);
  live.id = -1;
  return true;
}

/// The runs themselves come first.
void keep_walkers(Trainings& trainings, Session& session, Results& results, jobs::Engine* engine) {
  const bool wanted = engine && session.many_walkers && is_random(session.scenario);
  const size_t runs = wanted ? trainings.runs.size() : 0;
  for (size_t r = 0; r < trainings.walkers.size(); ++r) {
    LiveWalkers& live = trainings.walkers[r];
    if (live.id < 0 || (r < runs && live.of == results[r].began)) continue;
    engine->cancel(live.id);
    live.id = -1;
  }
  trainings.walkers.resize(runs);
  const int all = wanted && runs > 0 ? walkers_of_training(session.scenario) : 0;
  for (size_t r = 0; r < runs; ++r) {
    LiveWalkers& live = trainings.walkers[r];
    live.of = results[r].began;
    if (live.id >= 0 && collect_walker(live, *engine)) results.add_walker(r, live.rows);
    const bool rests = results[r].training->ended && trainings.runs[r].id < 0 && results[r].path.size() > 1;
    const int known = results.walkers_known(r);
    if (live.id < 0 && rests && known < all && !ImGui::IsAnyItemActive())
      submit_walker(live, session.scenario, static_cast<int>(r), known, *engine);
  }
}

}  // namespace

int walkers_of_training(const Scenario& scenario) {
  constexpr double patience_ms = 20000;
  constexpr int least = 8;
  constexpr double most_rows = 1.28e6;  // of all, which each further one adds up anew
  const double each = jobs::training_ms(*network_of(scenario), scenario.steps);
  return static_cast<int>(
      std::clamp(std::min(patience_ms / each, most_rows / scenario.steps), 1.0 * least, 1.0 * most_walkers));
}

RunResult begin_training(const Scenario& scenario, const Run& run, int steps, bool whole,
                         const RunResult* before) {
  RunResult result;
  const NetworkProblem& network = *network_of(scenario);
  if (before && !whole && before->training) {
    jobs::TrainingRows kept = jobs::rows_before(*before->training, run, steps);
    if (kept.size() > 1) {
      publish(result, std::make_shared<const jobs::TrainingRows>(std::move(kept)));
      return result;
    }
  }
  if (jobs::has_data(scenario)) {
    publish(result,
            std::make_shared<const jobs::TrainingRows>(jobs::first_rows(scenario, run, steps, whole)));
    return result;
  }
  auto rows = std::make_shared<jobs::TrainingRows>(jobs::no_rows(network, steps));
  result.path.loss = result.path.momentum = {none};
  result.path.lr = {run.optimizer.number(0)};
  result.outcome = {Outcome::Kind::slow, -1, "slow"};
  result.training = std::move(rows);
  return result;
}

void keep_training(Trainings& trainings, Session& session, Results& results, const Services& services) {
  jobs::Engine* engine = services.engine;
  const bool trains = network_of(session.scenario) && jobs::has_data(session.scenario);
  const bool lacks = network_of(session.scenario) && !trains;
  if (lacks && !trainings.asked && services.host.fetch_digits) services.host.fetch_digits();
  trainings.asked = lacks;
  if (trains && results[0].training->size() == 0) results.forget();  // they have come
  const size_t wanted = trains && engine ? results.size() : 0;
  for (size_t r = wanted; r < trainings.runs.size(); ++r) cancel(trainings.runs[r], engine);
  trainings.runs.resize(wanted);
  trainings.under_way = false;
  trainings.progress = 1;
  for (size_t r = 0; r < wanted; ++r) {
    LiveTraining& live = trainings.runs[r];
    const RunResult& result = results[r];
    if (live.of != result.began) {
      cancel(live, engine);
      live = {};
      live.of = result.began;
      live.begun_at = services.now;
      if (!result.training->ended) submit(live, session.scenario, static_cast<int>(r), *engine);
    }
    if (live.rows) go_on(live, static_cast<int>(r), session, results, *engine);
    if (live.id < 0 || live.stage > 0) continue;
    trainings.under_way = true;
    trainings.seconds = services.now - live.begun_at;
    trainings.progress = std::min(trainings.progress, result.path.size() / (session.scenario.steps + 1.0));
  }
  keep_walkers(trainings, session, results, engine);
}

void stop_training(Trainings& trainings, jobs::Engine* engine) {
  for (LiveTraining& live : trainings.runs) {
    cancel(live, engine);
    live.rows = nullptr;
  }
}

}  // namespace stride::lab
