// Studies of descents where a frame waits: long runs, and the search for minima, in slices.
#include <chrono>
#include <memory>
#include <utility>

#include "jobs/jobs.h"

namespace stride::jobs {

namespace {

/// The tiles of a study of descents, after the search for minima.
class DescentSlices {
 public:
  explicit DescentSlices(const Request& request)
      : problem_(problem_without_minima(request)), study_(request.study) {}

  std::vector<float> operator()(int tile) {
    if (of_ != tile) slices_ = {}, of_ = tile;
    slices_.begin([end = Clock::now() + std::chrono::milliseconds(2)] { return Clock::now() > end; });
    problem_.slices = &slices_;
    if (!knows_minima_) {
      problem_.minima = minima_of(problem_);
      knows_minima_ = slices_.finished();
      if (knows_minima_) of_ = -1;
      return {};
    }
    std::vector<float> rows = studies()[study_.row].tile(problem_, study_, tile);
    if (!slices_.finished()) return {};
    of_ = -1;
    return rows;
  }

 private:
  using Clock = std::chrono::steady_clock;
  StudyProblem problem_;
  Settings study_;
  Slices slices_;
  int of_ = -1;  ///< the tile that the slices are of
  bool knows_minima_ = false;
};

}  // namespace

Tiles make_descent_slices(const Request& request) {
  return [all = std::make_shared<DescentSlices>(request)](int tile) { return (*all)(tile); };
}

}  // namespace stride::jobs
