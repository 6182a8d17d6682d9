// Where the tests' own files lie.
#pragma once

#include <string>

namespace stride::test {

/// The path of `file` below tests/: "reference/mlp_open.json".
std::string path_of(const std::string& file);
/// All that stands in it; the test fails where it isn't there.
std::string text_of(const std::string& file);

}  // namespace stride::test
