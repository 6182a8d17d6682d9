// A map leaves its edges to the cards, the buttons and the narration.
#include <algorithm>
#include <string>

#include "support/lab_driver.h"

using namespace stride;
using namespace stride::lab;

namespace {

struct Box {
  float x, y, end_x, end_y;
  bool meets(const Control& c) const {
    return x < c.at.x + c.size.x && end_x > c.at.x && y < c.at.y + c.size.y && end_y > c.at.y;
  }
};

Scenario map_of(int runs) {
  Scenario s = default_scenario();
  surface_of(s).surface = find_surface("himmelblau");
  s.view.flat = true;
  s.runs.assign(static_cast<std::size_t>(runs), s.runs[0]);
  s.runs.back().name = "a name of some length, and more";
  return s;
}

/// Whether the control lies over the stage: cards, buttons and words.
bool lies_over(const Control& c, const render::Rect& a) {
  return c.visible && c.role != Role::img && c.role != Role::slider && c.role != Role::region &&
         c.role != Role::group && c.at.x >= a.x && c.at.y >= a.y && c.at.x + c.size.x <= a.x + a.w + 1 &&
         c.at.y + c.size.y <= a.y + a.h + 1;
}

}  // namespace

TEST_CASE(
    "a map and its numbers are covered by nothing, however many runs there are and however small it is") {
  const float sizes[][2] = {{1920, 1080}, {1280, 800}, {900, 700}, {390, 844}};
  for (const auto& size : sizes)
    for (const int runs : {1, 2, 4, 8}) {
      CAPTURE(size[0]);
      CAPTURE(runs);
      Driver d(size[0], size[1], 1, map_of(runs));
      d.frames(3);
      const Stage& stage = d.lab.stage;
      const View& view = d.lab.session.scenario.view;
      const Domain domain = domain_of(d.lab.session.scenario);
      const auto low = stage.view.project(view, stage.area, domain.xmin, domain.ymin);
      const auto high = stage.view.project(view, stage.area, domain.xmax, domain.ymax);
      const Box map{low.x, high.y, high.x, low.y};
      CHECK(map.end_y - map.y > 0.4f * stage.area.h);
      CHECK(map.end_x - map.x > 0.6f * stage.area.w);
      int over = 0;
      for (const Control& c : controls()) {
        if (!lies_over(c, stage.area)) continue;
        ++over;
        CAPTURE(c.name);
        CHECK(!map.meets(c));
        for (const render::Label& l : stage.view.labels(view, stage.area, u(1))) {
          const float w = u(6) * static_cast<float>(l.text.size()), h = u(12);
          const float x = l.at.x - l.align_x * w, y = l.at.y - l.align_y * h;
          CAPTURE(l.text);
          CHECK(!Box{x, y, x + w, y + h}.meets(c));
        }
      }
      CHECK(over >= 6);  // a card with its eye, buttons, the narration
      CHECK(d.get("button", name_of(d.lab.session.scenario.runs[0])).visible);
    }
}
