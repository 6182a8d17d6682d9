// Ticks and labels around the surface, and its thumbnail.
#include <algorithm>
#include <cmath>
#include <vector>

#include "render/axes.h"
#include "render/surface_view.h"
#include "support/render_scenes.h"

using namespace stride;
using namespace stride::render;

TEST_CASE("ticks are round, inside, and written with a true minus") {
  const auto t = ticks(-1.5, 2, 8);
  REQUIRE(t.size() == 8);
  CHECK(t.front().text ==
        "\xe2\x88\x92"
        "1.5");
  CHECK(t[3].text == "0.0");
  CHECK(t.back().text == "2.0");
  for (const auto& range :
       std::vector<std::vector<double>>{{-1e-6, 2e-6}, {0, 1e7}, {-512, 512}, {3, 3.0001}}) {
    const auto some = ticks(range[0], range[1], 6);
    CHECK(some.size() >= 3);
    CHECK(some.size() <= 13);
    for (std::size_t i = 1; i < some.size(); ++i) CHECK(some[i].text != some[i - 1].text);
  }
}

TEST_CASE("labels keep apart and within the area") {
  for (const char* key : {"rosenbrock", "eggholder", "ravine"}) {
    const Objective o = named(key);
    SurfaceView sv;
    sv.set_surface(o, row(o).domain, {});
    for (const Rect& area : areas)
      for (const View& v : views()) {
        if (v.zoom != 1) continue;
        const auto labels = sv.labels(v, area, 1);
        CHECK(labels.size() >= 6);
        for (const Label& l : labels) {
          CHECK(l.at.x >= area.x);
          CHECK(l.at.x <= area.x + area.w);
          CHECK(l.at.y >= area.y);
          CHECK(l.at.y <= area.y + area.h);
        }
      }
  }
}

TEST_CASE("a thumbnail has colours, brightest where the loss is least") {
  const Objective o = named("quad_k1");
  const auto picture = thumbnail(o, row(o).domain, 64);
  REQUIRE(picture.size() == 64 * 64 * 3);
  const auto green = [&](int x, int y) {
    return static_cast<int>(picture[static_cast<std::size_t>(3 * (y * 64 + x) + 1)]);
  };
  CHECK(green(32, 32) > 180);
  CHECK(green(1, 1) < 60);
}
