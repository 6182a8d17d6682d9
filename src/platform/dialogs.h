// The desktop's file dialogs, through zenity or kdialog where one of them is installed.
#pragma once

#include <string>

namespace stride::platform {

struct Chosen {
  std::string path;        ///< empty: none
  bool cancelled = false;  ///< a dialog was shown and closed without a choice
};

Chosen ask_what_to_open();
Chosen ask_where_to_save(const std::string& name);

/// The words as one word for a shell.
std::string shell_word(const std::string& words);

}  // namespace stride::platform
