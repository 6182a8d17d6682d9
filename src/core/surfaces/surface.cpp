#include "core/surfaces/surface.h"

#include "core/fits/fit.h"
#include "core/math/wide.h"
#include "core/surfaces/curve.h"
#include "core/surfaces/formulas.h"

namespace stride {

namespace {

template <class F>
Derivatives at(double x, double y) {
  const auto j = F{}(math::jet2_x(x), math::jet2_y(y));
  return {j.v, j.x, j.y, j.xx, j.xy, j.yy};
}

template <class F>
void gradient(double x, double y, double out[3]) {
  const auto j = F{}(math::jet1_x(x), math::jet1_y(y));
  out[0] = j.v;
  out[1] = j.x;
  out[2] = j.y;
}

template <class F>
struct GradientLanes {
  STRIDE_INLINE static void run(const float* __restrict x, const float* __restrict y, float* __restrict f,
                                float* __restrict gx, float* __restrict gy, int count) {
    for (int i = 0; i < count; ++i) {
      const auto j = F{}(math::jet1_x(x[i]), math::jet1_y(y[i]));
      f[i] = j.v;
      gx[i] = j.x;
      gy[i] = j.y;
    }
  }
};

template <class F>
void gradient_lanes(const float* x, const float* y, float* f, float* gx, float* gy, int count) {
  math::wide<GradientLanes<F>>(x, y, f, gx, gy, count);
}

/// The order is that of Surface; then come rate, colour scale and minima.
template <class F>
constexpr Surface row(F, const char* key, const char* name, const char* formula, const char* help,
                      Domain domain, Point start, double lr, bool log_colour, Few<Minimum, 9> minima) {
  return {key,    name,       formula, help,  domain,      start,
          minima, log_colour, lr,      at<F>, gradient<F>, gradient_lanes<F>};
}

std::span<const Surface> polynomials() {
  static constexpr Surface rows[] = {
      row(formula::rosenbrock, "rosenbrock", "Rosenbrock", "(1−x)² + 100(y−x²)²",
          "A curved valley: into it in a few steps, along its floor in thousands.", Domain{-2, 2, -1, 3},
          Point{-1.2, 1}, 0.0015, true, {{1, 1, 0, true}}),
      row(formula::beale, "beale", "Beale", "(1.5−x+xy)² + (2.25−x+xy²)² + (2.625−x+xy³)²",
          "Flat around the minimum, cliffs at the corners: one rate cannot suit both.",
          Domain{-4.5, 4.5, -4.5, 4.5}, Point{1, 1.5}, 0.02, true, {{3, 0.5, 0, true}}),
      row(formula::himmelblau, "himmelblau", "Himmelblau", "(x²+y−11)² + (x+y²−7)²",
          "Four equal minima: the start and the rate decide which one is reached.", Domain{-5, 5, -5, 5},
          Point{-0.3, -1}, 0.01, true,
          {{3, 2, 0, true},
           {3.5844283403304917, -1.8481265269644036, 0, true},
           {-3.779310253377747, -3.2831859912861692, 0, true},
           {-2.8051180869527448, 3.131312518250573, 0, true}}),
      row(formula::styblinski_tang, "styblinski_tang", "Styblinski–Tang", "((x⁴−16x²+5x) + (y⁴−16y²+5y))/2",
          "One global minimum and three lesser ones, one in each quarter.", Domain{-5, 5, -5, 5},
          Point{0, -0.4}, 0.02, false,
          {{-2.903534027771177, -2.903534027771177, -78.332331407542824, true},
           {-2.903534027771177, 2.7468027709908371, -64.19561235905536, false},
           {2.7468027709908371, -2.903534027771177, -64.19561235905536, false},
           {2.7468027709908371, 2.7468027709908371, -50.058893310567889, false}}),
      row(formula::three_hump_camel, "three_hump_camel", "Three-hump camel", "2x² − 1.05x⁴ + x⁶/6 + xy + y²",
          "Three wells in a row; the middle one is the lowest.", Domain{-2.3, 2.3, -2, 2}, Point{1.2, 1.5},
          0.1, true,
          {{0, 0, 0, true},
           {1.7475523458302889, -0.87377617291514442, 0.29863844223685898, false},
           {-1.7475523458302889, 0.87377617291514442, 0.29863844223685898, false}}),
      row(formula::six_hump_camel, "six_hump_camel", "Six-hump camel", "(4−2.1x²+x⁴/3)x² + xy + (−4+4y²)y²",
          "Two global and four local minima, mirrored about the origin.", Domain{-2, 2, -1.1, 1.1},
          Point{-1.1, 0.2}, 0.02, false,
          {{0.089842013100318058, -0.71265640302073963, -1.0316284534898774, true},
           {-0.089842013100318058, 0.71265640302073963, -1.0316284534898774, true},
           {1.703606714969981, -0.7960835686726252, -0.21546382438371703, false},
           {-1.703606714969981, 0.7960835686726252, -0.21546382438371703, false},
           {1.6071047529201976, 0.56865145488413138, 2.1042503103112598, false},
           {-1.6071047529201976, -0.56865145488413138, 2.1042503103112598, false}}),
      row(formula::goldstein_price, "goldstein_price", "Goldstein–Price",
          "[1+(x+y+1)²(19−14x+3x²−14y+6xy+3y²)]·[30+(2x−3y)²(18−32x+12x²+48y−36xy+27y²)]",
          "Values from 3 to a million: any rate that survives the walls creeps on the floor.",
          Domain{-2, 2, -2.5, 1.5}, Point{0.5, -0.3}, 0.0002, true,
          {{0, -1, 3, true}, {-0.6, -0.4, 30, false}, {1.8, 0.2, 84, false}, {1.2, 0.8, 840, false}}),
  };
  return rows;
}

std::span<const Surface> quadratics() {
  static constexpr Surface rows[] = {
      row(formula::Quadratic<1>{}, "quad_k1", "Quadratic, round", "(x² + y²)/2",
          "Equal curvature in every direction: a rate of 1 arrives in one step.", Domain{-5, 5, -5, 5},
          Point{-4, 3}, 0.1, false, {{0, 0, 0, true}}),
      row(formula::Quadratic<10>{}, "quad_k10", "Quadratic, 10 : 1", "(x² + 10y²)/2",
          "One direction is ten times as steep, and it alone sets the largest stable rate.",
          Domain{-5, 5, -5, 5}, Point{-4, 3}, 0.15, false, {{0, 0, 0, true}}),
      row(formula::Quadratic<100>{}, "quad_k100", "Quadratic, 100 : 1", "(x² + 100y²)/2",
          "Badly conditioned: what is safe for the steep direction crawls along the flat one.",
          Domain{-5, 5, -2, 2}, Point{-4, 1}, 0.018, true, {{0, 0, 0, true}}),
      row(formula::booth, "booth", "Booth", "(x+2y−7)² + (2x+y−5)²",
          "A tilted quadratic: its axes are not the coordinates' own.", Domain{-10, 10, -10, 10},
          Point{-7, -6}, 0.05, true, {{1, 3, 0, true}}),
      row(formula::matyas, "matyas", "Matyas", "0.26(x²+y²) − 0.48xy",
          "A shallow diagonal trough, 25 times as steep across as along.", Domain{-10, 10, -10, 10},
          Point{-8, 4}, 0.9, true, {{0, 0, 0, true}}),
      row(formula::saddle, "saddle", "Saddle", "x² − y²",
          "No minimum: descent first goes to the saddle, then leaves it ever faster.", Domain{-2, 2, -2, 2},
          Point{-1.5, 0.001}, 0.05, false, {}),
      row(formula::monkey_saddle, "monkey_saddle", "Monkey saddle", "x³ − 3xy²",
          "Three ways down from a point that is flat to second order.", Domain{-1.5, 1.5, -1.5, 1.5},
          Point{1, 0.02}, 0.02, false, {}),
  };
  return rows;
}

std::span<const Surface> waves() {
  static constexpr Surface rows[] = {
      row(formula::rastrigin, "rastrigin", "Rastrigin", "20 + x² − 10 cos 2πx + y² − 10 cos 2πy",
          "A bowl of egg-box dimples: small rates stay in the first dimple they meet.",
          Domain{-5.12, 5.12, -5.12, 5.12}, Point{-3.4, 2.7}, 0.002, false,
          {{0, 0, 0, true},
           {0.99495863765233483, 0, 0.99495905709329158, false},
           {-0.99495863765233483, 0, 0.99495905709329158, false},
           {0, 0.99495863765233483, 0.99495905709329158, false},
           {0, -0.99495863765233483, 0.99495905709329158, false},
           {0.99495863765233483, 0.99495863765233483, 1.9899181141865832, false},
           {0.99495863765233483, -0.99495863765233483, 1.9899181141865832, false},
           {-0.99495863765233483, 0.99495863765233483, 1.9899181141865832, false},
           {-0.99495863765233483, -0.99495863765233483, 1.9899181141865832, false}}),
      row(formula::ackley, "ackley", "Ackley",
          "−20 exp(−0.2√((x²+y²)/2)) − exp((cos 2πx + cos 2πy)/2) + e + 20",
          "Ripples on a funnel whose tip is sharp: the gradient does not fade near the minimum.",
          Domain{-5, 5, -5, 5}, Point{-2.6, 1.4}, 0.02, false,
          {{0, 0, 0, true},
           {0.95216654595017169, 0, 2.5799275570298725, false},
           {-0.95216654595017169, 0, 2.5799275570298725, false},
           {0, 0.95216654595017169, 2.5799275570298725, false},
           {0, -0.95216654595017169, 2.5799275570298725, false},
           {0.9684776587077244, 0.9684776587077244, 3.5744518772576797, false},
           {0.9684776587077244, -0.9684776587077244, 3.5744518772576797, false},
           {-0.9684776587077244, 0.9684776587077244, 3.5744518772576797, false},
           {-0.9684776587077244, -0.9684776587077244, 3.5744518772576797, false}}),
      row(formula::griewank, "griewank", "Griewank", "1 + (x²+y²)/4000 − cos x · cos(y/√2)",
          "Many nearly equal minima on an almost flat bowl.", Domain{-7, 7, -7, 7}, Point{-1.4, 1.8}, 0.5,
          false,
          {{0, 0, 0, true},
           {3.1400226338955397, 4.4384444809207144, 0.0073960403341151171, false},
           {3.1400226338955397, -4.4384444809207144, 0.0073960403341151171, false},
           {-3.1400226338955397, 4.4384444809207144, 0.0073960403341151171, false},
           {-3.1400226338955397, -4.4384444809207144, 0.0073960403341151171, false},
           {6.2800452793799044, 0, 0.0098646720610062744, false},
           {-6.2800452793799044, 0, 0.0098646720610062744, false}}),
      row(formula::levy13, "levy13", "Lévy 13", "sin²3πx + (x−1)²(1+sin²3πy) + (y−1)²(1+sin²2πy)",
          "Rows of ridges across a bowl, finer in one direction than in the other.", Domain{-4, 6, -4, 6},
          Point{-3, 4.5}, 0.002, true,
          {{1, 1, 0, true},
           {1.3296194745483139, 1, 0.10987365835883793, false},
           {0.67038052545168636, 1, 0.10987365835883793, false}}),
      row(formula::eggholder, "eggholder", "Eggholder", "−(y+47) sin √|x/2+y+47| − x sin √|x−y−47|",
          "Hundreds of deep valleys with no order: where a run ends is luck.", Domain{-512, 512, -512, 512},
          Point{-50, 150}, 1, false,
          {{482.35331046478848, 432.87899894548349, -956.91823162466562, true},
           {439.4809972694535, 453.97743475400262, -935.33795156058022, false},
           {-465.69415154513564, 385.71669978348035, -894.57890039059976, false},
           {347.3269729738488, 499.41539845004286, -888.94912526989185, false},
           {-456.88580691677697, -382.62337342139972, -786.52599407886987, false}}),
      row(formula::mccormick, "mccormick", "McCormick", "sin(x+y) + (x−y)² − 1.5x + 2.5y + 1",
          "A tilted trough with a gentle wave along it: a second, lesser minimum over the hill.",
          Domain{-1.5, 4, -3, 4}, Point{-1, 3}, 0.1, false,
          {{-0.54719755119659785, -1.5471975511965979, -1.9132229549810367, true},
           {2.5943951023931953, 1.5943951023931953, 1.2283696986087564, false}}),
      row(formula::easom, "easom", "Easom", "−cos x · cos y · exp(−(x−π)²−(y−π)²)",
          "Flat but for one hole: far from it there is no gradient to follow.", Domain{0, 6.2, 0, 6.2},
          Point{1.9, 2.1}, 0.3, false, {{math::pi, math::pi, -1, true}}),
  };
  return rows;
}

std::span<const Surface> lessons() {
  static constexpr Surface rows[] = {
      row(formula::mountains, "mountains", "Mountains",
          "0.06(x²+y²) − 2.6 exp(−((x−1.7)²+(y+1.4)²)/1.1²) − 1.9 exp(−((x+1.9)²+(y+1.5)²)/0.95²) − "
          "1.5 exp(−((x+1.3)²+(y−1.9)²)/1.05²) − 1.1 exp(−((x−2.1)²+(y−1.8)²)/0.8²) + "
          "1.7 exp(−((x−0.2)²+(y−0.4)²)/0.85²) + 0.8 exp(−((x+0.1)²+(y+2.1)²)/0.6²) + "
          "0.9 exp(−((x+3)²+(y−0.3)²)/0.7²) + 0.7 exp(−((x−0.4)²+(y−2.9)²)/0.7²)",
          "The blindfolded walker's mountains: valleys of different depth, felt only by their slope.",
          Domain{-4, 4, -4, 4}, Point{3.3, 3.4}, 0.1, false,
          {{1.6548900111169322, -1.3631949228374425, -2.3156483523854341, true},
           {-1.8470330334335734, -1.4583593305475686, -1.5580821944935541, false},
           {-1.2530911429609473, 1.8264986236896044, -1.1895790428767097, false},
           {2.0303836414944718, 1.7386613872908201, -0.65575779437424642, false}}),
      row(formula::two_wells, "two_wells", "Two wells", "(x²−1)² + 0.3x + y²",
          "A shallow well beside the deep one: a small rate stays in the first, momentum or a larger rate "
          "gets over the barrier.",
          Domain{-1.9, 1.9, -1.6, 1.6}, Point{1.7, 1.2}, 0.05, false,
          {{-1.0355787140888537, 0, -0.30542848374391601, true},
           {0.96014955551910552, 0, 0.29414648102826285, false}}),
      row(formula::ravine, "ravine", "Ravine", "0.1x² + 4(y − ½ sin x)²",
          "Long, narrow and gently curved: plain descent zigzags between the walls.",
          Domain{-5, 5, -2.5, 2.5}, Point{-4.2, 1.8}, 0.15, true, {{0, 0, 0, true}}),
      row(formula::plateau, "plateau", "Plateau", "(x²+2y²)/(4+x²+2y²)",
          "Nearly flat far out: many small steps, then all at once the valley.", Domain{-6, 6, -6, 6},
          Point{-5.2, 4}, 1.5, false, {{0, 0, 0, true}}),
      row(formula::river_valley, "river_valley", "River valley",
          "√(1+16(y−0.6 sin ½x)²) − 1 + 0.3(√(1+(x−4)²) − 1)",
          "Steep walls, gently falling river: a high rate travels far while it bounces, and decay shows the "
          "progress.",
          Domain{-5, 6, -2.5, 2.5}, Point{-4, 1.5}, 0.1, false, {{4, 0.54557845609540904, 0, true}}),
  };
  return rows;
}

std::vector<Surface> surface_table() {
  std::vector<Surface> all;
  for (auto part : {polynomials, quadratics, waves, lessons})
    for (const Surface& s : part()) all.push_back(s);
  return all;
}

}  // namespace

std::span<const Surface> surfaces() {
  static const std::vector<Surface> all = surface_table();
  return all;
}

int find_surface(std::string_view key) {
  const std::span<const Surface> all = surfaces();
  for (int i = 0; i < static_cast<int>(all.size()); ++i)
    if (key == all[i].key) return i;
  return -1;
}

Derivatives Objective::at(double x, double y) const {
  if (fit) return fit_at(*fit, x, y);
  if (!expression) return surfaces()[surface].at(x, y);
  double d[6];
  evaluate(*expression, x, y, d);
  if (weights == 1) return {d[0], d[1], 0, d[3], 0, d[3]};
  return {d[0], d[1], d[2], d[3], d[4], d[5]};
}

void Objective::gradient(double x, double y, double out[3]) const {
  if (fit) return fit_gradient(*fit, {}, x, y, out);
  if (!expression) return surfaces()[surface].gradient(x, y, out);
  const Derivatives d = at(x, y);
  out[0] = d.f;
  out[1] = d.dx;
  out[2] = d.dy;
}

void Objective::gradient_lanes(const float* x, const float* y, float* f, float* gx, float* gy,
                               int count) const {
  if (fit)
    fit_gradient_lanes(*fit, {}, x, y, f, gx, gy, count);
  else if (expression)
    evaluate_many(*expression, x, y, f, gx, gy, count);
  else
    surfaces()[surface].gradient_lanes(x, y, f, gx, gy, count);
}

std::span<const Minimum> named_minima(const Objective& objective) {
  if (objective.fit) return minima_of(*objective.fit);
  if (objective.curve >= 0) return curves()[objective.curve].minima;
  if (objective.expression) return {};
  return surfaces()[objective.surface].minima;
}

Curvature curvature(const Derivatives& d) {
  const double mean = 0.5 * (d.dxx + d.dyy), half = 0.5 * (d.dxx - d.dyy);
  const double spread = math::sqrt(half * half + d.dxy * d.dxy);
  return {mean + spread, mean - spread};
}

}  // namespace stride
