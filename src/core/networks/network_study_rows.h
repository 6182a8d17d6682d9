// The rows of the table of network studies, by the file they stand in, and what these share.
#pragma once

#include "core/networks/network_study.h"

namespace stride::network {

/// The value of a study's parameter; `none` where it is left out.
double value_of(const Settings& study, const char* key);

NetworkStudy landscape_row();
NetworkStudy sharpness_row();

}  // namespace stride::network
