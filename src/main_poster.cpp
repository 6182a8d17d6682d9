// The page's posters, made while it is built:
//   stride-poster FOLDER [FILE...]
// FOLDER/<surface>.svg for every surface, as an empty page shows it; for a lesson "03-too-high.md"
// FOLDER/lesson-3.svg, for a scenario "name.json" FOLDER/name.svg.
#include <cstdio>
#include <cstdlib>
#include <string>

#include "figures/poster.h"
#include "lesson/lesson.h"

namespace {

using namespace stride;

std::string read_file(const std::string& name) {
  std::string text;
  std::FILE* file = std::fopen(name.c_str(), "rb");
  if (!file) return text;
  char buffer[1 << 14];
  while (const size_t count = std::fread(buffer, 1, sizeof buffer, file)) text.append(buffer, count);
  std::fclose(file);
  return text;
}

Error write_poster(const std::string& folder, const std::string& name, const Scenario& scenario) {
  const std::string path = folder + "/" + name + ".svg", picture = figures::poster(scenario);
  std::FILE* file = std::fopen(path.c_str(), "wb");
  const bool written = file && std::fwrite(picture.data(), 1, picture.size(), file) == picture.size();
  const bool closed = file && std::fclose(file) == 0;
  return closed && written ? nullptr : error_of({.file = path, .says = "could not be written"});
}

Error make_poster(const std::string& folder, const std::string& path) {
  const std::string file = path.substr(path.find_last_of('/') + 1), text = read_file(path);
  if (file.ends_with(".json")) {
    Scenario scenario;
    if (Error e = read_scenario(text, scenario)) {
      e->file = file;
      return e;
    }
    return write_poster(folder, file.substr(0, file.size() - 5), scenario);
  }
  Lesson lesson;
  if (Error e = read_lesson(text, file, lesson)) return e;
  return write_poster(folder, "lesson-" + std::to_string(std::atoi(file.c_str())), lesson.scenario);
}

Error make_all(const std::string& folder, int count, char** files) {
  for (const Surface& surface : surfaces()) {
    Scenario scenario;
    if (Error e = decode_link("?surface=" + std::string(surface.key), scenario)) return e;
    if (Error e = write_poster(folder, surface.key, scenario)) return e;
  }
  for (int i = 0; i < count; ++i)
    if (Error e = make_poster(folder, files[i])) return e;
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  const Error error =
      argc < 2 ? error_of({.expected = "a folder for the posters"}) : make_all(argv[1], argc - 2, argv + 2);
  if (error) std::fprintf(stderr, "stride-poster: %s\n", sentence(error).c_str());
  return error ? 1 : 0;
}
