// What is typed into the fields of the setup, while it may not read yet.
#pragma once

#include <string>

namespace stride::lab {

struct Drafts {
  std::string expression;
  std::string name;   ///< of the run being renamed
  int renaming = -1;  ///< that run
};

}  // namespace stride::lab
