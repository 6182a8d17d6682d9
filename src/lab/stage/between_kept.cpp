#include "lab/stage/between_kept.h"

#include "lab/session/ground.h"
#include "lab/studies/live_study.h"

namespace stride::lab {

namespace {

constexpr int between_slot = 48;  // of jobs::Engine

void begin(BetweenKept& between, const Session& session, const RunResult& run, int kept,
           jobs::Engine& engine) {
  if (between.id >= 0) engine.cancel(between.id);
  const Scenario& scenario = session.scenario;
  jobs::Request request = request_of(scenario, session.selected);
  request.kind = jobs::Request::Kind::training;
  request.study = jobs::replay_from(kept, request.scenario.runs[0], scenario.steps);
  between = {run.began, kept, engine.submit(request, between_slot), 0,
             jobs::no_rows(*network_of(scenario), scenario.steps)};
}

void collect(BetweenKept& between, size_t wanted, jobs::Engine& engine) {
  const jobs::Progress* progress = engine.poll(between.id, 4);
  for (; progress && between.read < progress->tiles && between.rows.weights.size() < wanted; ++between.read) {
    const std::vector<float>& tile = progress->rows[static_cast<size_t>(between.read)];
    if (tile.empty()) return;
    jobs::append_tile(tile, between.rows);
  }
  engine.cancel(between.id);
  between.id = -1;
}

}  // namespace

std::span<const float> weights_between(BetweenKept& between, const Session& session, const RunResult& run,
                                       int row, jobs::Engine* engine) {
  const jobs::TrainingRows& rows = *run.training;
  const int kept = row / rows.kept_every * rows.kept_every;
  if (!engine || !rows.ended || row == kept) return {};
  if (between.of != run.began || between.kept != kept) begin(between, session, run, kept, *engine);
  const auto count = static_cast<size_t>(rows.weight_count), behind = static_cast<size_t>(row - kept);
  if (between.id >= 0) collect(between, count * static_cast<size_t>(rows.kept_every - 1), *engine);
  if (between.rows.weights.size() < count * behind) return {};
  return std::span(between.rows.weights).subspan(count * (behind - 1), count);
}

}  // namespace stride::lab
