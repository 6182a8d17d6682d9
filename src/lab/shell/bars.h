// The bars of the shell and its help. What is pressed in them is left in the shell as a command.
#pragma once

#include "lab/lessons/lesson_state.h"
#include "lab/session/playback.h"
#include "lab/session/results.h"
#include "lab/shell/arrange.h"
#include "lab/shell/shell.h"

namespace stride::lab {

/// What is descended, the lessons, undo, share, open and save, theme, language, size, help.
void top_bar(Shell& shell, Session& session, const LessonDesk& desk);
/// Moves the cursor over the finished trajectories: play, pause, step, speed, scrub.
void transport(Shell& shell, Session& session, const Results& results, Playback& playback,
               const Pointing& pointing);
/// How long the notice stays; what is no error goes by itself.
void time_notice(Notice& notice, const Services& services);
/// At the foot of the surface: one sentence, an error or what has just been done.
void show_notice(Notice& notice, const Box& surface);
void help_overlay(Shell& shell, const Session& session, const Host& host);
/// Whether a bar of this width is a phone's: what it has no room for stands in the help. Icons stand 44 apart for
/// fingers, and then it is sooner.
bool is_phone_bar(float width);
/// Which language the lab speaks and how large all is: buttons in the bar with a list each, and the same as
/// drop-downs.
void preference_buttons(Shell& shell, const Host& host, float gap);
void preference_lines(Shell& shell, const Host& host);
/// The size that was chosen last time, where it is not yet known.
void recall_size(Shell& shell, const Host& host);

}  // namespace stride::lab
