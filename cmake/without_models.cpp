// In place of what reads and writes curves, fits and networks, which the page does not show: it says so.
#include "scenario/csv.h"
#include "scenario/documents/reading.h"
#include "scenario/documents/writing.h"
#include "scenario/points.h"

namespace stride {

namespace {

Error not_shown(const Path& path) {
  return error_of({.place = to_string(path),
                   .says = "the lab shows surfaces, curves and fits; run networks with `stride run`"});
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

}  // namespace stride
