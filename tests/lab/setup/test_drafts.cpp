#include <doctest/doctest.h>

#include "lab/session/edits.h"
#include "lab/setup/drafts.h"
#include "support/panel_bench.h"
#include "support/sentences.h"

using namespace stride;
using namespace stride::lab;

TEST_CASE("a draft lasts until another scenario, surface or set of runs takes the place of its own") {
  Session session;
  begin(session, default_scenario());
  Drafts drafts;
  keep_drafts(drafts, session);
  const auto half_typed = [&] {
    drafts.expression = "x^2 +";
    drafts.expression_error = "column 6: expected a number";
    drafts.renaming = 0;
    keep_drafts(drafts, session);
    CHECK(drafts.expression == "x^2 +");
    CHECK(drafts.renaming == 0);
  };
  half_typed();
  session.scenario.runs[0].optimizer.values[0] = {0.25};
  keep_drafts(drafts, session);
  CHECK(drafts.expression == "x^2 +");
  commit(session);
  undo(session);
  keep_drafts(drafts, session);
  CHECK(drafts.expression.empty());
  CHECK(drafts.expression_error.empty());
  CHECK(drafts.renaming == -1);

  half_typed();
  pick_surface(session, find_surface("beale"));
  keep_drafts(drafts, session);
  CHECK(drafts.expression.empty());
  CHECK(drafts.renaming == 0);
  add_run(session);
  keep_drafts(drafts, session);
  CHECK(drafts.renaming == -1);

  REQUIRE(use_expression(session, "x*y") == "");
  keep_drafts(drafts, session);
  CHECK(drafts.expression == "x*y");
}

TEST_CASE("a plateau's relative threshold below zero is explained, and only there") {
  const auto told = [](double x, const char* mode) {
    Scenario s;
    const std::string plateau =
        std::string(R"({"type": "ReduceLROnPlateau", "patience": 2, "threshold_mode": ")") + mode;
    REQUIRE(read_scenario(
                R"({"stride": 1, "problem": {"surface": "styblinski_tang", "start": [)" + std::to_string(x) +
                    R"(, -2.9]}, "runs": [{"optimizer": {"type": "SGD", "lr": 1e-6}, "schedule": )" +
                    plateau + R"("}}]})",
                s) == "");
    Driver d(1440, 1400, 1, s);
    d.frames(3);
    return std::any_of(controls().begin(), controls().end(), [](const Control& c) {
      return contains(c.name, "with threshold_mode rel") && contains(c.name, "abs does what is meant");
    });
  };
  CHECK(told(-2.9, "rel"));
  CHECK(!told(-2.9, "abs"));
  CHECK(!told(4.9, "rel"));  // a loss far above zero
}
