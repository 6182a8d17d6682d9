// The parameter that is a learning rate, as every table with one describes it.
#pragma once

#include "core/table.h"

namespace stride {

/// Above 0; its slider runs over the logarithm.
constexpr Param rate_param(const char* key, double fallback, const char* help, double slider_min = 1e-5,
                           double slider_max = 10) {
  return {.key = key,
          .fallback = {fallback},
          .min = 0,
          .open_min = true,
          .log = true,
          .slider_min = slider_min,
          .slider_max = slider_max,
          .help = help};
}

}  // namespace stride
