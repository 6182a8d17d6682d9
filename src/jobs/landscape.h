// The loss around a training's weights as a job: rows of the picture shared out
// as tiles, and the way through it.
#pragma once

#include <functional>
#include <initializer_list>
#include <span>
#include <utility>
#include <vector>

#include "core/networks/network_study.h"
#include "scenario/scenario.h"

namespace stride::jobs {

struct Request;

inline constexpr const char* landscape_key = "landscape";
inline constexpr const char* sharpness_key = "sharpness";

/// The training that a request is about.
NetworkRun training_in(const Request& request);

/// Widths of a landscape's pictures from coarse to fine: the last one takes seconds at most, or is 65.
std::vector<int> landscape_sizes_of(const Scenario& scenario);
/// How many tiles a landscape has, and what makes them: the first the plane and
/// the way, the others rows of losses.
int landscape_tiles(const Request& request);
std::function<std::vector<float>(int tile)> make_landscape(const Request& request);
/// The same, some milliseconds at a time: no numbers until a tile's last.
std::function<std::vector<float>(int tile)> make_landscape_slices(const Request& request);
/// A row of the sharpness study each; a tile that does not follow the last one
/// costs all before it.
int sharpness_tiles(const Request& request);
std::function<std::vector<float>(int tile)> make_sharpness(const Request& request);

/// What all tiles of a landscape come to.
struct LandscapePicture {
  Domain reach{-1, 1, -1, 1};  ///< of the two directions
  int size = 0;                ///< 0: none
  int dimensions = 0;          ///< how many weights there are
  std::vector<float> losses;   ///< row by row from the highest b, each from the lowest a
  std::vector<float> path;     ///< step, a, b, loss, step, ...
};
LandscapePicture read_landscape(std::span<const float> rows);

/// A row of the table network_studies().
Settings network_study(const char* key, std::initializer_list<std::pair<const char*, double>> values);

}  // namespace stride::jobs
