// What takes longer than a frame may, in slices.
#include <memory>
#include <utility>

#include "jobs/jobs.h"
#include "jobs/landscape.h"
#include "jobs/training.h"

namespace stride::jobs {

namespace {

/// The tiles of a study of descents.
Tiles make_descent_slices(const Request& request) {
  constexpr double slice_ms = 2;
  return [problem = problem_of(request), study = request.study, slices = std::shared_ptr<Slices>(),
          of = -1](int tile) mutable {
    if (!slices || of != tile) slices = std::make_shared<Slices>(), of = tile;
    problem.slices = slices.get();
    slices->begin(slice_ms);
    std::vector<float> rows = studies()[study.row].tile(problem, study, tile);
    if (!slices->finished()) return std::vector<float>();
    slices.reset();
    return rows;
  };
}

}  // namespace

Tiles make_slices(const Request& request) {
  if (request.kind == Request::Kind::landscape) return make_landscape_slices(request);
  if (request.kind != Request::Kind::study) return make_tiles(request);
  if (is_descent(request.scenario)) return make_descent_slices(request);
  return rates_apart(request) ? make_rate_slices(request) : make_tiles(request);
}

}  // namespace stride::jobs
