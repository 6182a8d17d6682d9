// The minima of any surface: descents by a damped Newton method (Nocedal and Wright, "Numerical
// Optimization", 2nd edition, sections 3.1 and 3.4) from a grid; what has no Hessian there is finished by a
// pattern search (Hooke and Jeeves, "Direct search solution of numerical and statistical problems", 1961).
#include <algorithm>
#include <cmath>

#include "core/math/math.h"
#include "core/studies/study.h"

namespace stride {

namespace {

constexpr int fine_grid = 64, coarse_grid = 12, directions = 16, curve_grid = 1024;
/// What a search may cost: operations, an evaluation taking some fifty beside those of its formula.
constexpr double most_work = 5e7;

struct Search {
  const Objective& objective;
  const Domain& domain;
  double side;
  bool line;              ///< a curve: all of it happens at one y
  int ways;               ///< how many of `way` there are
  mutable double left;    ///< evaluations that may still be made; a few more are
  Point way[directions];  ///< unit vectors all around

  Search(const Objective& o, const Domain& d)
      : objective(o),
        domain(d),
        side(std::max(d.xmax - d.xmin, d.ymax - d.ymin)),
        line(o.weights == 1),
        ways(line ? 2 : directions),
        left(objective.expression
                 ? most_work / (50.0 + static_cast<double>(objective.expression->program.size()))
                 : most_work / 50) {
    for (int i = 0; i < directions; ++i) {
      const double angle = 2 * math::pi * i / directions;
      way[i] = {math::cos(angle), math::sin(angle)};
    }
    if (line) way[0] = {1, 0}, way[1] = {-1, 0};
  }

  /// The loss; +infinity where it is not finite.
  double at(Point p) const {
    --left;
    double f[3];
    objective.gradient(p.x, p.y, f);
    return std::isfinite(f[0]) ? f[0] : no_limit;
  }
  double at(Point p, int direction, double distance) const {
    return at({p.x + distance * way[direction].x, p.y + distance * way[direction].y});
  }
  bool inside(Point p, double margin) const {
    return p.x >= domain.xmin - margin && p.x <= domain.xmax + margin && p.y >= domain.ymin - margin &&
           p.y <= domain.ymax + margin;
  }
};

double rounding(double f) {
  return 4e-16 * (1 + std::fabs(f));
}

/// Towards a minimum: -(H + shift)^-1 grad f with the shift that makes H positive; at most a tenth of the
/// domain long. False where there is none.
bool newton_step(const Search& s, const Derivatives& d, Point& step) {
  const Curvature c = curvature(d);
  const double scale = std::max(std::fabs(c.largest), std::fabs(c.smallest));
  if (!std::isfinite(scale + d.dx + d.dy)) return false;
  const double shift = c.smallest > 1e-12 * scale ? 0 : 0.1 * scale + 1e-300 - c.smallest;
  const double xx = d.dxx + shift, yy = d.dyy + shift, determinant = xx * yy - d.dxy * d.dxy;
  step = {-(yy * d.dx - d.dxy * d.dy) / determinant, -(xx * d.dy - d.dxy * d.dx) / determinant};
  double length = std::sqrt(step.x * step.x + step.y * step.y);
  if (!std::isfinite(length) || determinant <= 0) {
    length = std::sqrt(d.dx * d.dx + d.dy * d.dy);
    if (length == 0) return false;
    step = {-d.dx, -d.dy};
  }
  const double most = std::min(1.0, 0.1 * s.side / length);
  step = {step.x * most, step.y * most};
  return length > 0;
}

/// Descends until no step is left that lowers the loss.
Point descend(const Search& s, Point p) {
  constexpr int most_steps = 200, most_halvings = 30;
  for (int i = 0; i < most_steps && s.inside(p, 0.1 * s.side); ++i) {
    const Derivatives d = s.objective.at(p.x, p.y);
    Point step;
    if (!std::isfinite(d.f) || !newton_step(s, d, step)) break;
    bool lower = false;
    for (int k = 0; k < most_halvings && !lower; ++k) {
      const Point next{p.x + step.x, p.y + step.y};
      lower = s.at(next) < d.f;
      if (lower) p = next;
      step = {0.5 * step.x, 0.5 * step.y};
    }
    if (!lower) break;
  }
  return p;
}

Point pattern_search(const Search& s, Point p) {
  constexpr int most = 400;
  double f = s.at(p), reach = 1e-2 * s.side;
  for (int tries = 0; tries < most && reach > 1e-10 * s.side; ++tries) {
    int best = -1;
    double lowest = f;
    for (int i = 0; i < s.ways; ++i)
      if (const double v = s.at(p, i, reach); v < lowest) lowest = v, best = i;
    if (best < 0) {
      reach *= 0.5;
      continue;
    }
    p = {p.x + reach * s.way[best].x, p.y + reach * s.way[best].y};
    f = lowest;
  }
  return p;
}

/// Nothing around is lower, and something is higher.
bool is_minimum(const Search& s, Point p) {
  if (!s.inside(p, 1e-9 * s.side)) return false;
  const double f = s.at(p);
  if (!std::isfinite(f)) return false;
  bool rises = false;
  for (int i = 0; i < s.ways; ++i) {
    const double around = s.at(p, i, 1e-4 * s.side);
    if (around < f - rounding(f)) return false;
    rises = rises || around > f + rounding(f);
  }
  return rises;
}

/// A curve's grid has one line.
struct Grid {
  int across, up;
  Grid(const Search& s, int most_across) : across(most_across), up(s.line ? 1 : most_across) {}
  Point at(const Domain& d, int i, int j) const {
    return {d.xmin + (d.xmax - d.xmin) * (i + 0.5) / across, d.ymin + (d.ymax - d.ymin) * (j + 0.5) / up};
  }
};

/// Grid points lower than their neighbours, `f` being the losses line by line.
void add_low(const Search& s, const Grid& grid, const std::vector<double>& f, std::vector<Point>& seeds) {
  const auto value = [&](int i, int j) {
    if (i < 0 || j < 0 || i >= grid.across || j >= grid.up) return no_limit;
    return f[static_cast<std::size_t>(j * grid.across + i)];
  };
  for (int j = 0; j < grid.up; ++j)
    for (int i = 0; i < grid.across; ++i) {
      const double own = value(i, j);
      bool low = own < no_limit;
      for (int k = 0; k < 9 && low; ++k) {  // of equal neighbours the first counts
        const double other = value(i + k % 3 - 1, j + k / 3 - 1);
        low = k == 4 || (k < 4 ? own < other : own <= other);
      }
      if (low) seeds.push_back(grid.at(s.domain, i, j));
    }
}

/// Whether two minima are points of one flat floor: the straight way between them never rises.
bool one_floor(const Search& s, const Minimum& a, const Minimum& b) {
  const double top = std::max(a.f, b.f), slack = 1e-12 * (1 + std::fabs(top));
  for (int i = 1; i < 32; ++i) {
    const double part = i / 32.0;
    if (s.at({a.x + part * (b.x - a.x), a.y + part * (b.y - a.y)}) > top + slack) return false;
  }
  return true;
}

bool is_known(const Search& s, const Minimum& m, std::span<const Minimum> known) {
  const Curvature c = curvature(s.objective.at(m.x, m.y));
  const bool flat = !(c.smallest > 1e-6 * c.largest);
  return std::any_of(known.begin(), known.end(), [&](const Minimum& k) {
    const double apart = std::max(std::fabs(k.x - m.x), std::fabs(k.y - m.y));
    return apart < 1e-5 * s.side || (flat && one_floor(s, k, m));
  });
}

/// A coordinate at which rounding stopped a descent: zero where that is meant.
double cleaned(double v, double side) {
  return std::fabs(v) < 1e-12 * side ? 0 : v;
}

/// The search, a line of its grid or a seed at a time.
class MinimaSearch : public Walk {
 public:
  MinimaSearch(const Objective& o, const Domain& d)
      : objective_(o),
        domain_(d),
        search_(objective_, domain_),
        fine_(search_, search_.line ? curve_grid : fine_grid) {}

  bool go_on() override {
    if (line_ < fine_.up) {
      for (int i = 0; i < fine_.across; ++i) losses_.push_back(search_.at(fine_.at(domain_, i, line_)));
      if (++line_ == fine_.up) find_seeds();
      return true;
    }
    if (next_ < seeds_.size() && search_.left > 0) {
      follow(seeds_[next_++]);
      return true;
    }
    end();
    return false;
  }

 private:
  /// And all points of a coarser grid.
  void find_seeds() {
    add_low(search_, fine_, losses_, seeds_);
    const Grid coarse(search_, coarse_grid);
    for (int j = 0; j < coarse.up; ++j)
      for (int i = 0; i < coarse.across; ++i) seeds_.push_back(coarse.at(domain_, i, j));
  }
  void follow(Point seed) {
    Point p = descend(search_, seed);
    if (!search_.inside(p, 1e-2 * search_.side)) return;
    if (!is_minimum(search_, p)) p = pattern_search(search_, p);
    if (!is_minimum(search_, p)) return;
    const Point clean{cleaned(p.x, search_.side), cleaned(p.y, search_.side)};
    if (search_.at(clean) <= search_.at(p)) p = clean;
    const Minimum m{p.x, p.y, search_.at(p), false};
    if (!is_known(search_, m, found)) found.push_back(m);
  }
  void end() {
    double lowest = no_limit;
    for (const Minimum& m : found) lowest = std::min(lowest, m.f);
    for (Minimum& m : found) m.global = m.f - lowest <= 1e-9 * (1 + std::fabs(lowest));
    std::sort(found.begin(), found.end(), [&](const Minimum& a, const Minimum& b) {
      if (a.global && b.global) return a.x != b.x ? a.x < b.x : a.y < b.y;
      return a.global != b.global ? a.global : a.f < b.f;
    });
    if (found.size() > max_minima) found.resize(max_minima);
  }

  Objective objective_;
  Domain domain_;
  Search search_;
  Grid fine_;
  int line_ = 0;
  std::vector<double> losses_;
  std::vector<Point> seeds_;
  std::size_t next_ = 0;

 public:
  std::vector<Minimum> found;
};

}  // namespace

std::vector<Minimum> find_minima(const Objective& objective, const Domain& domain, Slices* slices) {
  Slices whole;
  const MinimaSearch* const search = (slices ? *slices : whole).walk<MinimaSearch>(objective, domain);
  return search ? search->found : std::vector<Minimum>();
}

std::vector<Minimum> known_minima(const Objective& objective, const Domain& domain, Slices* slices) {
  const std::span<const Minimum> named = named_minima(objective);
  if (objective.fit) return {named.begin(), named.end()};
  if (objective.expression && named.empty()) return find_minima(objective, domain, slices);
  std::vector<Minimum> all(named.begin(), named.end());
  const double near = 1e-4 * std::max(domain.xmax - domain.xmin, domain.ymax - domain.ymin);
  for (Minimum m : find_minima(objective, domain, slices)) {
    const bool known = std::any_of(all.begin(), all.end(), [&](const Minimum& k) {
      return std::fabs(k.x - m.x) <= near && std::fabs(k.y - m.y) <= near;
    });
    if (known) continue;
    m.global = false;  // the table names all that are
    all.push_back(m);
  }
  return all;
}

}  // namespace stride
