// Films of pictures: animated GIF.
#pragma once

#include <string>
#include <vector>

#include "raster/raster.h"

namespace stride::raster {

/// The pictures, at least one and all of one size, each shown for `delay` hundredths of a second, again and again: GIF89a,
/// one palette of 256 colours for all.
std::string gif(const std::vector<Picture>& frames, int delay);

}  // namespace stride::raster
