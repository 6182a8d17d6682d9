// JSON to a scenario: problem, runs, view, and the rules between them.
#include <algorithm>
#include <cmath>

#include "core/optimizers/custom/custom_rule.h"
#include "scenario/documents/reading.h"

namespace stride {

namespace {

constexpr int longest_name = 100;  ///< characters

/// A power of ten: the picture is made of float coordinates, of which a narrower domain far from the origin
/// has too few.
double smallest_side(double from, double to) {
  constexpr double sides[] = {1e-9, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1, 10};
  const double wanted = 1e-5 * std::max(std::fabs(from), std::fabs(to));
  for (double side : sides)
    if (side >= wanted) return side;
  return 10;
}

/// The expression quotes what it met, which may be any byte.
std::string one_line(std::string message) {
  const bool readable = is_utf8(message);
  for (char& c : message) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F || (byte >= 0x80 && !readable)) c = '?';
  }
  return message;
}

Error read_coordinates(const Json& value, const Path& path, std::string_view what, Point& out) {
  if (!value.is_array() || value.size() != 2) return expected(path, what, value);
  Point p;
  if (Error e = read_number(value[0], -widest, widest, {&path, {}, 0}, p.x)) return e;
  if (Error e = read_number(value[1], -widest, widest, {&path, {}, 1}, p.y)) return e;
  out = p;
  return {};
}

std::string name_words() {
  return "a name of at most " + std::to_string(longest_name) + " characters on one line";
}

Error read_members(const Json& value, const Path& path, SurfaceProblem& out) {
  const Names known = {"type", "surface", "expression", "domain", "start", "noise"};
  if (Error e = check_keys(value, known, path)) return e;
  if (member(value, "surface") && member(value, "expression"))
    return expected_not({&path, "expression"}, "either a surface or an expression", "both");
  if (Error e = optional(value, "surface", path, read_surface_name, out.surface)) return e;
  if (Error e = optional(value, "expression", path, read_expression, out.expression)) return e;
  if (Error e = optional(value, "domain", path, read_domain, out.domain)) return e;
  if (Error e = optional(value, "start", path, read_optional_start, out.start)) return e;
  return optional(value, "noise", path, read_noise, out.noise);
}

std::string runs_words() {
  return "a list of 1 to " + std::to_string(max_runs) + " runs";
}

Error read_runs(const Json& value, const Path& path, Scenario& out) {
  if (!value.is_array() || value.empty() || value.size() > max_runs)
    return expected(path, runs_words(), value);
  std::vector<Run> runs(value.size());
  for (int i = 0; i < static_cast<int>(runs.size()); ++i)
    if (Error e = read_run(value[i], {&path, {}, i}, out.problem, runs[i])) return e;
  out.runs = std::move(runs);
  return {};
}

Error read_pan(const Json& value, const Path& path, View& out) {
  Point pan;
  if (Error e = read_coordinates(value, path, "a list of two numbers", pan)) return e;
  out.pan_x = pan.x, out.pan_y = pan.y;
  return {};
}

Error read_hidden(const Json& value, const Path& path, unsigned& out) {
  if (!value.is_array() || value.size() > max_runs)
    return expected(path, "a list of the hidden runs' numbers", value);
  out = 0;
  for (int i = 0; i < static_cast<int>(value.size()); ++i) {
    int run = 0;
    if (Error e = read_whole(value[i], 0, max_runs - 1, {&path, {}, i}, run)) return e;
    out |= 1u << run;
  }
  return {};
}

constexpr double widest_angle = 1000, least_zoom = 1e-3, most_zoom = 1e6;

Error read_view(const Json& value, const Path& path, View& out) {
  const Names known = {"yaw", "pitch", "zoom", "pan", "flat", "cursor", "theme", "hidden"};
  if (Error e = check_keys(value, known, path)) return e;
  const auto angle = [](const Json& v, const Path& p, double& a) {
    return read_number(v, -widest_angle, widest_angle, p, a);
  };
  const auto zoom = [](const Json& v, const Path& p, double& z) {
    return read_number(v, least_zoom, most_zoom, p, z);
  };
  const auto cursor = [](const Json& v, const Path& p, int& c) { return read_whole(v, -1, max_steps, p, c); };
  if (Error e = optional(value, "yaw", path, angle, out.yaw)) return e;
  if (Error e = optional(value, "pitch", path, angle, out.pitch)) return e;
  if (Error e = optional(value, "zoom", path, zoom, out.zoom)) return e;
  if (Error e = optional(value, "pan", path, read_pan, out)) return e;
  if (Error e = optional(value, "flat", path, read_toggle, out.flat)) return e;
  if (Error e = optional(value, "cursor", path, cursor, out.cursor)) return e;
  if (Error e = optional(value, "theme", path, read_theme, out.theme)) return e;
  return optional(value, "hidden", path, read_hidden, out.hidden);
}

Error check_view(const View& view, const Path& path) {
  if (Error e = check_number(view.yaw, -widest_angle, widest_angle, {&path, "yaw"})) return e;
  if (Error e = check_number(view.pitch, -widest_angle, widest_angle, {&path, "pitch"})) return e;
  if (Error e = check_number(view.zoom, least_zoom, most_zoom, {&path, "zoom"})) return e;
  if (Error e = check_start({view.pan_x, view.pan_y}, {&path, "pan"})) return e;
  if (Error e = check_whole(view.cursor, -1, max_steps, {&path, "cursor"})) return e;
  std::string theme;
  return read_theme(view.theme, {&path, "theme"}, theme);
}

Error check_members(const SurfaceProblem& problem, const Path& path) {
  if (!problem.expression.empty())
    if (Error e = check_formula(problem.expression, {&path, "expression"}, plane_variables)) return e;
  if (problem.domain)
    if (Error e = check_domain(*problem.domain, {&path, "domain"})) return e;
  if (problem.start)
    if (Error e = check_start(*problem.start, {&path, "start"})) return e;
  return check_noise(problem.noise, {&path, "noise"});
}

}  // namespace

Error read_domain(const Json& value, const Path& path, std::optional<Domain>& out) {
  if (!value.is_array() || value.size() != 4) return expected(path, "[xmin, xmax, ymin, ymax]", value);
  double v[4];
  for (int i = 0; i < 4; ++i)
    if (Error e = read_number(value[i], -widest, widest, {&path, {}, i}, v[i])) return e;
  const Domain domain{v[0], v[1], v[2], v[3]};
  if (Error e = check_domain(domain, path)) return e;
  out = domain;
  return {};
}

Error check_side(double from, double to, const std::string& order, const Path& place) {
  const double least = smallest_side(from, to);
  if (!(to > from)) return expected(place, order + shown(from), to);
  if (to - from < least) return expected(place, order + shown(from) + ", by at least " + shown(least), to);
  return {};
}

Error check_domain(const Domain& d, const Path& path) {
  const double v[4] = {d.xmin, d.xmax, d.ymin, d.ymax};
  for (int i = 0; i < 4; ++i) {
    const Path place{&path, {}, i};
    if (Error e = check_number(v[i], -widest, widest, place)) return e;
    if (i % 2 == 0) continue;
    if (Error e = check_side(v[i - 1], v[i], i == 1 ? "xmax > xmin, " : "ymax > ymin, ", place)) return e;
  }
  return {};
}

Error check_domain(const Domain& d) {
  const Path root, problem{&root, "problem"};
  return check_domain(d, {&problem, "domain"});
}

Error read_start(const Json& value, const Path& path, Point& out) {
  return read_coordinates(value, path, "a list of two numbers, x and y", out);
}

Error check_start(Point start, const Path& path) {
  if (Error e = check_number(start.x, -widest, widest, {&path, {}, 0})) return e;
  return check_number(start.y, -widest, widest, {&path, {}, 1});
}

Error read_noise(const Json& value, const Path& path, Noise& out) {
  if (Error e = check_keys(value, Names{"sigma", "seed"}, path)) return e;
  if (Error e = optional(value, "sigma", path, read_sigma, out.sigma)) return e;
  return optional(value, "seed", path, read_seed, out.seed);
}

Error check_noise(const Noise& noise, const Path& path) {
  return check_number(noise.sigma, 0, widest, {&path, "sigma"});
}

Error read_sigma(const Json& value, const Path& path, double& out) {
  return read_number(value, 0, widest, path, out);
}

Error read_seed(const Json& value, const Path& path, unsigned& out) {
  constexpr double last = 4294967295.0;
  const double seed = value.is_number() ? value.get<double>() : -1;
  if (!(seed >= 0 && seed <= last && seed == std::floor(seed)))
    return expected(path, "a whole number from 0 to 4294967295", value);
  out = static_cast<unsigned>(seed);
  return {};
}

Error read_steps(const Json& value, const Path& path, int& out) {
  return read_whole(value, 1, max_steps, path, out);
}

Error check_steps(int steps, const Path& path) {
  return check_whole(steps, 1, max_steps, path);
}

Error read_name(const Json& value, const Path& path, std::string& out) {
  if (!value.is_string()) return expected(path, name_words(), value);
  if (Error e = check_name(value.get_ref<const std::string&>(), path)) return e;
  out = value.get_ref<const std::string&>();
  return {};
}

Error check_name(const std::string& name, const Path& path) {
  int length = 0;
  bool plain = is_utf8(name);
  for (char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    length += (byte & 0xC0) != 0x80;
    plain = plain && byte >= 0x20 && byte != 0x7F;
  }
  return plain && length <= longest_name ? nullptr : expected(path, name_words(), name);
}

Error read_expression(const Json& value, const Path& path, std::string& out) {
  if (!value.is_string()) return expected(path, "an expression of x and y in quotes", value);
  return read_formula(value, path, plane_variables, out);
}

Error read_formula(const Json& value, const Path& path, const Variables& variables, std::string& out) {
  const auto& text = value.get_ref<const std::string&>();
  if (Error e = check_formula(text, path, variables)) return e;
  out = text;
  return {};
}

Error check_formula(const std::string& text, const Path& path, const Variables& variables) {
  ExpressionError error;
  parse_expression(text, error, variables);
  return error.column > 0 ? expression_fault(error, to_string(path)) : nullptr;
}

Error expression_fault(const ExpressionError& error, std::string place) {
  return error_of({.place = std::move(place),
                   .expected = error.expected,
                   .got = one_line(error.got),
                   .hint = one_line(error.hint),
                   .character = error.column});
}

Error read_rule(const Json& value, const Path& path, std::string& out) {
  if (!value.is_array() || value.empty() || value.size() > CustomRule::max_lines)
    return expected(path, "a list of 1 to 16 lines \"name = formula\"", value);
  std::string text;
  for (int i = 0; i < static_cast<int>(value.size()); ++i) {
    const Json& line = value[i];
    if (!line.is_string() || line.get_ref<const std::string&>().find('\n') != std::string::npos)
      return expected({&path, {}, i}, "one line \"name = formula\"", line);
    text.append(i > 0 ? "\n" : "").append(line.get_ref<const std::string&>());
  }
  if (Error e = check_rule(text, path)) return e;
  out = std::move(text);
  return {};
}

Error check_rule(const std::string& lines, const Path& path) {
  CustomRuleError error;
  read_custom_rule(lines, error);
  if (!error.found()) return {};
  return expression_fault(error.what, to_string(error.line < 0 ? path : Path{&path, {}, error.line}));
}

Error read_theme(const Json& value, const Path& path, std::string& out) {
  const char* const themes[] = {"auto", "dark", "light", "projector"};
  int theme = 0;
  if (Error e = read_key(value, themes, path, theme)) return e;
  out = themes[theme];
  return {};
}

Error read_problem(const Json& value, const Path& path, Scenario& out) {
  if (!value.is_object()) return expected(path, "an object", value);
  int kind = 0;
  const auto read_type = [&](const Json& v, const Path& p, int& k) {
    return read_key(v, problem_keys, p, k);
  };
  if (Error e = optional(value, "type", path, read_type, kind)) return e;
  out.problem = default_problem(static_cast<size_t>(kind));
  return std::visit([&](auto& problem) { return read_members(value, path, problem); }, out.problem);
}

Error read_document(const Json& document, const Path& path, Scenario& out) {
  if (!document.is_object()) return expected(path, "an object", document);
  const Json* version = member(document, "stride");
  if (!version) return expected_not({&path, "stride"}, "the format version 1", "nothing");
  if (!version->is_number() || version->get<double>() != 1)
    return expected({&path, "stride"}, "the format version 1", *version);
  if (Error e =
          check_keys(document, Names{"stride", "problem", "steps", "steps_per_epoch", "runs", "view"}, path))
    return e;
  Scenario scenario = default_scenario();
  if (Error e = optional(document, "problem", path, read_problem, scenario)) return e;
  if (Error e = optional(document, "steps", path, read_steps, scenario.steps)) return e;
  const auto epoch = [](const Json& v, const Path& p, int& steps) {
    return read_whole(v, 0, max_steps, p, steps);
  };
  if (Error e = optional(document, "steps_per_epoch", path, epoch, scenario.steps_per_epoch)) return e;
  scenario.runs = default_runs(scenario);
  if (Error e = optional(document, "runs", path, read_runs, scenario)) return e;
  if (Error e = optional(document, "view", path, read_view, scenario.view)) return e;
  out = std::move(scenario);
  return {};
}

Error validate(const Scenario& scenario) {
  const Path root, problem{&root, "problem"}, runs{&root, "runs"};
  if (Error e = std::visit([&](const auto& p) { return check_members(p, problem); }, scenario.problem))
    return e;
  if (Error e = check_steps(scenario.steps, {&root, "steps"})) return e;
  if (Error e = check_whole(scenario.steps_per_epoch, 0, max_steps, {&root, "steps_per_epoch"})) return e;
  if (scenario.runs.empty() || scenario.runs.size() > max_runs)
    return expected(runs, runs_words(), Json::array_t(scenario.runs.size()));
  for (int i = 0; i < static_cast<int>(scenario.runs.size()); ++i)
    if (Error e = check_run(scenario.runs[i], {&runs, {}, i}, scenario.problem)) return e;
  return check_view(scenario.view, {&root, "view"});
}

Error read_scenario(std::string_view json, Scenario& out) {
  Json document;
  if (Error e = parse_json(json, document)) return e;
  return read_document(document, {}, out);
}

}  // namespace stride
