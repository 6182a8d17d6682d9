// The instruments in columns of every width.
#include "lab/studies/take_values.h"
#include "support/panel_bench.h"

using namespace stride;
using namespace stride::lab;

TEST_CASE("the instruments show their controls whole in narrow and wide columns, dark and light") {
  Scenario s = with_runs({"SGD", "Adam", "Prodigy"});
  surface_of(s).noise.sigma = 0.5;
  s.runs[1].name = "Adam with a name that is far too long for the table";
  const PanelCall panels[] = {lab::range, lab::map, lab::compare};
  for (const char* shade : {"dark", "light"})
    for (float width : {360.f, 420.f, 560.f})
      for (int i = 0; i < 3; ++i) {
        s.view.theme = shade;
        Bench b(panels[i], s, width, 300);
        const std::string where =
            "panel " + std::to_string(i) + " at " + std::to_string(int(width)) + " " + shade;
        b.rest();
        check_sound(width, where);
        if (i == 0) b.d.lab.studies.range.settings_open = true;
        if (i == 2) b.click("button", "give best rates");
        b.rest();
        check_sound(width, where + ", used");
        // At rest nothing is asked for.
        const long begun = b.engine->tiles_begun();
        b.frames(5);
        CHECK(b.engine->tiles_begun() == begun);
        CHECK(!b.engine->wants_frame());
      }
}
