#ifndef __EMSCRIPTEN__

#include "platform/dialogs.h"

#include <cstdio>

namespace stride::platform {

std::string shell_word(const std::string& words) {
  std::string out = "'";
  for (const char c : words) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

namespace {

#ifdef _WIN32
Chosen ask(const std::string&, const std::string&) {
  return {};
}
#else
bool installed(const char* program) {
  std::FILE* pipe = popen((std::string("command -v ") + program + " 2>/dev/null").c_str(), "r");
  if (!pipe) return false;
  const bool found = std::fgetc(pipe) != EOF;
  pclose(pipe);
  return found;
}

Chosen ask(const std::string& zenity, const std::string& kdialog) {
  const std::string command = installed("zenity")    ? "zenity --file-selection " + zenity
                              : installed("kdialog") ? "kdialog " + kdialog
                                                     : "";
  std::FILE* pipe = command.empty() ? nullptr : popen((command + " 2>/dev/null").c_str(), "r");
  if (!pipe) return {};
  Chosen chosen;
  for (int c = std::fgetc(pipe); c != EOF && c != '\n'; c = std::fgetc(pipe))
    chosen.path += static_cast<char>(c);
  if (pclose(pipe) != 0) chosen.path.clear();
  chosen.cancelled = chosen.path.empty();
  return chosen;
}
#endif

}  // namespace

Chosen ask_what_to_open() {
  return ask(
      "--title='Open' --file-filter='Scenarios, lessons, logs, tables | *.json *.jsonl *.md *.csv *.tsv "
      "*.txt' "
      "--file-filter='* | *'",
      "--getopenfilename .");
}

Chosen ask_where_to_save(const std::string& name) {
  return ask("--save --confirm-overwrite --title='Save' --filename=" + shell_word(name),
             "--getsavefilename " + shell_word(name));
}

}  // namespace stride::platform

#endif  // __EMSCRIPTEN__
