// What a fit has in place of a formula: its model, its data, their scale, the batches, the start.
#include <algorithm>
#include <cmath>

#include "lab/session/edits.h"
#include "lab/session/ground.h"
#include "lab/setup/lock_scope.h"
#include "lab/setup/setup.h"
#include "scenario/documents/writing.h"
#include "text/text.h"
#include "ui/widgets.h"

namespace stride::lab {

using namespace ui;

namespace {

/// Points of one's own begin as what was there.
void take_data(FitProblem& fit, FitData data) {
  if (data == FitData::points && fit.data != FitData::points) {
    const Samples samples = samples_of(fit);
    fit.points.clear();
    for (size_t i = 0; i < samples.x.size(); ++i)
      fit.points.insert(fit.points.end(), {samples.x[i], samples.y[i]});
  }
  if (data != FitData::points) fit.points.clear();
  fit.data = data;
  fit.batches.clear();
}

/// Numbers that are no labels are no data of a sigmoid.
void take_model(FitProblem& fit, FitModel model) {
  fit.model = model;
  const std::vector<double> labels = samples_of(fit).y;
  const bool fits = std::all_of(labels.begin(), labels.end(), [](double y) { return y == 0 || y == 1; });
  if (model == FitModel::line ? fit.data == FitData::iris : !fits) take_data(fit, default_fit_data(model));
}

void model_and_data(Session& session, const FitProblem& fit) {
  FitProblem next = fit;
  next.start.reset();
  next.domain.reset();
  Columns c = begin_columns(3);
  int model = static_cast<int>(fit.model);
  bool changed =
      choice("model", model, {"line", "sigmoid"}, "What is fitted: w x + b, or the logit of a label.");
  next_column(c);
  std::vector<const char*> names = {"cars", "iris", "own points"};
  if (fit.model == FitModel::sigmoid) names.erase(names.begin());
  const int first = fit.model == FitModel::sigmoid ? 1 : 0;
  int data = static_cast<int>(fit.data) - first;
  const bool other_data = choice("data", data, names, "Own points begin as the data that is there.");
  next_column(c);
  int scale = static_cast<int>(fit.scale);
  const bool scaled =
      choice("scale", scale, {"none", "standard"},
             "standard: less the mean, over the standard deviation. It turns a ravine into a bowl.");
  end_columns(c);
  if (changed) take_model(next, static_cast<FitModel>(model));
  if (other_data) take_data(next, static_cast<FitData>(data + first));
  if (scaled) next.scale = static_cast<FitScale>(scale);
  changed |= other_data || scaled;
  if (!changed) return;
  Scenario probe = session.scenario;
  probe.problem = next;
  if (const Error error = validate(probe)) return refuse(session, sentence(error), true);
  pick_fit(session, std::move(next));
}

void batch_fields(FitProblem& fit) {
  const double most = static_cast<double>(samples_of(fit).x.size());
  double size = fit.batch_size;
  if (slider("Batch size", size, {0, most, false, true, "", "How many samples a step sees; 0: all of them."},
             0, most)) {
    fit.batch_size = static_cast<int>(size);
    fit.batches.clear();
  }
  if (fit.batch_size == 0) return;
  double seed = fit.seed;
  if (number("batch seed", seed, 0, 4294967295.0, true, "The same seed shuffles alike."))
    fit.seed = static_cast<unsigned>(seed);
}

void start_of_weights(Session& session) {
  Run& run = selected_run(session);
  Point start = start_of(session.scenario, run);
  Columns c = begin_columns(2);
  bool changed = number("start w", start.x, -1e6, 1e6, false, "Where the descent starts.");
  next_column(c);
  changed |= number("start b", start.y, -1e6, 1e6, false, "Where the descent starts.");
  end_columns(c);
  if (!changed) return;
  if (run.start)
    run.start = start;
  else
    put_start(session.scenario, start);
}

}  // namespace

void fit_fields(Session& session, Drafts& drafts) {
  LockScope scope = begin_locked(session, lock_surface);
  model_and_data(session, *fit_of(session.scenario));
  if (fit_of(session.scenario)->data == FitData::points)
    points_field(
        session, drafts, [](const Scenario& in) -> const auto& { return fit_of(in)->points; }, 2,
        "points as CSV, x,y", "One point a line, x,y; paste them here or drop a file on the page.");
  batch_fields(*fit_of(session.scenario));
  end_locked(scope);
  scope = begin_locked(session, lock_start);
  start_of_weights(session);
  end_locked(scope);
}

}  // namespace stride::lab
