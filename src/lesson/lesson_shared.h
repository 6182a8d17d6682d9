// What the files of this room share.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lesson/lesson.h"
#include "scenario/documents/reading.h"
#include "text/text.h"

namespace stride {

/// The line, from 1, on which the value at `place` ("goal.loss_below", "runs[0].lr") begins in a JSON text;
/// that of the nearest place around it where it is not there.
int line_of(std::string_view json, std::string_view place);

/// The subset of Markdown: paragraphs, lists, headings of the third level, bold, links.
std::vector<LessonBlock> read_blocks(const std::vector<std::string_view>& lines);

/// Three digits, as people read them.
std::string figure(double value);
/// The last row up to step `within`; 0: of all.
int last_step(const Trajectory& path, int within);
/// The first of those rows with a loss below `limit`; -1: none.
int first_below(const Trajectory& path, double limit, int within);

/// One screen as it stands in the file.
struct RawScreen {
  std::string heading;
  std::string patch;   ///< JSON, empty: none
  int patch_line = 0;  ///< the line on which it begins
  std::vector<std::string_view> lines;
};
struct RawLesson {
  std::string header;
  int header_line = 0;
  std::vector<RawScreen> screens;
};
/// The file cut into header and screens; a fault names its line.
Error split_lesson(std::string_view text, RawLesson& out);

/// A base scenario with a merge patch.
Error patched(const Json& base, const Json& patch, const Path& path, Json& document, Scenario& out);

}  // namespace stride
