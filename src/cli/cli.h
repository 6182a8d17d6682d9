// The command line's parts, one file a group of commands. A command computes its whole output before anything
// is printed: what fails prints one line on standard error and nothing else.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "files/files.h"
#include "scenario/csv.h"
#include "scenario/documents/reading.h"

namespace stride::cli {

/// What a command has come to: text for standard output, or what is wrong, which makes one line.
struct Result {
  std::string output;
  Error error;  ///< empty: success
};

// numbers.cpp
/// The number that `text` is, nothing but spaces around it.
std::optional<double> parse_number(std::string_view text);
/// The number, or the word itself, so that errors quote what was written.
Json json_of(const std::string& word);

// run.cpp
Result run(const std::string& file, bool final_weights);
Result schedule(const std::string& file, const std::optional<std::string>& metric_file);
// surface.cpp
Result surface(const std::string& name, const std::optional<std::string>& expression);
// link.cpp
Result link(const std::string& file);
Result link_decode(const std::string& link);
// points.cpp
Result points(const std::string& file, const std::optional<std::string>& scenario_file);
// export.cpp
Result export_code(const std::string& file, const std::string& target);

// lesson.cpp
struct LessonRequest {
  std::vector<std::string> files;
  int random = 0;          ///< how many random values of each task's parameter to try
  bool worksheet = false;  ///< instead of all that: the lessons to print, as HTML
};
Result lesson(const LessonRequest& request);

// bench.cpp
struct BenchRequest {
  std::optional<std::string> surface, optimizer;  ///< left out: all of them
  std::string seconds = "0.05";                   ///< for each figure
  std::optional<std::string> vectors;             ///< bytes; left out: the widest
};
Result bench(const BenchRequest& request);

}  // namespace stride::cli
