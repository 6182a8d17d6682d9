// The fair comparison, used as a learner uses it.
#include "lab/studies/take_values.h"
#include "support/panel_bench.h"

using namespace stride;
using namespace stride::lab;

TEST_CASE("fair comparison gives every run its best rate in one undo step and ranks the runs") {
  Scenario s = with_runs({"SGD", "Adam", "Adagrad"});
  for (Run& run : s.runs) run.optimizer.values[0] = {1e-4};
  Bench b(lab::compare, s);
  b.rest();
  CHECK(b.engine->tiles_begun() == 0);  // nothing before it is asked for
  b.click("button", "compare");
  b.rest();
  CHECK(b.lr() == 1e-4);  // a look changes nothing
  const CompareTool& tool = b.d.lab.studies.compare;
  REQUIRE(tool.rows.size() == 3);
  b.click("button", "give best rates");
  b.rest();
  CHECK(b.d.lab.session.undo.size() == 1);
  for (size_t r = 0; r < 3; ++r) {
    const std::vector<float> row =
        run_study(jobs::problem_of(request_of(s, int(r))), study_settings("compare", {}));
    CHECK(b.lr(r) == doctest::Approx(double(row[0])).epsilon(1e-5));
    CHECK(tool.rows[r].final_loss == double(row[1]));
    const double loss = b.d.lab.results[r].path.loss.back();
    CHECK(std::fabs(loss - double(row[1])) <= 0.05 * std::fabs(loss) + 1e-6);
  }
  double last = -no_limit;
  for (int rank = 1; rank <= 3; ++rank) {
    const Control c = b.d.get("button", "rank " + std::to_string(rank));
    const CompareRow& row = tool.rows[size_t(c.now)];
    CHECK(row.final_loss >= last);
    last = row.final_loss;
    CHECK(contains(c.value, name_of(s.runs[size_t(c.now)])));
    CHECK(row.lower <= row.median);
    CHECK(row.median <= row.upper);
  }
  undo(b.d.lab.session);
  for (size_t r = 0; r < 3; ++r) CHECK(b.lr(r) == 1e-4);
}

TEST_CASE("the comparison's headings sort, and what is old says so") {
  Bench b(lab::compare, with_runs({"Adadelta", "SGD", "Adam", "RMSprop"}));
  b.frames(2);
  b.click("button", "compare");
  b.rest();
  CompareTool& tool = b.d.lab.studies.compare;
  REQUIRE(tool.rows.size() == 4);
  const std::pair<const char*, double CompareRow::*> headings[] = {
      {"sort by steps", &CompareRow::steps},
      {"sort by median", &CompareRow::median},
      {"sort by final loss", &CompareRow::final_loss}};
  for (const auto& [name, member] : headings) {
    b.click("button", name);
    CHECK(b.d.get("button", name).checked);
    double last = -no_limit;
    for (int rank = 1; rank <= 4; ++rank) {
      double v = tool.rows[size_t(b.d.get("button", "rank " + std::to_string(rank)).now)].*member;
      if (member == &CompareRow::steps && v < 0) v = no_limit;
      CHECK(v >= last);
      last = v;
    }
  }
  CHECK(!says("changed since"));
  b.d.lab.session.scenario.runs[0].optimizer.values[0] = {0.5};
  b.frames(3);
  CHECK(!says("changed since"));  // rates are what the comparison chooses
  b.d.lab.session.scenario.steps += 10;
  b.frames(3);
  CHECK(says("changed since"));
  b.click("button", "compare");
  b.rest();
  CHECK(!says("changed since"));
  b.click("spinbutton", "tolerance");
  ImGui::GetIO().AddInputCharactersUTF8("10");
  b.frames(2);
  ImGui::GetIO().AddKeyEvent(ImGuiKey_Enter, true);
  b.frames(2);
  ImGui::GetIO().AddKeyEvent(ImGuiKey_Enter, false);
  b.frames(2);
  CHECK(says("changed since"));
  const double steps = tool.rows[1].steps;
  b.click("button", "compare");
  b.rest();
  CHECK(tool.rows[1].steps >= 0);
  CHECK((steps < 0 || tool.rows[1].steps <= steps));
  b.click("button", "rank 2");
  CHECK(b.d.lab.session.selected == int(b.d.get("button", "rank 2").now));
}

namespace {

/// An engine that computes nothing while it is held.
class Held : public jobs::Engine {
 public:
  explicit Held(jobs::Engine& engine) : engine_(engine) {}
  jobs::Id submit(const jobs::Request& request, int slot) override { return engine_.submit(request, slot); }
  const jobs::Progress* poll(jobs::Id id, double budget_ms) override {
    return engine_.poll(id, held ? 0 : budget_ms);
  }
  void cancel(jobs::Id id) override { engine_.cancel(id); }
  bool busy() const override { return engine_.busy(); }
  bool wants_frame() const override { return engine_.wants_frame(); }
  int workers() const override { return engine_.workers(); }
  long tiles_begun() const override { return engine_.tiles_begun(); }

  bool held = true;

 private:
  jobs::Engine& engine_;
};

}  // namespace

TEST_CASE("a scenario that changes while runs are compared keeps its rates") {
  for (const bool changed : {false, true}) {
    Bench b(lab::compare, with_runs({"SGD", "Adam"}));
    Held engine(*b.engine);
    b.d.lab.services.engine = &engine;
    const double before = b.lr();
    b.frames(2);
    b.click("button", "give best rates");
    REQUIRE(b.d.lab.studies.compare.running);
    if (changed) b.d.lab.session.scenario.runs[0].optimizer.values[0] = {0.0123};
    engine.held = false;
    b.rest();
    CHECK(!b.d.lab.studies.compare.running);
    if (changed)
      CHECK(b.lr() == 0.0123);
    else
      CHECK(b.lr() != before);
  }
}
