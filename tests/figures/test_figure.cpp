// Figures of scenarios: what stands on the page, and where; the same as SVG.
#include "figures/figure.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "figures/drawing.h"
#include "support/count.h"

using namespace stride;
using test::count_of;
using namespace stride::figures;

namespace {

using Kind = Shape::Kind;

Scenario read(const std::string& json) {
  Scenario s;
  REQUIRE(!read_scenario(json, s));
  return s;
}

const Shape* words_of(const Figure& f, const std::string& words) {
  for (const Shape& s : f.shapes)
    if (s.kind == Kind::words && s.words == words) return &s;
  return nullptr;
}

std::vector<const Shape*> lines_of(const Figure& f, unsigned colour) {
  std::vector<const Shape*> out;
  for (const Shape& s : f.shapes)
    if (s.kind == Kind::line && s.colour == colour) out.push_back(&s);
  return out;
}

const char* const two_runs =
    R"({"stride": 1, "problem": {"type": "surface", "surface": "quad_k10", "start": [-4, 1]}, "steps": 20, "runs": [
    {"name": "first & <last>", "optimizer": {"type": "SGD", "lr": 0.1}},
    {"name": "Adam", "optimizer": {"type": "Adam", "lr": 0.2}, "schedule": {"type": "StepLR", "step_size": 10}}]})";

}  // namespace

TEST_CASE("a surface's figure has the map with bands, minima and paths, both plots and a legend") {
  const Figure f = scenario_figure(read(two_runs), {});
  CHECK(f.width == 1200);
  CHECK(f.height == 800);
  CHECK(f.ground == 0xffffff);
  for (const char* words :
       {"Learning rate", "Loss", "step", "x", "y", "first & <last>", "Adam", "Quadratic, 10 : 1"}) {
    CAPTURE(std::string(words));
    CHECK(words_of(f, words));
  }
  int bands = 0, discs = 0;
  for (const Shape& s : f.shapes) {
    bands += s.kind == Kind::bands;
    discs += s.kind == Kind::disc;
  }
  CHECK(bands == band_count - 1);
  CHECK(discs == 1 + 2 * (21 + 2));  // the minimum; each run's steps, its beginning and its end
  // In each run's colour: the legend's stroke, the path, the rate, the loss.
  CHECK(lines_of(f, 0xaa8601).size() == 4);
  CHECK(lines_of(f, 0x2491d7).size() == 4);
  for (const Shape& s : f.shapes)
    for (const Spot p : s.points) {
      CHECK(p.x >= 0);
      CHECK(p.x <= f.width);
      CHECK(p.y >= 0);
      CHECK(p.y <= f.height);
    }
}

TEST_CASE("curves lie where their numbers are") {
  const Figure f = scenario_figure(read(two_runs), {.parts = part_rate});
  const Shape* zero = words_of(f, "0");
  REQUIRE(zero);
  const std::vector<const Shape*> steady = lines_of(f, 0xaa8601), steps = lines_of(f, 0x2491d7);
  REQUIRE(steady.size() == 2);
  REQUIRE(steps.size() == 2);
  const std::vector<Spot>&flat = steady[0]->points.size() > 2 ? steady[0]->points : steady[1]->points,
        &stairs = steps[0]->points.size() > 2 ? steps[0]->points : steps[1]->points;
  REQUIRE(flat.size() == 21);
  REQUIRE(stairs.size() == 21);
  // One axis from zero: 0.2 is twice as high over it as 0.1 and ten times as high as 0.02.
  const double base = (stairs[10].y * 10 - stairs[9].y) / 9;
  CHECK(base - stairs[0].y == doctest::Approx(2 * (base - flat[0].y)));
  for (size_t t = 1; t < flat.size(); ++t) {
    CHECK(flat[t].y == flat[0].y);
    CHECK(flat[t].x - flat[t - 1].x == doctest::Approx((flat[20].x - flat[0].x) / 20));
  }
}

TEST_CASE("parts of a figure, and themes") {
  unsigned parts = 0;
  CHECK(!read_parts("map", parts));
  CHECK(parts == part_map);
  CHECK(!read_parts("loss,rate", parts));
  CHECK(parts == (part_rate | part_loss));
  CHECK(sentence(read_parts("map,losses", parts)) ==
        "expected map, rate, loss or some of them, got \"losses\"");
  CHECK(sentence(read_parts("", parts)) == "expected map, rate, loss or some of them, got nothing");
  CHECK(parts == (part_rate | part_loss));
  Scenario s = read(two_runs);
  CHECK_FALSE(words_of(scenario_figure(s, {.parts = part_map}), "Loss"));
  CHECK_FALSE(words_of(scenario_figure(s, {.parts = part_loss}), "Learning rate"));
  s.view.theme = "dark";
  CHECK(scenario_figure(s, {}).ground == 0x0f1419);
  s.view.hidden = 1;
  CHECK_FALSE(words_of(scenario_figure(s, {}), "first & <last>"));
  CHECK(words_of(scenario_figure(s, {}), "Adam"));
}

TEST_CASE("a network has its plots alone; what diverges is crossed out and does not stretch the axis") {
  const Figure f = scenario_figure(
      read(R"({"stride": 1, "problem": {"type": "network", "layers": [2, 3, 1]}, "steps": 5})"), {});
  CHECK(words_of(f, "Loss"));
  CHECK_FALSE(words_of(f, "x"));
  CHECK(std::none_of(f.shapes.begin(), f.shapes.end(), [](const Shape& s) { return s.kind == Kind::bands; }));
  const Figure lost = scenario_figure(
      read(
          R"({"stride": 1, "problem": {"type": "surface", "surface": "quad_k10"}, "runs": [{"optimizer": {"type": "SGD", "lr": 5}}]})"),
      {});
  CHECK(lost.title.find("diverged at step") != std::string::npos);
  for (const Shape& s : lost.shapes)
    for (const Spot p : s.points) CHECK((std::isfinite(p.x) && std::isfinite(p.y)));
}

TEST_CASE("a curve is drawn over its weight, and its steps lie on it") {
  const Figure f = scenario_figure(
      read(
          R"({"stride": 1, "problem": {"type": "curve", "expression": "x^2", "domain": [-2, 2], "start": 1.5}, "steps": 3,
      "runs": [{"optimizer": {"type": "SGD", "lr": 0.25}}]})"),
      {.parts = part_map});
  CHECK(words_of(f, "f(x) = x^2"));
  CHECK(words_of(f, "f"));
  std::vector<Spot> steps;
  const Shape* curve = nullptr;
  for (const Shape& s : f.shapes) {
    if (s.kind == Kind::disc && s.colour == 0xaa8601) steps.push_back(s.points[0]);
    if (s.kind == Kind::line && s.points.size() > 200) curve = &s;
  }
  REQUIRE(curve);
  REQUIRE(steps.size() == 5);  // 1.5, 0.75, 0.375, 0.1875 and the last once more
  CHECK(steps[0].x - steps[1].x == doctest::Approx(2 * (steps[1].x - steps[2].x)));
  CHECK(steps[1].y - steps[0].y == doctest::Approx(4 * (steps[2].y - steps[1].y)));
  for (const Spot step : steps) {
    const auto near = std::min_element(curve->points.begin(), curve->points.end(), [&](Spot a, Spot b) {
      return std::fabs(a.x - step.x) < std::fabs(b.x - step.x);
    });
    CHECK(std::fabs(near->y - step.y) < 3);
  }
}

TEST_CASE("a fit has a map of w and b, with its minimum and its way") {
  const Figure f = scenario_figure(
      read(
          R"({"stride": 1, "problem": {"type": "fit", "scale": "standard", "start": [-1, 0.5]}, "steps": 5})"),
      {.parts = part_map});
  for (const char* word : {"A line, w x + b", "w", "b"}) CHECK(words_of(f, word));
  const auto minimum = std::find_if(f.shapes.begin(), f.shapes.end(), [](const Shape& s) {
    return s.kind == Kind::disc && s.colour == 0x0f1419;
  });
  CHECK(minimum != f.shapes.end());
}

TEST_CASE("every surface, at every size, as SVG: nothing but numbers on the page") {
  for (const Surface& surface : surfaces())
    for (const std::pair<int, int>& size :
         std::vector<std::pair<int, int>>{{1200, 800}, {16, 16}, {400, 900}, {1600, 300}}) {
      const int w = size.first, h = size.second;
      CAPTURE(std::string(surface.key));
      CAPTURE(w);
      const Scenario s = read(R"({"stride": 1, "problem": {"type": "surface", "surface": ")" +
                              std::string(surface.key) + "\"}}");
      const std::string svg = write_svg(scenario_figure(s, {.width = w, .height = h}));
      CHECK(svg.starts_with("<svg "));
      CHECK(svg.ends_with("</svg>\n"));
      CHECK(svg.find("nan") == svg.npos);
      CHECK(svg.find("inf") == svg.npos);
      CHECK(svg.find("width='" + std::to_string(w) + "' height='" + std::to_string(h) + "'") != svg.npos);
      CHECK(svg == write_svg(scenario_figure(s, {.width = w, .height = h})));
    }
}

TEST_CASE("words of one's own stand in SVG as they are") {
  const std::string svg = write_svg(scenario_figure(read(two_runs), {}));
  CHECK(svg.find(">first &amp; &lt;last&gt;</text>") != svg.npos);
  CHECK(svg.find("<last>") == svg.npos);
  CHECK(count_of(svg, "<path class='b'") == band_count - 1);
  CHECK(count_of(svg, "<text") == count_of(svg, "</text>"));
}

TEST_CASE("a line is cut at a box's sides and goes on where it comes back") {
  const Box box{0, 0, 10, 10};
  const Spot through[] = {{-5, 5}, {5, 5}, {5, 20}, {8, 20}, {8, 5}};
  const auto pieces = clipped(through, box);
  REQUIRE(pieces.size() == 2);
  REQUIRE(pieces[0].size() == 3);
  CHECK(pieces[0][0].x == 0);
  CHECK(pieces[0][2].y == 10);
  CHECK(pieces[1][0].y == 10);
  CHECK(pieces[1][1].y == 5);
  const Spot outside[] = {{-5, 0}, {-1, 20}};
  CHECK(clipped(outside, box).empty());
}
