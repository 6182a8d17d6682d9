// What the tests' own operator new hands out, counted: readers are held to bounds.
#pragma once

#include <cstddef>

namespace stride::testing {

/// Bytes in use now, and the most at once since mark_memory().
std::size_t memory_in_use();
std::size_t most_memory();
void mark_memory();

}  // namespace stride::testing
