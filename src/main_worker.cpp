// What the page's workers call: tiles of studies and nothing else. They run the lab's program without ever
// starting the lab (web/stride-worker.js), so that there is one program to fetch and compile.
#include <emscripten.h>

#include <string>
#include <string_view>
#include <vector>

#include "core/networks/real_data.h"
#include "jobs/jobs.h"
#include "jobs/training.h"

namespace {

using namespace stride;

/// A request made ready: the tiles of a study come one after the other.
struct Current {
  std::string bytes;
  jobs::Tiles tile;
  int tiles = 0;
};

/// The last ones, in turn: trainings that go on by turns each go on where they were.
constexpr size_t most = 2 * max_runs;
Current known[most];
size_t oldest = 0;
std::vector<float> rows;

/// Null where the bytes are no request, or its data is not here.
Current* current(std::string_view bytes) {
  for (Current& one : known)
    if (one.bytes == bytes) return &one;
  jobs::Request request;
  if (jobs::decode_request(bytes, request) || !jobs::has_data(request.scenario)) return nullptr;
  Current& one = known[oldest];
  oldest = (oldest + 1) % most;
  one = {std::string(bytes), jobs::make_tiles(request), jobs::tiles_of(request)};
  return &one;
}

}  // namespace

extern "C" {

/// The tile's rows, stride_tile_size() floats that stay until the next call; null where the bytes are no
/// request or it has no such tile.
EMSCRIPTEN_KEEPALIVE const float* stride_tile(const char* request, int size, int tile) {
  rows.clear();
  Current* one = current({request, static_cast<size_t>(size)});
  if (!one || tile < 0 || tile >= one->tiles) return nullptr;
  rows = one->tile(tile);
  return rows.data();
}

/// What the page has fetched of data: whether they are the digits.
EMSCRIPTEN_KEEPALIVE int stride_digits(const unsigned char* bytes, int size) {
  return provide_digits({bytes, static_cast<size_t>(size)});
}

EMSCRIPTEN_KEEPALIVE int stride_tile_size() {
  return static_cast<int>(rows.size());
}

}  // extern "C"
