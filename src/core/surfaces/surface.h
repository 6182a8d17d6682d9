// Loss surfaces: f(x, y), each written once as a template over the number type (double, float, Jet1, Jet2),
// and the table of them. Derivatives are exact: the same template evaluated with the jets of jet.h.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/surfaces/expression.h"
#include "core/table.h"

namespace stride {

struct Point {
  double x = 0, y = 0;
  bool operator==(const Point&) const = default;
};

/// The shown part of the plane.
struct Domain {
  double xmin = -1, xmax = 1, ymin = -1, ymax = 1;
  bool operator==(const Domain&) const = default;
};

/// f and its derivatives up to the second order at one point.
struct Derivatives {
  double f, dx, dy, dxx, dxy, dyy;
};

struct Minimum {
  double x, y, f;
  bool global;
};

/// One row of the table of surfaces.
struct Surface {
  const char* key;      ///< "rosenbrock"
  const char* name;     ///< "Rosenbrock"
  const char* formula;  ///< readable, with the characters of the font (², ·, √, π)
  const char* help;     ///< one sentence: what it teaches
  Domain domain;
  Point start;
  Few<Minimum, 9> minima;
  bool log_colour;  ///< the range of values asks for a logarithmic colour scale
  double lr;        ///< a rate at which plain descent from `start` works well here (exploration's default)
  Derivatives (*at)(double x, double y);                ///< exact to second order
  void (*gradient)(double x, double y, double out[3]);  ///< f, df/dx, df/dy: the same bits as `at`, sooner
  /// f, df/dx, df/dy of `count` points in single precision: a plain loop that the compiler vectorises.
  void (*gradient_lanes)(const float* x, const float* y, float* f, float* gx, float* gy, int count);
};

std::span<const Surface> surfaces();
/// The index of the surface `key`, or -1.
int find_surface(std::string_view key);

struct Fit;

/// What is descended: a row of the table, the learner's own expression, a curve or the loss of a fit. A value;
/// copies share the expression and the fit.
struct Objective {
  int surface = 0;                               ///< row of surfaces(); ignored where there is an expression
  std::shared_ptr<const Expression> expression;  ///< null: the table's surface
  int weights = 2;                           ///< 1: a curve, the expression of x alone; y stays what it is
  int curve = -1;                            ///< row of curves() whose formula the expression is
  std::shared_ptr<const Fit> fit = nullptr;  ///< its whole data counts here; fits/fit.h has its batches

  /// Of a curve: dy is 0 and dyy is dxx, so that curvature and Newton's step are those of the one weight.
  Derivatives at(double x, double y) const;
  void gradient(double x, double y, double out[3]) const;
  void gradient_lanes(const float* x, const float* y, float* f, float* gx, float* gy, int count) const;
};

/// The minima that the table names, or the fit's; none of an expression.
std::span<const Minimum> named_minima(const Objective& objective);

/// Eigenvalues of the Hessian, largest first: lambda_max gives the limit of stability 2 / lambda_max.
struct Curvature {
  double largest, smallest;
};
Curvature curvature(const Derivatives& d);

}  // namespace stride
