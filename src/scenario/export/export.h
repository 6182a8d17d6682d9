// Export: a complete Python program that makes the same runs with a framework that learners meet elsewhere,
// and prints them as `stride run` does.
#pragma once

#include <string>
#include <string_view>

#include "scenario/scenario.h"

namespace stride {

/// The program for `target`: pytorch, keras or optax. It prints run,step,x,y,loss,lr (a curve: x alone; a fit:
/// w,b,loss,batch_loss; network problems: run,step,loss,batch_loss,accuracy,lr). Refused: optimizers of matrices.
Error export_program(const Scenario& scenario, std::string_view target, std::string& out);

}  // namespace stride
