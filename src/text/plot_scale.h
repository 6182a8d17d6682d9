// What a plot computes before it draws: scales, ticks and the thinning of long curves. Pure functions,
// without ImGui.
#pragma once

#include <span>
#include <string>
#include <vector>

namespace stride {

/// How values lie along an axis. Every value has a place, also the infinite ones and NaN: nothing that is not
/// finite reaches a draw list.
struct Scale {
  enum class Kind { linear, log, symlog };
  Kind kind = Kind::linear;
  double lo = 0, hi = 1;  ///< the shown values, lo < hi; log: 0 < lo
  double threshold = 1;   ///< symlog: near which value linear turns into logarithmic, > 0
  bool zero = false;      ///< log: what is zero or below has a place of its own at the foot, under a break
};

/// How much of a log axis with a place for zero lies below the values above zero.
inline constexpr double zero_band = 0.1;

/// A value of the scale's kind on an even ruler: v, log10 v, or sign(v) log10(1 + |v| / threshold), which
/// runs straight through zero. Increasing.
double to_ruler(const Scale& scale, double value);
/// The inverse of to_ruler.
double from_ruler(const Scale& scale, double at);
/// Where the value lies, 0 at lo and 1 at hi; outside values sit on the edge, NaN (a loss that was lost) on
/// the upper one.
double fraction(const Scale& scale, double value);

struct Tick {
  double value;
  std::string label;
};

/// Multiples of 1, 2 or 5 times a power of ten within [lo, hi], at most `most`; whole numbers where `whole`.
std::vector<Tick> linear_ticks(double lo, double hi, int most, bool whole = false);
/// Ticks that suit the scale, increasing, within [lo, hi] and at least `gap` apart, a fraction of the axis:
/// numbers as above, or decades, with 2 and 5 between where few decades are in sight.
std::vector<Tick> ticks(const Scale& scale, double gap);
/// 10⁻²; −2·10³; 0.5 and 2 where plain figures are as short.
std::string power_label(double value, bool plain);

/// A log scale that holds the finite values above zero, or, where some lie clearly below, a symlog scale with
/// a threshold from the values: a decade under the tenth that is nearest to zero. `cap`: values above it
/// don't widen the scale. A log scale has a place for zero where a value is zero.
Scale fit_log(std::span<const double> values, double cap);

/// The rows of [begin, end) to draw so that a curve squeezed into `columns` pixels keeps each column's first,
/// last, least and greatest value. Increasing; all rows where they are few.
std::vector<int> decimate(std::span<const double> values, int begin, int end, int columns);

}  // namespace stride
