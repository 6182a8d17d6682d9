// A still picture of a scenario for pages that have not started the lab yet.
#pragma once

#include <string>

#include "scenario/scenario.h"

namespace stride::figures {

/// The loss from above in bands of colour, as on the surface, with the path of every run, as a small SVG of
/// 960 x 600 units that needs nothing beside it. `scenario` is one of a surface, not of a network.
std::string poster(const Scenario& scenario);
/// The surface with the start alone: the way would answer a lesson's question. Empty where there is no surface.
std::string poster_of_start(Scenario scenario);

}  // namespace stride::figures
