#include <doctest/doctest.h>

#include "lab/session/edits.h"
#include "lab/setup/drafts.h"
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
