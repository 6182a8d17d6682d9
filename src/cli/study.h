// `stride study`: any row of the table of studies over one run of a scenario, as CSV, and basins as a
// picture.
#pragma once

#include "cli/cli.h"

namespace stride::cli {

struct StudyRequest {
  int row = 0;  ///< of studies(), or where `network` of network_studies()
  bool network = false;
  std::string file;                                ///< a scenario
  std::vector<std::optional<std::string>> values;  ///< of the row's parameters as they were written
  std::optional<std::string> run;                  ///< left out: the first; compare: all of them
  std::optional<std::string> ppm;  ///< basins: also a picture, in this file; -: instead of the CSV
  bool path = false;               ///< landscape: the training's way instead of the picture
  bool advice = false;             ///< range-test: what it recommends instead of the rows
};

/// How an option is called: "lr_min" is --lr-min.
std::string option_name(const char* key);
/// CSV with the study's columns; outcome and fate, which are basins, in words (diverged, minimum 0, nowhere).
/// Network studies: their columns.
/// Pictures name each pixel's place: x and y, and for maps the two parameters. compare: a row a run.
Result study(const StudyRequest& request);

}  // namespace stride::cli
