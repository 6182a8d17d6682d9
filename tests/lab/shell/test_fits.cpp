// The lab with a fit in it: the surface over its two weights and the data beside it, the line that follows the
// cursor, points of one's own.
#include <algorithm>
#include <cmath>

#include "lab/session/ground.h"
#include "support/lab_driver.h"
#include "support/sentences.h"

using namespace stride;
using namespace stride::lab;

namespace {

Scenario on_fit(const std::string& members, const std::string& rest = R"("steps": 40)") {
  Scenario s;
  REQUIRE(sentence(read_scenario(R"({"stride": 1, "problem": {"type": "fit")" + members + "}, " + rest + "}",
                                 s)) == "");
  return s;
}

constexpr const char* three_points = R"(, "data": {"type": "points", "points": [[0, 1], [1, 2], [2, 3]]})";

Control data_of(const Driver& d) {
  return d.get("img", "data");
}

/// A place in the data's picture, by parts of it.
ImVec2 within(const Control& data, float right, float down) {
  return {data.at.x + data.size.x * right, data.at.y + data.size.y * down};
}

}  // namespace

TEST_CASE("every fit is drawn with every page and tool open, at every size") {
  for (const char* members :
       {"", R"(, "model": "sigmoid")", R"(, "scale": "standard", "batch_size": 8)", three_points})
    for (const auto& [w, h] : {std::pair(1280.0f, 800.0f), std::pair(390.0f, 844.0f)}) {
      Driver d(w, h, 1, on_fit(members));
      CAPTURE(members);
      for (int page = 0; page < 4; ++page)
        for (int tool = 0; tool < tool_total; ++tool) {
          d.lab.shell.sheet_open = true;
          d.lab.shell.page = Page(page);
          d.lab.shell.tool = Tool(tool);
          d.lab.shell.problem_open = true;
          d.frames(2);
          const Control surface = d.get("img", "loss surface"), data = data_of(d);
          const bool below = data.at.y >= surface.at.y + surface.size.y - 1;
          const bool beside = data.at.x >= surface.at.x + surface.size.x - 1;
          CHECK((below || beside));
        }
    }
}

TEST_CASE("the model beside the surface is that of the step under the cursor") {
  Scenario s =
      on_fit(three_points,
             R"("steps": 400, "runs": [{"optimizer": {"type": "SGD", "lr": 0.2}}], "view": {"cursor": 0})");
  Driver d(1280, 800, 1, s);
  CHECK(data_of(d).value == "0 · x + 0, loss 4.667");
  d.lab.session.scenario.view.cursor = 400;
  d.frames(2);
  CHECK(data_of(d).value.starts_with("1 · x + 1, loss "));
}

TEST_CASE("a point is added, dragged and erased in the picture: the surface and the run follow") {
  Driver d(1280, 800, 1, on_fit(three_points));
  Session& session = d.lab.session;
  const auto points = [&]() -> const std::vector<double>& { return fit_of(session.scenario)->points; };
  const double before = d.lab.results[0].path.loss[0];
  const ImVec2 at = within(data_of(d), 0.5f, 0.25f), there = within(data_of(d), 0.4f, 0.7f);
  d.move(at.x, at.y);
  d.press();
  d.release();
  d.frames(30);
  REQUIRE(points().size() == 8);
  CHECK(d.lab.results[0].path.loss[0] != before);
  const double high = points()[7];
  d.drag(at.x, at.y, there.x, there.y);
  d.frames(30);
  CHECK(points()[7] < high);
  const Control data = data_of(d);
  CHECK(data.now == 4);
  undo(session);
  undo(session);
  d.frames(2);
  CHECK(points().size() == 6);
  CHECK(d.lab.results[0].path.loss[0] == before);
}

TEST_CASE("points are typed as CSV; a fault names its line, and what was there stays") {
  Driver d(1280, 800, 1, on_fit(three_points));
  d.lab.shell.problem_open = true;
  d.frames(2);
  const std::string id = d.get("textbox", "points as CSV, x,y").id;
  CHECK(d.get("textbox", "points as CSV, x,y").value == "0,1\n1,2\n2,3\n");
  REQUIRE(request(id, "type", "0,0\n1,5\n") == "");
  d.frames(3);
  CHECK(fit_of(d.lab.session.scenario)->points == std::vector<double>{0, 0, 1, 5});
  REQUIRE(request(id, "type", "0,0\n1,five\n") == "");
  d.frames(3);
  CHECK(fit_of(d.lab.session.scenario)->points == std::vector<double>{0, 0, 1, 5});
  const bool told = std::any_of(controls().begin(), controls().end(), [](const Control& c) {
    return c.name.find("line 2") != std::string::npos || c.value.find("line 2") != std::string::npos;
  });
  CHECK(told);
  open_document(d.lab, "x,y\n3,4\n5,7\n", "mine.csv");
  d.frames(2);
  CHECK(fit_of(d.lab.session.scenario)->points == std::vector<double>{3, 4, 5, 7});
  open_document(d.lab, "3,4\n5,\n", "mine.csv");
  CHECK(d.lab.shell.notice.is_error);
  CHECK(d.lab.shell.notice.words.find("mine.csv") != std::string::npos);
}

TEST_CASE("the model, the data and their scale are chosen; a rate that nobody chose goes with them") {
  Driver d(1280, 800, 1, on_fit(""));
  d.lab.shell.problem_open = true;
  d.frames(2);
  const double raw = selected_run(d.lab.session).optimizer.number(0);
  const auto choose = [&](const char* name, const char* option) {
    REQUIRE(request(d.get("combobox", name).id, "choose", option) == "");
    d.frames(3);
  };
  choose("scale", "standard");
  CHECK(fit_of(d.lab.session.scenario)->scale == FitScale::standard);
  CHECK(selected_run(d.lab.session).optimizer.number(0) > 10 * raw);
  choose("data", "own points");
  CHECK(fit_of(d.lab.session.scenario)->points.size() == 100);
  choose("model", "sigmoid");
  CHECK(fit_of(d.lab.session.scenario)->data == FitData::iris);
}

TEST_CASE("the contours of the step's own batch are shown where they are asked for") {
  Driver d(1280, 800, 1, on_fit(R"(, "batch_size": 8)", R"("steps": 30, "view": {"cursor": 3})"));
  d.move(1, 1);
  d.frames(2);
  const int without = ImGui::GetDrawData()->TotalVtxCount;
  d.click("button", "contours of the batch");
  d.move(1, 1);
  d.frames(30);  // what is said of the button is gone
  CHECK(ImGui::GetDrawData()->TotalVtxCount > without + 500);
  d.click("button", "contours of the batch");
  d.move(1, 1);
  d.frames(30);
  CHECK(ImGui::GetDrawData()->TotalVtxCount < without + 100);
}

TEST_CASE("the instruments on a fit have the numbers of the command line") {
  for (const char* members : {"", R"(, "model": "sigmoid", "batch_size": 16)"}) {
    CAPTURE(members);
    Driver d(1280, 900, 1, on_fit(members, R"("steps": 30)"));
    const std::unique_ptr<jobs::Engine> engine = jobs::make_inline();
    d.lab.services.engine = engine.get();
    d.frames(3);  // the strip under the rate has its place now
    Studies& studies = d.lab.studies;
    const auto wait = [&](const LiveStudy& study) {
      for (int i = 0; i < 4000 && (study.rows.empty() || study.id >= 0); ++i) d.frames(1);
      REQUIRE(!study.rows.empty());
      CHECK(study.rows ==
            run_study(jobs::problem_of({d.lab.session.scenario, 0, {}}), study.shown_for.study));
    };
    d.click("tab", "Range test", "tools");
    wait(studies.range.tests[0]);
    d.click("tab", "Map", "tools");
    d.frames(2);
    for (int i = 0; i < 4000 && studies.map.study.rows.empty(); ++i) d.frames(1);
    REQUIRE(!studies.map.study.rows.empty());
    CHECK(studies.map.study.rows ==
          run_study(jobs::problem_of({d.lab.session.scenario, 0, {}}), studies.map.study.shown_for.study));
    d.click("tab", "Compare", "tools");
    d.click("button", "compare");
    wait(studies.compare.studies[0]);
    d.click("button", "basins");
    const LiveStudy& basins = studies.basins.study;
    for (int i = 0; i < 4000 && basins.rows.empty(); ++i)
      basins_overlay(studies.basins, d.lab.session, study_desk(d.lab), d.lab.stage),
          d.frames(1);  // drawing the surface asks for them
    REQUIRE(!basins.rows.empty());
    CHECK(basins.rows ==
          run_study(jobs::problem_of({d.lab.session.scenario, 0, {}}), basins.shown_for.study));
    d.lab.services.engine = nullptr;
  }
}
