// `stride render`: pictures of a scenario without a window.
#pragma once

#include <functional>

#include "cli/cli.h"
#include "figures/figure.h"

namespace stride::cli {

/// A figure as the bytes of a PNG file; empty in a program that carries no fonts.
using PngWriter = std::function<std::string(const figures::Figure&)>;

struct RenderRequest {
  std::string file, out;          ///< out: a name that ends in .svg or .png; "-" prints SVG
  std::string size = "1200x800";  ///< WIDTHxHEIGHT
  std::string parts = "map,rate,loss";
  bool transparent = false;
};
/// Writes the picture's file, or prints it where `out` is "-".
Result render(const RenderRequest& request, const PngWriter& png);

}  // namespace stride::cli
