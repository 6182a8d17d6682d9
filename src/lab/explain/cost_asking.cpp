// What a rule that looks at the loss itself costs beside plain descent: how often it looks.
#include <numeric>

#include "core/math/digits.h"
#include "lab/explain/cost.h"
#include "lab/studies/take_values.h"
#include "text/text.h"
#include "ui/widgets.h"

namespace stride::lab {

using namespace ui;

void asking_line(const Settings& settings, const Trajectory& path) {
  const Optimizer& o = optimizers()[static_cast<size_t>(settings.row)];
  const double places = std::accumulate(path.asked.begin(), path.asked.end(), 0.0);
  const double steps = static_cast<double>(path.asked.size());
  const int kept = o.state_slots == 0 ? 0 : 2 + 2 * settings.integer(find_param(o.params, "history_size"));
  text(tr_count(kept, "Keeps 1 number for each parameter.", "Keeps {0} numbers for each parameter.") + " " +
           tr("A step asks for the loss and its slope at {0} places on average, plain descent at 1.",
              {readable(to_digits(places / steps, 2))}),
       TextLook::muted, true);
}

}  // namespace stride::lab
