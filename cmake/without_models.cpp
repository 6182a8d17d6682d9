// In place of what reads and writes curves, fits and networks, which the page does not show: it says so.
#include "core/networks/real_data.h"
#include "jobs/jobs.h"
#include "jobs/landscape.h"
#include "jobs/training.h"
#include "scenario/csv.h"
#include "scenario/documents/reading.h"
#include "scenario/documents/writing.h"
#include "scenario/points.h"

namespace stride {

namespace {

Error not_shown(const Path& path) {
  return error_of({.place = to_string(path), .says = "this program shows surfaces only"});
}

}  // namespace

Error read_points(std::string_view, Scenario&) {
  return {};
}

Error read_line_start(const Json&, const Path& path, Point&) {
  return not_shown(path);
}

Error read_members(const Json&, const Path& path, NetworkProblem&) {
  return not_shown(path);
}

Error read_members(const Json&, const Path& path, CurveProblem&) {
  return not_shown(path);
}

Error read_members(const Json&, const Path& path, FitProblem&) {
  return not_shown(path);
}

std::string write_csv(const Scenario& scenario) {
  return write_surface_csv(scenario);
}

OrderedJson problem_json(const FitProblem&) {
  return {};
}

OrderedJson problem_json(const NetworkProblem&) {
  return {};
}

Error check_members(const NetworkProblem&, const Path& path) {
  return not_shown(path);
}

Error check_members(const FitProblem&, const Path& path) {
  return not_shown(path);
}

Error check_members(const CurveProblem&, const Path& path) {
  return not_shown(path);
}

namespace jobs {

std::span<const Param> training_params() {
  return {};
}

int training_tiles(const Request&) {
  return 0;
}

std::function<std::vector<float>(int)> make_training(const Request&) {
  return {};
}

int landscape_tiles(const Request&) {
  return 0;
}

std::function<std::vector<float>(int)> make_landscape(const Request&) {
  return {};
}

int sharpness_tiles(const Request&) {
  return 0;
}

std::function<std::vector<float>(int)> make_sharpness(const Request&) {
  return {};
}

bool is_quick(const Scenario&) {
  return true;
}

bool is_bearable(const Scenario&) {
  return true;
}

int rate_tiles(const Request&) {
  return 0;
}

std::function<std::vector<float>(int)> make_rates(const Request&) {
  return {};
}

Tiles make_slices(const Request& request) {
  return make_descent_slices(request);
}

bool rates_apart(const Request&) {
  return true;
}

StudyProblem outline_of(const Scenario&, int) {
  return {};
}

std::vector<double> map_sizes_of(const Scenario&) {
  return {};
}

bool has_data(const Scenario&) {
  return true;
}

}  // namespace jobs

bool provide_digits(std::span<const unsigned char>) {
  return false;
}

}  // namespace stride
