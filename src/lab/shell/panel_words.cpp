// The words by which a page names the panels that it shows.
#include "lab/shell/shell.h"

#include "lab/session/locks.h"

namespace stride::lab {

namespace {

const FlagWord panel_words[] = {
    {"bar", panel_bar},                  // what is descended, undo, share, files, theme, help
    {"surface", panel_surface},          // the surface with the runs' names
    {"rate", panel_rate},                // the learning rate, and its curve over the steps
    {"loss", panel_loss},                // the loss over the steps
    {"controls", panel_controls},        // runs, optimizer, schedule and their parameters
    {"instruments", panel_instruments},  // range test, map, comparison, rule
    {"problem", panel_problem},          // expression, start, domain, steps, noise
    {"transport", panel_transport},      // play and scrub
    {"lessons", panel_lessons},          // their list and the open lesson
    {"data", panel_data},                // of a fit: the data with the model; alone, or beside the surface
    {"boundary", panel_boundary},        // of a network: what it says of its data; so does `surface`
};

}  // namespace

Error read_panels(std::string_view words, unsigned& out) {
  unsigned panels = 0;
  if (Error e = read_flags("panels", panel_words, all_panels, words, panels)) return e;
  out = panels ? panels : all_panels;
  return {};
}

}  // namespace stride::lab
