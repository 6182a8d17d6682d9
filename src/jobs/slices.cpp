// What takes longer than a frame may, in slices.
#include "jobs/jobs.h"
#include "jobs/landscape.h"
#include "jobs/training.h"

namespace stride::jobs {

Tiles make_slices(const Request& request) {
  if (request.kind == Request::Kind::landscape) return make_landscape_slices(request);
  if (request.kind != Request::Kind::study) return make_tiles(request);
  if (is_descent(request.scenario)) return make_descent_slices(request);
  return rates_apart(request) ? make_rate_slices(request) : make_tiles(request);
}

}  // namespace stride::jobs
