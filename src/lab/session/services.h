// What the lab is given from outside: the host's functions, the engine of the studies, the time.
#pragma once

#include <functional>
#include <string>

#include "jobs/jobs.h"

namespace stride::lab {

/// What the platform does for the lab. Every function may be empty (tests).
struct Host {
  std::function<void(const std::string&)> copy_text;       ///< to the clipboard
  std::function<void(const std::string& link)> show_link;  ///< the address bar; not called while dragging
  std::function<void(const std::string& name, const std::string& contents)>
      save_file;                    ///< a dialog or a download
  std::function<void()> draw_over;  ///< what the platform shows above the lab, once a frame
  std::function<void()> open_file;  ///< answers later through open_document
  std::function<bool()> prefers_dark, prefers_contrast, has_fingers;
  /// What the learner's machine keeps between visits; "" where it keeps nothing.
  std::function<std::string(const std::string& key)> load;
  std::function<void(const std::string& key, const std::string& value)> store;
  std::function<void(double seconds)> wake_after;  ///< asks for one frame that much later
  /// Gets the texts of a language, and then calls set_language again.
  std::function<void(const std::string& code)> fetch_language;
  /// Goes on in the program that can show this document, with everything that is here.
  std::function<void(const std::string& document)> show_in_full;
  std::function<void()> show_as_text;  ///< the lab as a page of words and fields, where there is one
  std::function<void()> fetch_digits;  ///< answers later through provide_digits
  std::string link_base;               ///< what a link begins with: "https://host/path"
  bool has_links = true;               ///< false: a link to here would open nowhere
};

struct Services {
  Host host;
  jobs::Engine* engine = nullptr;  ///< where studies are computed; null: nowhere (tests)
  double now = 0;                  ///< seconds, of this frame
  bool has_gl = false;             ///< a context is there to make textures in
};

}  // namespace stride::lab
