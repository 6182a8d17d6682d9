// No text of the plots and the instruments stays English.
#include "support/marked_language.h"

using namespace stride;
using namespace stride::lab;

TEST_CASE("no text stays English: curves, drawing, range test, map, comparison, rule") {
  const Marked language;
  Room room(1440, 1400, three_runs());
  Driver& d = room.d;
  surface_of(d.lab.session.scenario).noise.sigma = 0.5;
  d.lab.studies.range.settings_open = true;
  room.rest();
  for (int tool = 0; tool < 5; ++tool) {
    d.lab.shell.tool = Tool(tool);
    room.rest();
    if (tool == 3) {
      for (const char* button : {"«compare»", "«give best rates»"}) {
        d.click("button", button);
        d.frames(1);
        check_marked(d, button);
        room.rest();
      }
      CHECK(d.find("button", "«rank »1«»"));
    }
    for (int r = 0; r < 3; ++r) {
      d.lab.session.selected = r;
      room.rest();
      check_marked(d, "tool " + std::to_string(tool));
    }
  }
  d.lab.shell.tool = Tool::compare;
  d.lab.session.scenario.steps += 10;
  d.frames(3);
  check_marked(d, "old comparison");
  d.lab.shell.tool = Tool::curves;
  d.lab.session.selected = 0;
  d.lab.plots.show_effective = true;
  d.lab.studies.basins.shown = true;
  for (int i = 0; i < 50; ++i)
    basins_overlay(d.lab.studies.basins, d.lab.session, study_desk(d.lab), d.lab.stage),
        d.frames(1);  // drawing the surface asks for them
  CHECK(d.find("status", "«basins»"));
  check_marked(d, "basins");
  const Control plot = d.get("img", "«learning-rate plot»");
  d.move(plot.at.x + plot.size.x / 2, plot.at.y + plot.size.y / 2);
  d.frames(3);
  CHECK(d.find("status", "«values under the pointer»"));
  check_marked(d, "pointing");
  d.click("switch", "«draw»");
  d.frames(2);
  CHECK(d.find("img", "«paper»"));
  check_marked(d, "drawing");
  d.click("switch", "«draw»");
  d.frames(2);
  CHECK(d.find("slider", "«handle »points[0]«»"));
  check_marked(d, "points");
}
