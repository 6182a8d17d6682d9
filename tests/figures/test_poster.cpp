// Surfaces and paths as contour pictures in SVG.
#include <doctest/doctest.h>

#include <cmath>
#include <string>

#include "figures/poster.h"
#include "support/count.h"

using namespace stride;
using test::count_of;
using namespace stride::figures;

namespace {

Scenario linked(const std::string& link) {
  Scenario s;
  REQUIRE_MESSAGE(!decode_link(link, s), link);
  return s;
}

}  // namespace

TEST_CASE("poster: of curves, fits and networks") {
  const struct {
    std::string problem, has;
    int least;
  } all[] = {{R"("type": "curve", "curve": "two_valleys")", "<polyline", 0},
             {R"("type": "fit", "scale": "standard")", "class='way'", 2},
             {R"("type": "fit", "model": "sigmoid")", "class='band'", 3},
             {R"("type": "network", "data": {"samples": 50})", "<circle", 50},
             {R"("type": "network", "data": {"type": "iris"})", "Loss", 1}};
  for (const auto& row : all) {
    CAPTURE(row.problem);
    Scenario s;
    REQUIRE(!read_scenario("{\"stride\": 1, \"steps\": 60, \"problem\": {" + row.problem +
                               "}, \"runs\": [{\"optimizer\": {\"type\": \"Adam\", \"lr\": 0.05}}]}",
                           s));
    const std::string svg = poster(s);
    CHECK(svg.starts_with("<svg "));
    CHECK(svg.ends_with("</svg>\n"));
    CHECK(svg.size() < 100000);
    CHECK(svg.find("nan") == svg.npos);
    CHECK(count_of(svg, row.has) >= row.least);
  }
}

TEST_CASE("poster: of every surface, bands of colour and a path from the start") {
  for (const Surface& surface : surfaces()) {
    CAPTURE(surface.key);
    const Scenario s = linked("?surface=" + std::string(surface.key));
    const std::string svg = poster(s);
    CHECK(svg.starts_with("<svg "));
    CHECK(svg.ends_with("</svg>\n"));
    CHECK(svg.size() < 60000);
    CHECK(svg.find("nan") == svg.npos);
    CHECK(svg.find("inf") == svg.npos);
    CHECK(count_of(svg, "class='band'") >= 5);
    CHECK(count_of(svg, "class='way'") == 2);
    const Point start = start_of(s, s.runs[0]);
    const Domain d = domain_of(s);
    const auto x = std::lround((start.x - d.xmin) / (d.xmax - d.xmin) * 960);
    const auto y = std::lround((d.ymax - start.y) / (d.ymax - d.ymin) * 600);
    CHECK(svg.find("<circle cx='" + std::to_string(x) + "' cy='" + std::to_string(y) + "'") != svg.npos);
  }
}

TEST_CASE("poster: contours of a plane are straight, and close along the edge") {
  const std::string svg = poster(linked("?expression=x&start=0,0&lr=0.1"));
  // Rising to the right: each band begins on a vertical line and takes everything beyond it.
  CHECK(count_of(svg, "class='band'") == 13);
  const size_t first = svg.find("' d='M", svg.find("class='band'")) + 5;
  const std::string path = svg.substr(first, svg.find('z', first) - first);
  CHECK(path.find("600") != path.npos);
  CHECK(count_of(path, "M") == 1);
  CHECK(path.size() < 40);
}

TEST_CASE("poster: what diverges, several runs, words of one's own") {
  const std::string svg = poster(linked("?surface=quad_k10&lr=5"));
  CHECK(svg.find("inf") == svg.npos);
  CHECK(svg.size() < 20000);
  Scenario s = linked("?surface=himmelblau");
  s.runs.push_back(s.runs[0]);
  s.runs[1].name = "<b>&";
  CHECK(count_of(poster(s), "class='way'") == 4);
  CHECK(poster(s).find("&lt;b&gt;&amp;") != std::string::npos);
  s.view.hidden = 2;
  CHECK(count_of(poster(s), "class='way'") == 2);
}
