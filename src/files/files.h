// Files of a machine that has them: read with a limit, written to the end, and what goes wrong in one sentence
// that begins with the file's name.
#pragma once

#include <string>
#include <string_view>

#include "scenario/scenario.h"

namespace stride {

/// The whole file, at most `limit` bytes, without a byte order mark; "-" is standard input.
Error read_file(const std::string& name, size_t limit, std::string& out);
/// The whole file, made or overwritten.
Error write_file(const std::string& name, std::string_view bytes);
/// All that the program prints; standard output is closed then.
Error write_output(std::string_view bytes);
/// The same fault, in this file.
Error of_file(Error error, const std::string& name);
Error read_scenario_file(const std::string& name, Scenario& out);
/// How errors call a file: its name, or "standard input".
std::string place_name(const std::string& file);
/// The file without its folder.
std::string base_name(const std::string& file);

}  // namespace stride
