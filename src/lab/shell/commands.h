// What keys and the buttons of the bars do.
#pragma once

namespace stride::lab {

struct Lab;

enum class Command {
  play,
  back,
  forward,
  back_ten,
  forward_ten,
  first_step,
  last_step,
  rate_up,
  rate_down,
  flat_map,
  basins,
  blindfold,
  reset_view,
  add_run,
  duplicate_run,
  remove_run,
  hide_run,
  theme,
  undo,
  redo,
  copy_link,
  open_file,
  save_file,
  help,
};

void run(Lab& lab, Command command);
/// Runs what a panel has left in the shell.
void obey(Lab& lab);
/// Keys that no control has taken.
void shortcuts(Lab& lab);

}  // namespace stride::lab
