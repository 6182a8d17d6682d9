// One sentence for the learner: an error, or what has just been done.
#pragma once

#include <string>

namespace stride::lab {

struct Notice {
  std::string words;
  bool is_error = false;
  double until = 0;  ///< seconds; 0: as long as the shell finds right when it first shows it
};

}  // namespace stride::lab
