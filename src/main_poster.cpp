// The page's posters, made while it is built:
//   stride-poster FOLDER [FILE...]
// FOLDER/<surface>.svg for every surface, as an empty page shows it, curve-<curve>.svg, fit-<model>.svg, network-<data>.svg; for a lesson "03-too-high.md"
// FOLDER/lesson-3.svg, for a scenario "name.json" FOLDER/name.svg,
// for digits.bin FOLDER/network-digits.svg.
#include <cstdio>
#include <cstdlib>
#include <string>

#include "core/networks/real_data.h"
#include "figures/poster.h"
#include "files/files.h"
#include "lesson/lesson.h"

namespace {

using namespace stride;

Error write_poster(const std::string& folder, const std::string& name, const Scenario& scenario) {
  return write_file(folder + "/" + name + ".svg", figures::poster(scenario));
}

Error write_document(const std::string& folder, const std::string& name, const std::string& problem,
                     const std::string& more = "") {
  Scenario scenario;
  if (Error e = read_scenario(R"({"stride": 1, "problem": )" + problem + more + "}", scenario)) return e;
  return write_poster(folder, name, scenario);
}

/// The page's programs carry no digits; they are given them as the page is.
Error make_digits(const std::string& folder, const std::string& path) {
  std::string bytes;
  if (Error e = read_file(path, max_document, bytes)) return e;
  if (!provide_digits({reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()}))
    return error_of({.file = path, .expected = "the digits"});
  return write_document(
      folder, "network-digits",
      R"({"type": "network", "data": {"type": "digits"}, "layers": [64, 32, 10], "batch_size": 64})",
      R"(, "runs": [{"optimizer": {"type": "Adam", "lr": 0.01}}])");
}

Error make_poster(const std::string& folder, const std::string& path) {
  const std::string file = base_name(path);
  if (file == "digits.bin") return make_digits(folder, path);
  if (file.ends_with(".json")) {
    Scenario scenario;
    if (Error e = read_scenario_file(path, scenario)) return e;
    return write_poster(folder, file.substr(0, file.size() - 5), scenario);
  }
  std::string text;
  Lesson lesson;
  if (Error e = read_file(path, max_document, text)) return e;
  if (Error e = read_lesson(text, file, lesson)) return e;
  return write_poster(folder, "lesson-" + std::to_string(std::atoi(file.c_str())), lesson.scenario);
}

Error make_all(const std::string& folder, int count, char** files) {
  for (const Surface& surface : surfaces()) {
    Scenario scenario;
    if (Error e = decode_link("?surface=" + std::string(surface.key), scenario)) return e;
    if (Error e = write_poster(folder, surface.key, scenario)) return e;
  }
  for (const Curve& curve : curves())
    if (Error e = write_document(folder, "curve-" + std::string(curve.key),
                                 R"({"type": "curve", "curve": ")" + std::string(curve.key) + "\"}"))
      return e;
  for (const char* model : fit_model_keys)
    if (Error e =
            write_document(folder, "fit-" + std::string(model),
                           R"({"type": "fit", "scale": "standard", "model": ")" + std::string(model) + "\"}"))
      return e;
  for (const DataKind& data : datasets())
    if (data.inputs != digits_pixels)
      if (Error e =
              write_document(folder, "network-" + std::string(data.key),
                             R"({"type": "network", "data": {"type": ")" + std::string(data.key) + "\"}}",
                             R"(, "runs": [{"optimizer": {"type": "Adam", "lr": 0.05}}])"))
        return e;
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
