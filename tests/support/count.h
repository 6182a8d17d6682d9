// How often words stand in a text.
#pragma once

#include <string>

namespace stride::test {

inline int count_of(const std::string& text, const std::string& what) {
  int count = 0;
  for (size_t at = text.find(what); at != text.npos; at = text.find(what, at + 1)) ++count;
  return count;
}

}  // namespace stride::test
