// What the page's workers call: tiles of studies and nothing else. They run the lab's program without ever
// starting the lab (web/stride-worker.js), so that there is one program to fetch and compile.
#include <emscripten.h>

#include <string>
#include <string_view>
#include <vector>

#include "jobs/jobs.h"

namespace {

using namespace stride;

/// The last request, made ready: the tiles of a study come one after the other.
struct Current {
  std::string bytes;
  jobs::Request request;
  StudyProblem problem;
  int tiles = 0;
};
Current current;
std::vector<float> rows;

bool make_current(std::string_view bytes) {
  if (bytes == current.bytes) return true;
  Current next{std::string(bytes), {}, {}, 0};
  if (jobs::decode_request(bytes, next.request)) return false;
  next.problem = jobs::problem_of(next.request);
  next.tiles = studies()[next.request.study.row].tiles(next.problem, next.request.study);
  current = std::move(next);
  return true;
}

}  // namespace

extern "C" {

/// The tile's rows, stride_tile_size() floats that stay until the next call; null where the bytes are no
/// request or it has no such tile.
EMSCRIPTEN_KEEPALIVE const float* stride_tile(const char* request, int size, int tile) {
  rows.clear();
  if (!make_current({request, static_cast<size_t>(size)}) || tile < 0 || tile >= current.tiles)
    return nullptr;
  rows = studies()[current.request.study.row].tile(current.problem, current.request.study, tile);
  return rows.data();
}

EMSCRIPTEN_KEEPALIVE int stride_tile_size() {
  return static_cast<int>(rows.size());
}

}  // extern "C"
