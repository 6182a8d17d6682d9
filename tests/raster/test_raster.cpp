// Areas by their exact share of each pixel, lines and discs by their size, words where they belong, PNG by its parts.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <string>
#include <vector>

#include "core/colours.h"
#include "raster/fill.h"

using namespace stride;
using namespace stride::raster;

namespace {

Picture white(int width, int height) {
  return {width, height, std::vector<unsigned char>(static_cast<size_t>(3 * width * height), 255)};
}

int at(const Picture& p, int x, int y, int part = 0) {
  return p.rgb[static_cast<size_t>(3 * (y * p.width + x) + part)];
}

/// How many pixels' worth of black there is.
double black(const Picture& p) {
  double sum = 0;
  for (size_t i = 0; i < p.rgb.size(); i += 3) sum += 1 - p.rgb[i] / 255.0;
  return sum;
}

std::vector<Spot> box(double x0, double y0, double x1, double y1) {
  return {{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}};
}

}  // namespace

TEST_CASE("an area covers each pixel by its share") {
  Picture p = white(8, 8);
  fill(p, {box(2, 1.5, 5.25, 4)}, {0});
  CHECK(at(p, 2, 2) == 0);
  CHECK(at(p, 1, 2) == 255);
  CHECK(at(p, 5, 2) == std::lround(255 * 0.75));
  CHECK(at(p, 3, 1) == std::lround(255 * 0.5));
  CHECK(at(p, 5, 1) == std::lround(255 * (1 - 0.125)));
  CHECK(at(p, 3, 4) == 255);
  for (const std::vector<Spot>& triangle :
       {std::vector<Spot>{{1, 1}, {30, 4}, {12, 28}}, std::vector<Spot>{{12, 28}, {30, 4}, {1, 1}}}) {
    Picture big = white(32, 32);
    fill(big, {triangle}, {0});
    CHECK(black(big) == doctest::Approx(0.5 * (29 * 27 - 11 * 3)).epsilon(0.002));
  }
}

TEST_CASE("a ring that runs the other way is a hole, and what lies outside is cut off") {
  Picture p = white(20, 20);
  std::vector<Spot> hole = box(5, 5, 10, 10);
  std::reverse(hole.begin(), hole.end());
  fill(p, {box(2, 2, 15, 15), hole}, {0});
  CHECK(black(p) == doctest::Approx(13 * 13 - 25));
  CHECK(at(p, 7, 7) == 255);
  Picture cut = white(10, 10);
  fill(cut, {box(-100, -100, 3, 2), box(8, 8, 500, 500), box(-9, 4, -2, 6)}, {0});
  CHECK(black(cut) == doctest::Approx(6 + 4));
}

TEST_CASE("colours blend by their opacity") {
  Picture p = white(2, 2);
  fill(p, {box(0, 0, 1, 1)}, {0x204060, 0.5});
  CHECK(at(p, 0, 0, 0) == std::lround(0.5 * (255 + 0x20)));
  CHECK(at(p, 0, 0, 1) == std::lround(0.5 * (255 + 0x40)));
  CHECK(at(p, 0, 0, 2) == std::lround(0.5 * (255 + 0x60)));
  CHECK(at(p, 1, 1) == 255);
}

TEST_CASE("lines and discs are as wide as they are asked to be") {
  for (const double width : {0.7, 1.0, 2.5, 6.0})
    for (const Spot to : {Spot{90, 50}, Spot{50, 90}, Spot{78, 78}}) {
      Picture p = white(100, 100);
      const Spot line[] = {{50, 50}, to, {50, 50}};  // there and back is no darker
      stroke(p, line, width, {0});
      const double length = std::hypot(to.x - 50, to.y - 50);
      CAPTURE(width);
      CHECK(black(p) == doctest::Approx(length * width + 0.785 * width * width).epsilon(0.12));
    }
  Picture p = white(60, 60);
  disc(p, {30.3, 29.6}, 20, {0});
  CHECK(black(p) == doctest::Approx(3.14159 * 400).epsilon(0.005));
  disc(p, {-500, 1000}, 20, {0});
  stroke(p, std::vector<Spot>{{-10, -10}, {-5, 900}}, 3, {0});
  CHECK(black(p) == doctest::Approx(3.14159 * 400).epsilon(0.005));
}

TEST_CASE("words stand on their line, from where they begin, around their middle or to their end") {
  const auto ink = [](double align, const char* text) {
    Picture p = white(200, 60);
    words(p, {100, 40},
          {.kind = figures::Shape::Kind::words, .points = {}, .width = 20, .words = text, .align = align});
    int left = 200, right = -1, top = 60, bottom = -1;
    for (int y = 0; y < 60; ++y)
      for (int x = 0; x < 200; ++x)
        if (at(p, x, y) < 128) {
          left = std::min(left, x);
          right = std::max(right, x);
          top = std::min(top, y);
          bottom = std::max(bottom, y);
        }
    return std::vector<int>{left, right, top, bottom};
  };
  const std::vector<int> from = ink(0, "HHH"), around = ink(0.5, "HHH"), until = ink(1, "HHH");
  CHECK(from[0] >= 100);
  CHECK(from[0] <= 104);
  CHECK(until[1] <= 100);
  CHECK(until[1] >= 96);
  CHECK(std::abs(around[0] + around[1] - 200) <= 2);
  CHECK(from[1] - from[0] == doctest::Approx(until[1] - until[0]).epsilon(0.05));
  CHECK(from[3] == 39);
  CHECK(from[3] - from[2] == doctest::Approx(0.727 * 20).epsilon(0.1));  // capitals of Inter
  CHECK(ink(0, "").at(1) == -1);
  CHECK(ink(0, "\xff\x80")[1] == -1);
  CHECK(ink(0, "10⁻²")[1] > ink(0, "10")[1]);
  CHECK(ink(0, "•")[1] > 0);
  CHECK(ink(0, "שלום") == ink(0, "••••"));  // what no face here has is seen to be there
}

TEST_CASE("PNG: 8 bits of red, green and blue") {
  const Picture p = white(3, 2);
  const std::string file = png(p.width, p.height, p.rgb);
  CHECK(file.starts_with("\x89PNG\r\n\x1a\n"));
  const std::string head = file.substr(12, 4 + 13);
  CHECK(head == std::string("IHDR\0\0\0\3\0\0\0\2\x08\x02\0\0\0", 17));
  CHECK(file.find("IEND") != file.npos);
}

TEST_CASE("a figure as pixels: its ground, its curves in their colours") {
  Scenario s;
  REQUIRE(!read_scenario(R"({"stride": 1, "problem": {"type": "surface", "surface": "quad_k1"}})", s));
  const figures::Figure f = figures::scenario_figure(s, {.width = 300, .height = 200});
  const Picture p = draw(f);
  CHECK(p.rgb.size() == 3 * 300 * 200);
  CHECK(at(p, 299, 199) == 255);
  int of_run = 0;
  for (int y = 0; y < 200; ++y)
    for (int x = 0; x < 300; ++x)
      of_run += static_cast<unsigned>(at(p, x, y) << 16 | at(p, x, y, 1) << 8 | at(p, x, y, 2)) ==
                run_colours_on_light[0];
  CHECK(of_run > 50);
  CHECK(draw(f).rgb == p.rgb);
}
