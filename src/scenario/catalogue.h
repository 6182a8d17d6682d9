// What there is to choose from, as JSON: every row of every table with its parameters, ranges and help. The
// documentation, the tests and other programs read it through `stride list`.
#pragma once

#include <string>

namespace stride {

/// {"surfaces": [...], "curves": [...], "expression": {...}, "optimizers": [...], "schedules": [...],
/// "datasets": [...], "studies": [...], "network_studies": [...], "fit": {...}, "network": {...}}
std::string catalogue();

}  // namespace stride
