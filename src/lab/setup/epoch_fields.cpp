// How many steps an epoch has, where no batches say it.
#include "lab/session/ground.h"
#include "lab/setup/setup.h"
#include "ui/widgets.h"

namespace stride::lab {

using namespace ui;

void epoch_fields(Session& session) {
  Scenario& s = session.scenario;
  if (fit_of(s) || network_of(s)) return;
  double steps = s.steps_per_epoch;
  if (slider("Steps per epoch", steps,
             {0, 200, false, true, "",
              "Then the schedule's lengths are told in epochs, and the plots have their scale. 0: in steps."},
             0, max_steps))
    s.steps_per_epoch = static_cast<int>(steps);
}

}  // namespace stride::lab
