// From a loss to its height, its colour and its contour line: three monotone maps fitted to the values that a
// surface shows.
#pragma once

#include <vector>

namespace stride::figures {

/// v -> 0 .. 1, linear, or log1p((v - low) / knee) normalised: linear below `knee` above the lowest value,
/// logarithmic beyond.
struct Ramp {
  double low = 0, high = 1;
  double knee = 0;  ///< 0: linear

  /// Clamped to 0 .. 1; NaN gives 0.
  double at(double v) const;
  /// d at / dv; 0 where clamped.
  double slope(double v) const;
};

/// Heights are linear where the surface is, so that steep looks steep; where the values span decades they are
/// bent just so far that half of the shown area lies below 35 % of the height. Colours are bent further, so
/// that they tell levels apart in the valley.
struct LossScale {
  double low = 0, high = 1;
  bool logarithmic = false;  ///< contour lines at 1, 2, 5, 10, 20, ... above `low`, else at equal steps
  Ramp height, colour;
  double contour_step = 1;  ///< linear: the distance of contour lines in loss
  int major_every = 5;      ///< each that manyth line is a strong one

  /// A contour line runs where this is a whole number.
  double contour(double v) const;
};

/// Fits the maps to sampled `values` (not finite ones are left out) and to `lowest`, the least known minimum
/// in the domain (NaN: none). `logarithmic` asks for decades; they are also taken where the values alone ask
/// for them. Poles are cut at what the bulk suggests.
LossScale fit_loss_scale(std::vector<float> values, double lowest, bool logarithmic);

/// 1, 2 or 5 times a power of ten: the nearest such number from above. `x` > 0.
double nice_step(double x);

}  // namespace stride::figures
