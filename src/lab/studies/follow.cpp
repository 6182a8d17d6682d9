#include "lab/studies/follow.h"

#include "imgui.h"
#include "lab/session/lab.h"

namespace stride::lab {

namespace {

bool same_question(const jobs::Request& a, const jobs::Request& b) {
  return a.run == b.run && same_numbers(a.scenario, b.scenario);
}

/// Whether an answer for one is of any use while that for the other is on its way.
bool same_ground(const Scenario& a, const Scenario& b) {
  return a.is_network == b.is_network && a.surface.surface == b.surface.surface &&
         a.surface.expression == b.surface.expression && a.surface.domain == b.surface.domain;
}

void ask(Lab& lab, Follow& f, jobs::Request request, int stage, int slot) {
  f.asked = std::move(request);
  f.stage = stage;
  f.asked_at = lab.services.now;
  f.progress = 0;
  f.id = lab.services.engine->submit(f.asked, slot);
}

void collect(Lab& lab, Follow& f) {
  const jobs::Progress* p = lab.services.engine->poll(f.id, 4);
  if (!p) return;
  f.progress = p->tiles ? static_cast<double>(p->done) / p->tiles : 0;
  if (!p->finished()) return;
  f.rows.clear();
  for (const auto& tile : p->rows) f.rows.insert(f.rows.end(), tile.begin(), tile.end());
  f.shown_for = f.asked;
  f.fresh = true;
  lab.services.engine->cancel(f.id);
  f.id = -1;
}

}  // namespace

void follow(Lab& lab, Follow& f, int run, const std::vector<Settings>& stages, int slot) {
  jobs::Request wanted{lab.session.scenario, run, stages[0]};
  wanted.scenario.view = {};
  // Only the run in question matters: another run's change asks for nothing.
  wanted.scenario.runs = {lab.session.scenario.runs[static_cast<size_t>(run)]};
  wanted.run = 0;
  follow_request(lab, f, std::move(wanted), stages, slot);
}

void follow_request(Lab& lab, Follow& f, jobs::Request wanted, const std::vector<Settings>& stages,
                    int slot) {
  f.fresh = false;
  if (!lab.services.engine) return;
  // It would answer the lesson's question, or show what lies in the fog.
  if (is_asking(lab) || lab.lesson.blindfold) return unfollow(lab, f);
  wanted.study = stages[0];
  const bool other = f.stage < 0 || !same_question(wanted, f.asked) ||
                     f.stage >= static_cast<int>(stages.size()) ||
                     !(f.asked.study == stages[static_cast<size_t>(f.stage)]);
  if (other && !same_ground(wanted.scenario, f.shown_for.scenario)) f.rows.clear();
  if (other) ask(lab, f, wanted, 0, slot);
  if (f.id >= 0) collect(lab, f);
  // A coarse answer is refined once the hand rests.
  const size_t next = static_cast<size_t>(f.stage + 1);
  if (f.id < 0 && next < stages.size() && !ImGui::IsAnyItemActive()) {
    wanted.study = stages[next];
    ask(lab, f, wanted, f.stage + 1, slot);
  }
}

void unfollow(Lab& lab, Follow& f) {
  if (lab.services.engine && f.id >= 0) lab.services.engine->cancel(f.id);
  f = {};
}

}  // namespace stride::lab
