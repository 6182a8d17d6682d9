#include "lab/studies/live_study.h"

#include "imgui.h"
#include "jobs/training.h"
#include "lab/session/ground.h"

namespace stride::lab {

namespace {

bool same_question(const jobs::Request& a, const jobs::Request& b) {
  return a.run == b.run && same_numbers(a.scenario, b.scenario);
}

/// Whether an answer for one is of any use while that for the other is on its way.
bool same_ground(const Scenario& a, const Scenario& b) {
  return same_function(a.problem, b.problem) && (!is_descent(a) || domain_of(a) == domain_of(b));
}

void ask(LiveStudy& study, const StudyDesk& desk, jobs::Request request, int stage, int slot) {
  study.asked = std::move(request);
  study.stage = stage;
  study.asked_at = desk.now;
  study.progress = 0;
  study.id = desk.engine->submit(study.asked, slot);
}

void collect(LiveStudy& study, jobs::Engine& engine) {
  const jobs::Progress* p = engine.poll(study.id, 4);
  if (!p) return;
  study.progress = p->tiles ? static_cast<double>(p->done) / p->tiles : 0;
  if (!p->finished()) return;
  study.rows.clear();
  for (const auto& tile : p->rows) study.rows.insert(study.rows.end(), tile.begin(), tile.end());
  study.shown_for = study.asked;
  study.fresh = true;
  engine.cancel(study.id);
  study.id = -1;
}

}  // namespace

void keep_asking(LiveStudy& study, const StudyDesk& desk, jobs::Request wanted,
                 const std::vector<Settings>& stages, int slot) {
  study.fresh = false;
  if (!desk.engine) return;
  if (desk.closed || !jobs::has_data(wanted.scenario)) return stop_asking(study, desk);
  wanted.study = stages[0];
  const bool other = study.stage < 0 || !same_question(wanted, study.asked) ||
                     study.stage >= static_cast<int>(stages.size()) ||
                     !(study.asked.study == stages[static_cast<size_t>(study.stage)]);
  if (other && !same_ground(wanted.scenario, study.shown_for.scenario)) study.rows.clear();
  if (other) ask(study, desk, wanted, 0, slot);
  if (study.id >= 0) collect(study, *desk.engine);
  // A coarse answer is refined once the hand rests.
  const size_t next = static_cast<size_t>(study.stage + 1);
  if (study.id < 0 && next < stages.size() && !ImGui::IsAnyItemActive()) {
    wanted.study = stages[next];
    ask(study, desk, wanted, study.stage + 1, slot);
  }
}

void stop_asking(LiveStudy& study, const StudyDesk& desk) {
  if (desk.engine && study.id >= 0) desk.engine->cancel(study.id);
  study = {};
}

jobs::Request request_of(const Scenario& scenario, int r) {
  jobs::Request request{scenario, 0, {}};
  request.scenario.view = {};
  request.scenario.runs = {scenario.runs[static_cast<size_t>(r)]};
  return request;
}

bool is_stale(const LiveStudy& study, double now) {
  return study.id >= 0 && !study.rows.empty() && now - study.asked_at > 0.15 &&
         !same_numbers(study.shown_for.scenario, study.asked.scenario);
}

}  // namespace stride::lab
