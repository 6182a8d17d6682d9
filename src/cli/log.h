// `stride log`: training logs of other programs.
#pragma once

#include "cli/cli.h"
#include "scenario/logs/log.h"

namespace stride::cli {

struct LogRequest {
  std::vector<std::string>
      files;  ///< a run each; TensorBoard's files of one run, told by their names, are one
  LogColumns columns;
  bool findings = false;  ///< sentences instead of the table: what was taken for what, and what it shows
  bool fit = false;       ///< a scenario instead, whose runs have the recorded rates' schedules
};
Result log(const LogRequest& request);

}  // namespace stride::cli
