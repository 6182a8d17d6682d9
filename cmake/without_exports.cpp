// In place of the exports to Python and of figures: the page makes them in its full program.
#include "figures/figure.h"
#include "scenario/export/export.h"

namespace stride {

Error export_program(const Scenario&, std::string_view, std::string&) {
  return {};
}

namespace figures {

Figure scenario_figure(const Scenario&, const FigureRequest&) {
  return {};
}

std::string write_svg(const Figure&) {
  return {};
}

}  // namespace figures

}  // namespace stride
