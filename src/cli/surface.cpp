// `stride surface`: value, gradient and Hessian at points read from standard input.
#include "cli/cli.h"
#include "scenario/documents/reading.h"

namespace stride::cli {

namespace {

constexpr size_t input_limit = size_t(64) << 20;

Error read_objective(const std::string& name, const std::optional<std::string>& expression, Objective& out) {
  SurfaceProblem problem;
  if (expression) {
    const Path path{nullptr, "--expression"};
    if (Error e = read_expression(*expression, path, problem.expression)) return e;
  } else if (Error e = read_surface_name(name, {nullptr, "surface"}, problem.surface)) {
    return e;
  }
  out = objective_of(problem);
  return {};
}

void append_derivatives(std::string& out, double x, double y, const Derivatives& d) {
  const double values[] = {x, y, d.f, d.dx, d.dy, d.dxx, d.dxy, d.dyy};
  for (const double& v : values) {
    if (&v != values) out += ',';
    append_number(out, v);
  }
  out += '\n';
}

bool parse_point(std::string_view line, Point& out) {
  const size_t comma = line.find(',');
  if (comma == line.npos) return false;
  const auto x = parse_number(line.substr(0, comma)), y = parse_number(line.substr(comma + 1));
  if (x && y) out = {*x, *y};
  return x && y;
}

}  // namespace

Result surface(const std::string& name, const std::optional<std::string>& expression) {
  if (name.empty() && !expression)
    return {"", expected_not({nullptr, "surface"}, "a NAME or --expression", "neither")};
  Objective objective;
  if (Error e = read_objective(name, expression, objective)) return {"", std::move(e)};
  std::string text;
  if (Error e = read_file("-", input_limit, text)) return {"", std::move(e)};
  std::string out = "x,y,f,df_dx,df_dy,d2f_dx2,d2f_dxdy,d2f_dy2\n";
  size_t begin = 0;
  for (int number = 1; begin < text.size(); ++number) {
    size_t end = text.find('\n', begin);
    if (end == std::string::npos) end = text.size();
    const std::string line = text.substr(begin, end - begin);
    begin = end + 1;
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    Point p;
    if (!parse_point(line, p))
      return {"", error_of({.file = place_name("-"), .expected = "x,y", .got = shown(line), .line = number})};
    append_derivatives(out, p.x, p.y, objective.at(p.x, p.y));
  }
  return {out, {}};
}

}  // namespace stride::cli
