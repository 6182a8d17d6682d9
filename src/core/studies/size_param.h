// The parameter that is a picture's width and height, as every study with one describes it.
#pragma once

#include "core/table.h"

namespace stride {

constexpr Param size_param(double fallback, double most, double slider_min, double slider_max,
                           const char* help = "Width and height of the picture.") {
  return {.key = "size",
          .kind = Param::Kind::integer,
          .fallback = {fallback},
          .min = 1,
          .max = most,
          .slider_min = slider_min,
          .slider_max = slider_max,
          .unit = "pixels",
          .help = help};
}

}  // namespace stride
