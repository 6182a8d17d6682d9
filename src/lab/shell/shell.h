// The frame around the panels: which of them a page shows, the tabs and folds, the help, the notice.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "lab/session/notice.h"
#include "lab/shell/commands.h"
#include "lab/shell/pace.h"
#include "scenario/parts.h"
#include "scenario/scenario.h"

namespace stride::lab {

/// What a narrow column shows one of, a tab each.
enum class Page { run, curves, tools, problem, lesson };
inline constexpr int page_total = 5;

/// What the lower half of the column shows one of, a tab each.
enum class Tool { curves, range_test, map, compare, rule, layers, log };
inline constexpr int tool_total = 7;

struct Shell {
  unsigned panels = all_panels;  ///< of Panel
  unsigned focus = all_panels;   ///< those that the open lesson's page wants to be seen
  Page page = Page::run;
  bool sheet_open = false;  ///< on a phone, where the pages are a sheet over curve and rate
  Tool tool = Tool::curves;
  float scale = 1;     ///< device pixels for one of the design's, in this frame
  int size = 0;        ///< what the person has chosen, percent; 0: not yet asked for
  bool roomy = false;  ///< a large screen: the tools stand beside the curves
  float column = 0;    ///< its width as a hand has left it, in the design's pixels; 0: as suits the window
  bool parameters_open = false, problem_open = false;  ///< folds of the right column
  bool help_open = false;
  Notice notice;                   ///< at the foot of the surface
  std::optional<Command> command;  ///< pressed in a panel; run when that is drawn
  std::string language;            ///< chosen in a panel, its code; likewise
  unsigned lesson_shown = 0;       ///< LessonState::begun of the lesson whose page has been turned to
  unsigned linked = 0;             ///< Session::steps whose link the host has been shown
  int linked_lesson = -1;          ///< the lesson that the link shown last names
  Pace pace;                       ///< of a hand that moves
  bool wants_frame = true;         ///< something still moves: ask for another frame
};

inline bool shows(const Shell& shell, unsigned any_of) {
  return (shell.panels & shell.focus & any_of) != 0;
}

}  // namespace stride::lab
