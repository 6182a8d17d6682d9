// The lab, on the desktop and in the browser.
#include "platform/platform.h"

#ifdef __EMSCRIPTEN__

int main() {
  static stride::platform::App app;  // outlives main
  return stride::platform::run(app, {});
}

#else

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "text/text.h"

namespace {

constexpr const char* usage =
    "usage: stride-lab [FILE | LINK] [--screenshot OUT.png] [--size WIDTHxHEIGHT] [--pixel-ratio R] [--lang "
    "CODE]\n"
    "\n"
    "  FILE | LINK      a scenario (.json), a lesson (.md), the log of a training, or a link that the lab "
    "or\n"
    "                   `stride link` has made\n"
    "  --screenshot     draw into this file (.png, else PPM) and exit\n"
    "  --size           of the window, in pixels of a screen of ordinary density (default 1440x900)\n"
    "  --pixel-ratio    device pixels for each of those (default: what the screen asks for)\n"
    "  --lang           en, de, es, zh, he, or a language file (.json; default: the system's language)\n";

/// Reads the value of one option. Empty, or what was expected.
std::string read_option(std::string_view name, const char* value, stride::platform::Options& out) {
  const std::string place = std::string(name) + ": expected ";
  if (name == "--screenshot") {
    if (!value) return place + "a file name";
    out.screenshot = value;
  } else if (name == "--size") {
    char end = 0;
    int w = 0, h = 0;
    if (!value || std::sscanf(value, "%dx%d%c", &w, &h, &end) != 2 || w < 64 || h < 64 || w > 8192 ||
        h > 8192)
      return place + "WIDTHxHEIGHT, each from 64 to 8192";
    out.width = w, out.height = h;
  } else if (name == "--lang") {
    const bool is_file = value && std::string_view(value).ends_with(".json");
    if (!value || (!is_file && stride::find_language(value) < 0))
      return place + "en, de, es, zh, he or a language file";
    out.language = value;
  } else {
    char* end = nullptr;
    const double ratio = value ? std::strtod(value, &end) : 0;
    if (!value || *end || !(ratio >= 0.5 && ratio <= 4)) return place + "a number from 0.5 to 4";
    out.pixel_ratio = static_cast<float>(ratio);
  }
  return {};
}

std::string read_arguments(int argc, char** argv, stride::platform::Options& out) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view a = argv[i];
    if (a == "--screenshot" || a == "--size" || a == "--pixel-ratio" || a == "--lang") {
      const std::string fault = read_option(a, ++i < argc ? argv[i] : nullptr, out);
      if (!fault.empty()) return fault;
    } else if (a.size() > 1 && a[0] == '-') {
      return std::string(a) + ": expected --screenshot, --size, --pixel-ratio or --lang";
    } else if (!out.open.empty()) {
      return std::string(a) + ": expected one file or link, got two";
    } else {
      out.open = a;
    }
  }
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  stride::platform::App app;
  stride::platform::Options options;
  if (argc == 2 && (std::string_view(argv[1]) == "--help" || std::string_view(argv[1]) == "-h")) {
    std::fputs(usage, stdout);
    return 0;
  }
  const std::string fault = read_arguments(argc, argv, options);
  if (!fault.empty()) {
    std::fprintf(stderr, "stride-lab: %s\n", fault.c_str());
    return 2;
  }
  return stride::platform::run(app, options);
}

#endif  // __EMSCRIPTEN__
