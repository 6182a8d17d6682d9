// Any rate as a drawn curve: straight, in half cosines or in steps between as few of the samples as will do.
#include <cmath>

#include "core/math/math.h"
#include "core/recording/fit_parts.h"

namespace stride::fit {

namespace {

enum Interpolation { linear, step, cosine };

double between(Interpolation kind, double a, double b, double p) {
  if (kind == step) return a;
  return kind == linear ? a + (b - a) * p : b + (a - b) / 2 * (1 + math::cos(math::pi * p));
}

/// Whether the samples between a and c lie on the curve from a to c.
bool spans(const Samples& s, Interpolation kind, std::size_t a, std::size_t c) {
  const auto holds = [&](std::size_t i) {
    const double p = static_cast<double>(s.t[i] - s.t[a]) / (s.t[c] - s.t[a]);
    return s.same(between(kind, s.r[a], s.r[c], p), s.r[i]);
  };
  if (!holds((a + c) / 2)) return false;  // most that fail, fail here
  for (std::size_t i = a + 1; i < c; ++i)
    if (!holds(i)) return false;
  return true;
}

/// The farthest sample that a curve from `a` reaches. Lines and steps that miss one sample miss those behind it too, but
/// for rounding; half cosines do not.
std::size_t reach(const Samples& s, Interpolation kind, std::size_t a) {
  const std::size_t last = s.t.size() - 1;
  if (kind == cosine) {
    for (std::size_t c = last; c > a + 1; --c)
      if (spans(s, kind, a, c)) return c;
    return a + 1;
  }
  std::size_t good = a + 1, bad = last + 1;
  for (std::size_t length = 2; a + length <= last; length *= 2) {
    if (!spans(s, kind, a, a + length)) {
      bad = a + length;
      break;
    }
    good = a + length;
  }
  while (good + 1 < bad) {
    const std::size_t middle = (good + bad) / 2;
    (spans(s, kind, a, middle) ? good : bad) = middle;
  }
  return good;
}

bool draw(const Samples& s, Interpolation kind, int most, double top, std::vector<double>& out) {
  out = {static_cast<double>(s.t[0]), s.r[0] / top};
  for (std::size_t a = 0; a + 1 < s.t.size();) {
    a = reach(s, kind, a);
    if (static_cast<int>(out.size()) / 2 >= most) return false;
    out.insert(out.end(), {static_cast<double>(s.t[a]), s.r[a] / top});
  }
  return true;
}

}  // namespace

Candidates drawn(const Samples& s, int most) {
  constexpr int most_of_cosines = 5000;  // samples: their reach is looked for one by one
  Candidates out;
  const double top = s.top();
  std::size_t least = static_cast<std::size_t>(most) * 2 + 1;
  for (const Interpolation kind : {linear, step, cosine}) {
    if (kind == cosine && s.size() > most_of_cosines) continue;
    std::vector<double> points;
    if (!draw(s, kind, most, top, points) || points.size() >= least) continue;
    least = points.size();
    out = {{top, make("Points", {{"points", points}, {"interpolation", {static_cast<double>(kind)}}})}};
  }
  return out;
}

}  // namespace stride::fit
