// The largest rate at which descent on a parabola does not grow.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/plot_scale.h"

using namespace stride::ui;

namespace {

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double lost = std::numeric_limits<double>::quiet_NaN();

}  // namespace

TEST_CASE("plot: above the limit of stability descent on a parabola grows, below it shrinks") {
  struct Case {
    double momentum, dampening, decay;
    bool nesterov;
  };
  for (const Case& c : {Case{0, 0, 0, false},
                        {0.9, 0, 0, false},
                        {0.5, 0.3, 0, false},
                        {0.9, 0, 0, true},
                        {0.5, 0, 0.7, true},
                        {0, 0.5, 0.2, false}}) {
    const double lambda = 3.7, limit = stability_limit(lambda, c.momentum, c.dampening, c.decay, c.nesterov);
    for (double part : {0.98, 1.02}) {
      // PyTorch's SGD on λx²/2.
      double x = 1, buffer = 0, largest = 0;
      for (int t = 0; t < 4000; ++t) {
        const double g = lambda * x + c.decay * x;
        buffer = t == 0 ? g : c.momentum * buffer + (1 - c.dampening) * g;
        const double move = c.momentum == 0 ? g : c.nesterov ? g + c.momentum * buffer : buffer;
        x -= part * limit * move;
        if (t > 3900) largest = std::max(largest, std::fabs(x));
        if (std::fabs(x) > 1e30) break;
      }
      CAPTURE(c.momentum);
      CAPTURE(c.nesterov);
      CAPTURE(part);
      CHECK((part < 1 ? largest < 1e-6 && std::fabs(x) < 1 : std::fabs(x) > 1e3));
    }
  }
  CHECK(stability_limit(2, 0, 0, 0, false) == 1);
  CHECK(stability_limit(-1, 0, 0, 0, false) == inf);
  CHECK(stability_limit(lost, 0.9, 0, 0, false) == inf);
}
