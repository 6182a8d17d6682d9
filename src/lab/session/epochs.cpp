// How many steps an epoch has, by the batches or by the scenario's word.
#include "core/fits/fit.h"
#include "core/networks/batches.h"
#include "core/networks/network.h"
#include "lab/session/ground.h"

namespace stride::lab {

int steps_in_epoch(const Scenario& scenario) {
  if (const NetworkProblem* network = network_of(scenario)) {
    const Batches batches = batches_of(*network);
    return batches.drawn() ? batches.epoch_length() : 0;
  }
  if (const FitProblem* fit = fit_of(scenario))
    return fit->batch_size > 0 && fit->batches.empty() ? batches_of(objective_of(scenario))->epoch_length()
                                                       : 0;
  return scenario.steps_per_epoch;
}

}  // namespace stride::lab
