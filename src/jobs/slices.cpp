// What takes longer than a frame may, in slices.
#include "jobs/jobs.h"
#include "jobs/landscape.h"
#include "jobs/training.h"

namespace stride::jobs {

Tiles make_slices(const Request& request) {
  if (request.kind == Request::Kind::landscape) return make_landscape_slices(request);
  const bool trains = request.kind == Request::Kind::study && !is_descent(request.scenario);
  return trains && rates_apart(request) ? make_rate_slices(request) : make_tiles(request);
}

}  // namespace stride::jobs
