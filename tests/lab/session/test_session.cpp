#include <doctest/doctest.h>

#include "lab/lessons/lesson_state.h"
#include "lab/session/edits.h"
#include "lab/session/locks.h"
#include "lab/session/playback.h"
#include "lab/session/results.h"
#include "support/sentences.h"

using namespace stride;
using namespace stride::lab;

namespace {

/// A session with its results, as the lab holds them, and no window.
struct Bare {
  Session session;
  LessonState lesson;
  Results results{session, lesson};

  explicit Bare(std::initializer_list<const char*> keys = {"SGD"}) {
    Scenario s = default_scenario();
    s.runs.clear();
    for (const char* key : keys) s.runs.push_back(default_run(find_optimizer(key)));
    begin(session, std::move(s));
  }
  double& lr(size_t run = 0) { return session.scenario.runs[run].optimizer.values[0][0]; }
};

}  // namespace

TEST_CASE("the revision moves with the scenario's numbers and with nothing else") {
  Bare b;
  const long first = revision_of(b.session);
  CHECK(revision_of(b.session) == first);
  b.session.scenario.view.yaw = 1;
  b.session.scenario.runs[0].name = "mine";
  b.session.selected = 0;
  CHECK(revision_of(b.session) == first);
  b.lr() *= 2;
  CHECK(revision_of(b.session) == first + 1);
  CHECK(revision_of(b.session) == first + 1);
}

TEST_CASE("results are computed where the numbers have changed, run by run") {
  Bare b({"SGD", "Adam"});
  const long sgd = b.results[0].id, adam = b.results[1].id;
  CHECK(sgd != adam);
  b.session.scenario.view.cursor = 3;
  CHECK(b.results[0].id == sgd);
  b.lr(1) *= 2;
  CHECK(b.results[0].id == sgd);
  CHECK(b.results[1].id != adam);
  CHECK(b.results[1].path.lr[0] == b.lr(1));
  b.session.scenario.steps = 7;
  CHECK(b.results[0].id != sgd);
  CHECK(b.results[0].path.size() == 8);
  b.session.scenario.runs.pop_back();
  CHECK(b.results.size() == 1);
}

TEST_CASE("an expression is read once, however much else changes") {
  Bare b;
  REQUIRE(use_expression(b.session, "x^2 + 3*y^2") == "");
  const Expression* read = b.results.objective().expression.get();
  REQUIRE(read);
  b.lr() *= 0.5;
  surface_of(b.session.scenario).noise.sigma = 1;
  surface_of(b.session.scenario).domain = Domain{-1, 1, -1, 1};
  CHECK(b.results[0].path.size() > 1);
  CHECK(b.results.objective().expression.get() == read);
  REQUIRE(use_expression(b.session, "x^2 + 4*y^2") == "");
  CHECK(b.results.objective().expression->text == "x^2 + 4*y^2");
  pick_surface(b.session, find_surface("beale"));
  CHECK(b.results.objective().expression == nullptr);
}

TEST_CASE("curvature belongs to the run that it is asked of") {
  Bare b({"SGD", "Adam"});
  const auto last = b.results[0].path.x.size() - 1;
  const double first = b.results.largest_curvature(0, 0);
  CHECK(first == b.results[0].lambda_start);
  CHECK(b.results.largest_curvature(1, 0) == first);
  for (const size_t run : {0, 1, 0}) {
    const Trajectory& path = b.results[run].path;
    CHECK(b.results.largest_curvature(run, last) ==
          curvature(b.results.objective().at(path.x[last], path.y[last])).largest);
  }
}

TEST_CASE("what takes long is made over several frames, and comes to the same steps") {
  Bare b({"SGD", "Adam"});
  b.session.scenario.steps = 3000;
  const Trajectory whole = trajectory_of(b.session.scenario, b.session.scenario.runs[1]);
  b.results.patience_ms = 0;
  REQUIRE(b.results.are_under_way());
  CHECK(b.results[1].path.size() == 32);
  int frames = 0;
  for (; b.results.are_under_way() && frames < 300; ++frames) {
    const size_t now = b.results[0].under_way ? 0 : 1;  // one after the other
    const int before = b.results[now].path.size();
    CHECK(card_words(b.results[now]) == "step " + std::to_string(before - 1) + " …");
    const long id = b.results[now].id, other = b.results[1 - now].id;
    b.results.go_on();
    CHECK(b.results[now].path.size() > before);
    CHECK(b.results[now].id > id);
    CHECK(b.results[1 - now].id == other);
  }
  CHECK(frames == 2 * (3000 / 32));
  CHECK(b.results[1].path.x == whole.x);
  CHECK(b.results[1].path.loss == whole.loss);
  CHECK(b.results[1].outcome == outcome(b.results.objective(), whole));
  b.lr() *= 2;  // another run is made anew, the first from its beginning
  CHECK(b.results[0].path.size() == 32);
  CHECK(b.results[1].path.size() == 3001);
}

TEST_CASE("a lesson's question and the fog decide how far the results reach") {
  Bare b;
  b.lesson.open.emplace();
  b.lesson.open->prediction.emplace();
  CHECK(b.results[0].path.size() == 1);
  CHECK(card_words(b.results[0]).find("loss") == 0);
  b.lesson.answer = 0;
  CHECK(b.results[0].path.size() == b.session.scenario.steps + 1);
  b.lesson.blindfold = true;
  CHECK(b.results[0].path.size() == 1);
}

TEST_CASE("history: a step for every change let go, and its way back and forth") {
  Bare b;
  Session& s = b.session;
  const double before = b.lr();
  const unsigned steps = s.steps, replaced = s.replaced;
  commit(s);
  CHECK(s.steps == steps);
  CHECK(s.undo.empty());
  b.lr() = before * 2;
  commit(s);
  CHECK(s.undo.size() == 1);
  CHECK(s.steps == steps + 1);
  CHECK(s.replaced == replaced);
  s.scenario.view.flat = true;
  undo(s);
  CHECK(b.lr() == before);
  CHECK(s.scenario.view.flat);  // what is looked at stays
  CHECK(s.replaced == replaced + 1);
  CHECK(s.redo.size() == 1);
  redo(s);
  CHECK(b.lr() == before * 2);
  CHECK(s.steps == steps + 3);
  redo(s);
  CHECK(s.steps == steps + 3);
  b.lr() = before * 3;
  undo(s);  // what was not let go yet is a step too
  CHECK(b.lr() == before * 2);
}

TEST_CASE("what the format refuses is not taken, and a sentence says why") {
  Bare b;
  Run& run = b.session.scenario.runs[0];
  const int nesterov = find_param(optimizers()[size_t(run.optimizer.row)].params, "nesterov");
  REQUIRE(nesterov > 0);
  const Scenario good = b.session.scenario;
  run.optimizer.values[size_t(nesterov)] = {1};
  commit(b.session);
  CHECK(same_numbers(b.session.scenario, good));
  CHECK(b.session.undo.empty());
  CHECK(b.session.refusal.is_error);
  CHECK(b.session.refusal.words.find("nesterov") != std::string::npos);
}

TEST_CASE("too many runs and too few are refused without an error") {
  Bare b;
  remove_run(b.session, 0);
  CHECK(b.session.scenario.runs.size() == 1);
  CHECK_FALSE(b.session.refusal.words.empty());
  CHECK_FALSE(b.session.refusal.is_error);
  b.session.refusal = {};
  while (b.session.scenario.runs.size() < max_runs) add_run(b.session);
  CHECK(b.session.refusal.words.empty());
  for (const auto add : {add_run, +[](Session& s) { duplicate_run(s, 0); }}) {
    b.session.refusal = {};
    add(b.session);
    CHECK(b.session.scenario.runs.size() == max_runs);
    CHECK_FALSE(b.session.refusal.words.empty());
  }
}

TEST_CASE("a removed run takes its hiding with it, and the others keep theirs") {
  Bare b({"SGD", "Adam", "RMSprop"});
  set_hidden(b.session.scenario, 2, true);
  b.session.selected = 2;
  remove_run(b.session, 0);
  CHECK(is_hidden(b.session.scenario, 1));
  CHECK_FALSE(is_hidden(b.session.scenario, 0));
  CHECK(b.session.selected == 1);
}

TEST_CASE("what is locked goes back, and a scenario from outside passes") {
  Bare b;
  const double before = b.lr();
  b.session.locks = lock_lr;
  b.lr() = before * 2;
  commit(b.session);
  CHECK(b.lr() == before);
  b.lr() = before * 2;
  adopt(b.session);
  CHECK(b.lr() == before * 2);
}

TEST_CASE("a clock that jumps moves the playing cursor by little and never back") {
  Bare b;
  Playback p;
  Session& s = b.session;
  toggle_play(s, p);
  for (int i = 0; i < 5; ++i) advance(s, p, 0.1);
  CHECK(cursor_step(s.scenario) == 15);
  for (const double jump : {-1e-9, -0.1, -3600.0, -1e300}) advance(s, p, jump);
  CHECK(cursor_step(s.scenario) == 15);
  advance(s, p, 3600);  // asleep for an hour
  CHECK(cursor_step(s.scenario) == 18);
  CHECK(p.playing);
}

TEST_CASE("the cursor plays to the end and stops there; seeking stops it") {
  Bare b;
  Playback p;
  Session& s = b.session;
  CHECK(cursor_step(s.scenario) == s.scenario.steps);
  toggle_play(s, p);  // from the end it begins anew
  CHECK(p.playing);
  CHECK(cursor_step(s.scenario) == 0);
  advance(s, p, 0.05);
  CHECK(cursor_step(s.scenario) == 1);
  p.speed = 8;
  for (int i = 0; i < 100; ++i) advance(s, p, 0.1);
  CHECK(cursor_step(s.scenario) == s.scenario.steps);
  CHECK_FALSE(p.playing);
  p.playing = true;
  seek(s, p, -5);
  CHECK_FALSE(p.playing);
  CHECK(cursor_step(s.scenario) == 0);
  Pointing pointing;
  pointing.hover.step = 40;
  CHECK(shown_step(s.scenario, pointing, p) == 40);
  pointing.hover.step = s.scenario.steps + 40;
  CHECK(shown_step(s.scenario, pointing, p) == s.scenario.steps);
  p.playing = true;
  CHECK(shown_step(s.scenario, pointing, p) == 0);
}
