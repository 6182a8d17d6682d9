// The scale of epochs under that of the steps.
#include <cmath>

#include "lab/plots/plot.h"
#include "text/text.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace stride::lab {

using namespace ui;

void draw_epochs(const Plot& plot, int epoch) {
  const Axes& a = plot.axes;
  push_type(Type::small);
  const float y = plot.at.y + plot.size.y + u(2);
  const std::string name = tr("epoch");
  const float room = ImGui::CalcTextSize(name.c_str()).x + u(8);
  plot.draw->AddText({plot.at.x, y}, theme().muted, name.c_str());
  for (const Tick& tick : linear_ticks(a.first / epoch, a.last / epoch, 6, true)) {
    const float x = a.x_of(tick.value * epoch), half = ImGui::CalcTextSize(tick.label.c_str()).x / 2;
    if (x - half < plot.at.x + room || x + half > plot.at.x + plot.size.x) continue;
    plot.draw->AddText({std::round(x - half), y}, theme().muted, tick.label.c_str());
  }
  pop_type();
  note(Role::status, "epochs", {plot.at.x, y}, {plot.size.x, u(14)}, {.now = static_cast<double>(epoch)});
}

}  // namespace stride::lab
