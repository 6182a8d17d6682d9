#include "lab/shell/keys.h"

#include <algorithm>
#include <iterator>

namespace stride::lab {

namespace {

const Key table[] = {
    {ImGuiKey_Space, "Space", "play or pause", Command::play},
    {ImGuiKey_RightArrow, "← →", "a step back or forward", Command::forward, true},
    {ImGuiKey_LeftArrow, "", nullptr, Command::back, true},
    {ImGuiMod_Shift | ImGuiKey_RightArrow, "Shift ← →", "ten steps", Command::forward_ten, true},
    {ImGuiMod_Shift | ImGuiKey_LeftArrow, "", nullptr, Command::back_ten, true},
    {ImGuiKey_Home, "Home End", "to the start, to the end", Command::first_step},
    {ImGuiKey_End, "", nullptr, Command::last_step},
    {0, "[ ]", "learning rate down or up", Command::rate_up, true, ']'},
    {0, "", nullptr, Command::rate_down, true, '['},
    {ImGuiKey_M, "M", "flat map or relief", Command::flat_map},
    {ImGuiKey_B, "B", "where every start ends up", Command::basins},
    {ImGuiKey_F, "F", "blindfold: fog over the surface", Command::blindfold},
    {ImGuiKey_R, "R", "reset the view", Command::reset_view},
    {ImGuiKey_N, "N", "add a run", Command::add_run},
    {ImGuiKey_D, "D", "duplicate the run", Command::duplicate_run},
    {ImGuiKey_Delete, "Delete", "remove the run", Command::remove_run},
    {ImGuiKey_H, "H", "hide or show the run", Command::hide_run},
    {ImGuiKey_T, "T", "light or dark", Command::theme},
    {ImGuiMod_Ctrl | ImGuiKey_Z, "Ctrl Z", "undo", Command::undo},
    {ImGuiMod_Ctrl | ImGuiKey_Y, "Ctrl Y", "redo", Command::redo},
    {ImGuiMod_Ctrl | ImGuiMod_Shift | ImGuiKey_Z, "", nullptr, Command::redo},
    {ImGuiKey_L, "L", "copy the link", Command::copy_link},
    {ImGuiMod_Ctrl | ImGuiKey_O, "Ctrl O", "open a scenario", Command::open_file},
    {ImGuiMod_Ctrl | ImGuiKey_S, "Ctrl S", "save the scenario", Command::save_file},
    {ImGuiMod_Shift | ImGuiKey_Slash, "?", "this sheet", Command::help},
};

}  // namespace

std::span<const Key> keys() {
  return table;
}

bool is_key(ImGuiKeyChord chord, std::string_view typed) {
  return std::any_of(std::begin(table), std::end(table), [&](const Key& key) {
    return key.typed ? typed == std::string_view(&key.typed, 1) : key.chord == chord;
  });
}

}  // namespace stride::lab
