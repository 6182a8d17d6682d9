// `stride points`: the learner's own points as a scenario.
#include "scenario/points.h"

#include "cli/cli.h"

namespace stride::cli {

Result points(const std::string& file, const std::optional<std::string>& scenario_file) {
  if (scenario_file == file)
    return {"", expected_not({nullptr, "--scenario"}, "a file other than the points'")};
  Scenario s = default_scenario();
  if (scenario_file)
    if (Error e = read_scenario_file(*scenario_file, s)) return {"", std::move(e)};
  std::string text;
  if (Error e = read_file(file, max_points_bytes, text)) return {"", std::move(e)};
  if (Error e = read_points(text, s)) return {"", of_file(std::move(e), file)};
  return {write_scenario(s) + "\n", {}};
}

}  // namespace stride::cli
