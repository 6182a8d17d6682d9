// `stride export`: a Python program that makes the same runs.
#include "scenario/export/export.h"

#include "cli/cli.h"

namespace stride::cli {

Result export_code(const std::string& file, const std::string& target) {
  Scenario s;
  if (Error e = read_scenario_file(file, s)) return {"", std::move(e)};
  std::string program;
  if (Error e = export_program(s, target, program)) return {"", std::move(e)};
  return {program, {}};
}

}  // namespace stride::cli
