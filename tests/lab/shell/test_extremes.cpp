// What no learner would ask for: functions without values, flat, with poles, and pictures of them as small and as
// large as may be. The lab stands, what it draws has a place, and it says what happened.
#include <cmath>
#include <string>

#include "support/lab_driver.h"

using namespace stride;
using namespace stride::lab;

namespace {

void check_picture(const Driver& d) {
  for (const ImDrawList* list : ImGui::GetDrawData()->CmdLists)
    for (const ImDrawVert& v : list->VtxBuffer) REQUIRE(std::isfinite(v.pos.x + v.pos.y));
  for (const Control& c : controls()) {
    REQUIRE(std::isfinite(c.at.x + c.at.y + c.size.x + c.size.y));
    CHECK(!(c.visible && c.clipped && c.role != Role::status));
  }
  CHECK(d.lab.results.size() == 1);
}

}  // namespace

TEST_CASE("extremes: any function over any part of the plane is drawn and told") {
  const struct {
    std::string formula;
    std::string says;  ///< its run's card
  } functions[] = {
      {"0/0", "diverged at step 0"},
      {"log(-1-x^2)", "diverged at step 0"},
      {"3", "stuck on flat ground"},
      {"0*x", "stuck on flat ground"},
      {"1/(x*y)", ""},
      {"1/x^2", ""},
      {"tan(9*x)", ""},
      {"exp(exp(x^2))", ""},
      {"exp(600)*x^2", "diverged"},
      {"exp(-600)*x", ""},
      {"max(0,x)", ""},
      {"floor(x)", ""},
      {"x^y", "diverged"},
  };
  const double parts[][4] = {{-2, 2, -2, 2},
                             {0, 1e-3, 0, 1e-3},
                             {-1e6, 1e6, -1e6, 1e6},
                             {9e5, 1e6, -1e5, 1e5},
                             {1e-3, 2e-3, -3, 3e3}};
  for (const auto& f : functions)
    for (const auto& part : parts) {
      Scenario s = default_scenario();
      surface_of(s).expression = f.formula;
      surface_of(s).domain = Domain{part[0], part[1], part[2], part[3]};
      CAPTURE(f.formula);
      CAPTURE(part[0]);
      CAPTURE(part[1]);
      REQUIRE(!validate(s));
      Driver d(1280, 800, 1, s);
      d.frames(2);
      check_picture(d);
      const std::string says = card_words(d.lab.results[0]);
      CAPTURE(says);
      CHECK(!says.empty());
      CHECK(says.find("nan") == std::string::npos);
      CHECK(says.find(f.says) != std::string::npos);
    }
}
