// What is typed into the fields of the setup, while it may not read yet.
#pragma once

#include <string>
#include <vector>

#include "lab/session/session.h"

namespace stride::lab {

/// Drafts belong to a scenario: see keep_drafts.
struct Drafts {
  std::string expression, expression_error;
  std::string points, points_error;  ///< CSV
  std::vector<double> points_read;   ///< what it stands for
  std::string layers;                ///< hidden ones
  std::vector<int> layers_of;        ///< what it stands for
  std::string name;                  ///< of the run being renamed
  int renaming = -1;                 ///< that run
  unsigned replaced = 0;
  Problem problem;
  size_t runs = 0;
};

/// Lets go of drafts that belong to another scenario, surface or set of runs.
void keep_drafts(Drafts& drafts, const Session& session);

}  // namespace stride::lab
