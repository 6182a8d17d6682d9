// A training as it was recorded: rate and losses at the steps that a log names. What a log says of it
// (findings.h) and which schedule its rate followed (schedule_fit.h) are computed from this.
#pragma once

#include <vector>

namespace stride {

/// Values at increasing steps, each step once; both lists have one length. A value may be NaN or infinite:
/// that is what was logged. A step where nothing was logged is not there.
struct RecordedCurve {
  std::vector<double> step, value;
  bool empty() const { return step.empty(); }
};

struct Recording {
  RecordedCurve lr, loss, val_loss;
};

}  // namespace stride
