#include "jobs/landscape.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <mutex>
#include <utility>

#include "jobs/jobs.h"
#include "jobs/training.h"

namespace stride::jobs {

namespace {

constexpr size_t head = 7;  // numbers before the way: reach, size, weights, rows of the way

bool same(const NetworkRun& a, const NetworkRun& b) {
  return a.problem == b.problem && a.steps == b.steps && a.optimizer == b.optimizer &&
         a.schedule == b.schedule;
}

/// The way of the last training that was asked about: another centre or size
/// asks for the same.
struct LastWay {
  std::mutex mutex;
  NetworkRun of;
  std::shared_ptr<const TrainingWay> way;
};

LastWay& last_way() {
  static LastWay last;
  return last;
}

std::shared_ptr<const TrainingWay> known_way(const NetworkRun& run) {
  LastWay& last = last_way();
  const std::lock_guard lock(last.mutex);
  return last.way && same(last.of, run) ? last.way : nullptr;
}

void keep_way(const NetworkRun& run, std::shared_ptr<const TrainingWay> way) {
  LastWay& last = last_way();
  const std::lock_guard lock(last.mutex);
  last.of = run;
  last.way = std::move(way);
}

std::shared_ptr<const TrainingWay> way_for(const NetworkRun& run) {
  std::shared_ptr<const TrainingWay> way = known_way(run);
  if (!way) keep_way(run, way = std::make_shared<const TrainingWay>(way_of(run)));
  return way;
}

int size_of(const Request& request) {
  return request.study.integer(
      find_param(network_studies()[static_cast<size_t>(request.study.row)].params, "size"));
}

/// Points of the picture that take some milliseconds.
double points_in_some_ms(const Scenario& scenario) {
  const NetworkProblem& problem = *std::get_if<NetworkProblem>(&scenario.problem);
  double units = 0;
  for (size_t l = 1; l < problem.layers.size(); ++l) units += problem.layers[l];
  return 5e6 / (training_samples_of(problem.data) * (weight_count(problem.layers) + 12 * units));
}

/// Rows of the picture in a tile.
int band_of(const Request& request) {
  const int size = size_of(request);
  return static_cast<int>(
      std::clamp(points_in_some_ms(request.scenario) / size, 1.0, static_cast<double>(size)));
}

struct Rows {
  explicit Rows(const Request& request) : run(training_in(request)), band(band_of(request)) {
    land = landscape_of(run, *way_for(run), request.study);
    data = make_dataset(run.problem.data);
  }

  std::vector<float> operator()(int tile) const {
    std::vector<float> out;
    add(tile, std::numeric_limits<int>::max(), out);
    return out;
  }

  /// Up to so many of the tile's points more; whether it is complete.
  bool add(int tile, int points, std::vector<float>& out) const {
    if (tile == 0) {
      const Domain& d = land.reach;
      for (const double v : {d.xmin, d.xmax, d.ymin, d.ymax, static_cast<double>(land.size),
                             static_cast<double>(land.centre.size()), static_cast<double>(land.path.size())})
        out.push_back(static_cast<float>(v));
      out.insert(out.end(), land.path.begin(), land.path.end());
      return true;
    }
    const int begin = (tile - 1) * band * land.size, end = std::min(tile * band, land.size) * land.size;
    const int first = begin + static_cast<int>(out.size()),
              last = end - first > points ? first + points : end;
    if (land.centre.empty()) {
      out.resize(static_cast<size_t>(end - begin));
      return true;
    }
    for (const double loss : landscape_losses(land, run.problem, data, first, last, Precision::single))
      out.push_back(std::isfinite(loss) ? static_cast<float>(loss) : std::numeric_limits<float>::infinity());
    return last == end;
  }

  NetworkRun run;
  Landscape land;
  DataSet data;
  int band;
};

/// First the training, then the points, some milliseconds at a time.
class LandscapeSlices {
 public:
  explicit LandscapeSlices(const Request& request)
      : request_(request), points_(std::max(1, static_cast<int>(points_in_some_ms(request.scenario)))) {}

  std::vector<float> operator()(int tile) {
    if (!rows_ && !prepare()) return {};
    if (of_ != tile) part_.clear(), of_ = tile;
    if (!rows_->add(tile, points_, part_)) return {};
    of_ = -1;
    return std::move(part_);
  }

 private:
  bool prepare() {
    constexpr double slice_ms = 6;
    const NetworkRun run = training_in(request_);
    if (!known_way(run)) {
      if (!way_) way_ = std::make_shared<WayRun>(run);
      const double rows = slice_ms / training_ms(run.problem, 1);
      if (way_->advance(static_cast<int>(std::clamp(rows, 1.0, 4096.0)))) return false;
      keep_way(run, std::make_shared<const TrainingWay>(way_->way()));
    }
    rows_ = std::make_shared<Rows>(request_);
    return true;
  }

  Request request_;
  int points_, of_ = -1;
  std::shared_ptr<WayRun> way_;
  std::shared_ptr<Rows> rows_;
  std::vector<float> part_;  // of the tile `of_`
};

/// Rows in turn: whoever has computed one goes on with the next.
struct Sharpness {
  NetworkRun run;
  Settings study;
  std::shared_ptr<SharpnessRun> rows;
  int next = 0;

  std::vector<float> operator()(int tile) {
    if (!rows || tile < next) rows = std::make_shared<SharpnessRun>(run, study), next = 0;
    std::vector<double> row;
    for (; next <= tile; ++next) row = rows->next();
    if (row.empty()) return {-1, 0, 0, 0};  // the run has diverged before
    std::vector<float> out(row.begin(), row.end());
    for (float& v : out)
      if (std::isnan(v)) v = std::numeric_limits<float>::infinity();
    return out;
  }
};

}  // namespace

NetworkRun training_in(const Request& request) {
  const Run& run = request.scenario.runs[static_cast<size_t>(request.run)];
  return {*std::get_if<NetworkProblem>(&request.scenario.problem), request.scenario.steps, run.optimizer,
          run.schedule};
}

std::vector<int> landscape_sizes_of(const Scenario& scenario) {
  constexpr int fine = 129;
  constexpr double patience = 1000;  // of the points in some milliseconds
  std::vector<int> sizes = {17, 65};
  if (fine * fine < patience * points_in_some_ms(scenario)) sizes.push_back(fine);
  return sizes;
}

int landscape_tiles(const Request& request) {
  const int size = size_of(request), band = band_of(request);
  return 1 + (size + band - 1) / band;
}

std::function<std::vector<float>(int)> make_landscape(const Request& request) {
  return Rows(request);
}

std::function<std::vector<float>(int)> make_landscape_slices(const Request& request) {
  return LandscapeSlices(request);
}

int sharpness_tiles(const Request& request) {
  const auto& params = network_studies()[static_cast<size_t>(request.study.row)].params;
  const double every = request.study.number(find_param(params, "every"));
  const int each = every == every ? static_cast<int>(every) : std::max(1, request.scenario.steps / 50);
  return std::max(1, (request.scenario.steps + each - 1) / each);
}

std::function<std::vector<float>(int)> make_sharpness(const Request& request) {
  return Sharpness{training_in(request), request.study, nullptr, 0};
}

LandscapePicture read_landscape(std::span<const float> rows) {
  LandscapePicture picture;
  if (rows.size() < head) return picture;
  picture.reach = {static_cast<double>(rows[0]), static_cast<double>(rows[1]), static_cast<double>(rows[2]),
                   static_cast<double>(rows[3])};
  const auto size = static_cast<size_t>(rows[4]), path = static_cast<size_t>(rows[6]);
  picture.dimensions = static_cast<int>(rows[5]);
  if (picture.dimensions == 0 || rows.size() != head + path + size * size) return picture;
  picture.size = static_cast<int>(size);
  picture.path.assign(rows.begin() + head, rows.begin() + head + static_cast<std::ptrdiff_t>(path));
  picture.losses.assign(rows.begin() + head + static_cast<std::ptrdiff_t>(path), rows.end());
  return picture;
}

Settings network_study(const char* key, std::initializer_list<std::pair<const char*, double>> values) {
  const int row = find_network_study(key);
  const auto& params = network_studies()[static_cast<size_t>(row)].params;
  Settings settings = default_settings(row, params);
  for (const auto& [name, v] : values) settings.values[static_cast<size_t>(find_param(params, name))] = {v};
  return settings;
}

}  // namespace stride::jobs
