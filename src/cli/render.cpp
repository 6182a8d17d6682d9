#include "cli/render.h"

#include "scenario/documents/reading.h"

namespace stride::cli {

namespace {

/// A side's pixels, -1 where the word is no whole number in range.
int side_of(std::string_view word) {
  int out = 0;
  for (const char c : word) {
    if (c < '0' || c > '9' || out > figures::largest_side) return -1;
    out = 10 * out + (c - '0');
  }
  return !word.empty() && out >= figures::least_side && out <= figures::largest_side ? out : -1;
}

Error refusal(std::string place, std::string wanted, std::string got = {}) {
  return error_of(
      {.file = "render", .place = std::move(place), .expected = std::move(wanted), .got = std::move(got)});
}

Error read_size(const std::string& words, figures::FigureRequest& out) {
  const size_t cross = words.find('x');
  const std::string_view all = words;
  out.width = side_of(all.substr(0, cross));
  out.height = cross == words.npos ? -1 : side_of(all.substr(cross + 1));
  if (out.width > 0 && out.height > 0) return {};
  return refusal("--size",
                 "WIDTHxHEIGHT, each from " + std::to_string(figures::least_side) + " to " +
                     std::to_string(figures::largest_side),
                 shown(words));
}

bool ends_with(const std::string& name, std::string_view ending) {
  return name.size() > ending.size() && name.ends_with(ending);
}

}  // namespace

Result render(const RenderRequest& request, const PngWriter& png) {
  const bool prints = request.out == "-", as_png = ends_with(request.out, ".png");
  if (!prints && !as_png && !ends_with(request.out, ".svg"))
    return {"", refusal("--out", "a name that ends in .svg or .png, or - to print SVG", shown(request.out))};
  if (as_png && !png)
    return {"", refusal(plain_text(request.out),
                        "a name that ends in .svg: PNG needs the native program with its fonts")};
  figures::FigureRequest wanted;
  if (Error e = read_size(request.size, wanted)) return {"", std::move(e)};
  if (Error e = figures::read_parts(request.parts, wanted.parts)) {
    e->place = "--parts";
    return {"", of_file(std::move(e), "render")};
  }
  wanted.transparent = request.transparent;
  Scenario scenario;
  if (Error e = read_scenario_file(request.file, scenario)) return {"", std::move(e)};
  if (!figures::has_map(scenario) && (wanted.parts & ~figures::part_map) == 0)
    return {"", refusal("--parts", "rate or loss: a network has no map")};
  const figures::Figure figure = figures::scenario_figure(scenario, wanted);
  std::string picture = as_png ? png(figure) : figures::write_svg(figure);
  if (prints) return {std::move(picture), {}};
  return {"", write_file(request.out, picture)};
}

}  // namespace stride::cli
