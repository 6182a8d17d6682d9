// The command line: one page of commands, each of which is a function in cli/.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <csignal>
#include <cstdio>
#include <sstream>

#include "cli/cli.h"
#include "cli/log.h"
#include "cli/render.h"
#include "cli/study.h"
#include "core/networks/network_study.h"
#include "core/studies/study.h"
#include "scenario/catalogue.h"
#include "scenario/documents/reading.h"
#include "scenario/documents/suggest.h"

#ifdef STRIDE_HAS_FONTS
#include "raster/raster.h"
#endif
#ifndef STRIDE_VERSION
#define STRIDE_VERSION "unknown"
#endif

namespace {

using stride::Error;
using stride::cli::Result;

constexpr int bad_input = 2;

stride::cli::PngWriter png_writer() {
#ifdef STRIDE_HAS_FONTS
  return [](const stride::figures::Figure& figure) { return stride::raster::png(figure); };
#else
  return nullptr;
#endif
}

/// The commands, their arguments and what to call for each.
struct Commands {
  CLI::App app{"Stride: what the learning rate does to every step of a descent"};
  std::string file, surface, target;
  std::optional<std::string> metric, link, expression, scenario;
  bool final_weights = false;
  stride::cli::BenchRequest bench;
  stride::cli::StudyRequest study;
  stride::cli::LogRequest log;
  stride::cli::RenderRequest render;
  stride::cli::LessonRequest lesson;
  std::function<Result()> chosen;

  CLI::App* add(const char* name, const char* help, const std::function<Result()>& call) {
    CLI::App* command = app.add_subcommand(name, help);
    command->callback([this, call] { chosen = call; });
    return command;
  }

  Commands();
  void add_studies();
  template <class Row>
  void add_studies(CLI::App& all, std::span<const Row> rows, bool network);
};

/// A command of `study` for each row of a table, with an option for each parameter.
template <class Row>
void Commands::add_studies(CLI::App& all, std::span<const Row> rows, bool network) {
  for (int row = 0; row < static_cast<int>(rows.size()); ++row) {
    const Row& s = rows[static_cast<size_t>(row)];
    const std::string_view key = s.key;
    CLI::App* command = all.add_subcommand(s.key, s.help);
    command->add_option("FILE", study.file, "a scenario (JSON); - is standard input")->required();
    command->add_option("--run", study.run, "which run of the scenario, counted from 0");
    for (size_t i = 0; i < s.params.size(); ++i)
      command->add_option(stride::cli::option_name(s.params[i].key), study.values[i], s.params[i].help);
    if (key == "basins")
      command->add_option("--ppm", study.ppm,
                          "a file for the picture as PPM; - prints it instead of the CSV");
    if (key == "range-test")
      command->add_flag("--advice", study.advice, "the suggested rates instead of the losses");
    if (key == "landscape")
      command->add_flag("--path", study.path, "the training's way through the picture instead of it");
    command->callback([this, row, network] {
      study.row = row;
      study.network = network;
      chosen = [this] { return stride::cli::study(study); };
    });
  }
}

void Commands::add_studies() {
  CLI::App* all =
      app.add_subcommand("study", "thousands of descents, or one training, that answer a question, as CSV");
  all->require_subcommand(1);
  constexpr size_t most = 16;
  study.values.resize(most);  // before the options refer to them
  add_studies(*all, stride::studies(), false);
  add_studies(*all, stride::network_studies(), true);
}

Commands::Commands() {
  namespace cli = stride::cli;
  app.name("stride");
  app.require_subcommand(1);
  app.set_version_flag("--version", "stride " STRIDE_VERSION);
  const char* const scenario_help = "a scenario (JSON); - is standard input";

  CLI::App* run =
      add("run", "every step of every run, as CSV", [this] { return cli::run(file, final_weights); });
  run->add_option("FILE", file, scenario_help)->required();
  run->add_flag("--final-weights", final_weights,
                "network problems: the weights after the last step, as JSON");

  CLI::App* schedule = add("schedule", "the learning rate of every step, as CSV",
                           [this] { return cli::schedule(file, metric); });
  schedule->add_option("FILE", file, scenario_help)->required();
  schedule->add_option("--metric", metric, "a file with one loss a line, for ReduceLROnPlateau");

  CLI::App* surf =
      app.add_subcommand("surface", "value and derivatives at each x,y line of standard input, as CSV");
  surf->add_option("NAME", surface, "a surface of `stride list`");
  surf->add_option("--expression", expression, "your own f(x, y) instead: \"x^2 + 10*y^2\"");
  surf->callback([this] { chosen = [this] { return cli::surface(surface, expression); }; });

  add("list", "every surface, optimizer, schedule, data set and study, as JSON", [] {
    return Result{stride::catalogue() + "\n", {}};
  });

  CLI::App* share = add("link", "the share link of a scenario, or the scenario of a link",
                        [this] { return link ? cli::link_decode(*link) : cli::link(file); });
  CLI::Option* from = share->add_option("FILE", file, scenario_help);
  CLI::Option* back = share->add_option("--decode", link, "a link: the scenario that it carries, as JSON");
  share->require_option(1);
  from->excludes(back);

  CLI::App* own = add("points", "your own points, `x,y` or `x1,x2,label` in a line, as a scenario",
                      [this] { return cli::points(file, scenario); });
  own->add_option("FILE", file, "CSV; - is standard input")->required();
  own->add_option("--scenario", scenario,
                  "a scenario whose model is to have them; else a line or a small network");

  CLI::App* code = add("export", "a complete program that does the same run",
                       [this] { return cli::export_code(file, target); });
  code->add_option("FILE", file, scenario_help)->required();
  code->add_option("--to", target, "pytorch, keras or optax")->required();

  CLI::App* recorded =
      add("log", "a training that a framework has logged, as CSV", [this] { return cli::log(log); });
  recorded
      ->add_option("FILE", log.files,
                   "CSV, JSON lines or trainer_state.json, a run each; - is standard input")
      ->required();
  recorded->add_option("--step", log.columns.step, "the column of the steps; \"\": rows are counted");
  recorded->add_option("--lr", log.columns.lr, "the column of the rate; \"\": none");
  recorded->add_option("--loss", log.columns.loss, "the column of the loss; \"\": none");
  recorded->add_option("--val-loss", log.columns.val_loss, "the column of the validation loss; \"\": none");
  CLI::Option* shows = recorded->add_flag("--findings", log.findings,
                                          "what was taken for what, and what the log shows, in sentences");
  recorded->add_flag("--fit", log.fit, "a scenario with the schedule that the rate followed")
      ->excludes(shows);

  CLI::App* picture = add("render", "the picture of a scenario: surface with paths, rates and losses",
                          [this] { return cli::render(render, png_writer()); });
  picture->add_option("FILE", render.file, scenario_help)->required();
  picture->add_option("--out", render.out, "a name that ends in .svg or .png; - prints SVG")->required();
  picture->add_option("--size", render.size, "WIDTHxHEIGHT in pixels, 16 to 8192 (1200x800)");
  picture->add_option("--parts", render.parts, "of map,rate,loss (all of them)");
  picture->add_flag("--transparent", render.transparent, "without the ground behind it");

  CLI::App* taught = add("lesson", "lessons held to the engine: each number and each attempt in them",
                         [this] { return cli::lesson(lesson); });
  taught->add_option("FILE", lesson.files, "Markdown with a header in JSON")->required();
  taught
      ->add_option("--random", lesson.random,
                   "so many random values of each task's parameter: the share that meets it, as CSV")
      ->check(CLI::Range(0, 100000));
  taught->add_flag("--worksheet", lesson.worksheet, "instead of that, the lesson on paper: HTML to print");

  add_studies();

  CLI::App* speed = add("bench", "particle-steps and training steps per second, as JSON",
                        [this] { return cli::bench(bench); });
  speed->add_option("--surface", bench.surface, "this one only");
  speed->add_option("--optimizer", bench.optimizer, "this one only");
  speed->add_option("--seconds", bench.seconds, "to spend on each figure, 0.001 to 60");
  speed->add_option("--vectors", bench.vectors,
                    "bytes of a vector at most: 16, 32 or 64 (what the processor has)");
}

/// A word that names no command of `app`, before the parser says only that one is missing.
std::string unknown_command(CLI::App& app, const std::string& word) {
  if (word.empty() || word.front() == '-') return {};
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands({})) names.push_back(command->get_name());
  const std::vector<std::string_view> known(names.begin(), names.end());
  if (std::find(known.begin(), known.end(), word) != known.end()) return {};
  return app.get_name() + ": " + stride::plain_text(word) + ": unknown command" +
         stride::suggestion(word, known);
}

std::string unknown_command(CLI::App& app, int argc, char** argv) {
  const std::string word = argc > 1 ? argv[1] : "", next = argc > 2 ? argv[2] : "";
  if (std::string error = unknown_command(app, word); !error.empty()) return error;
  return word == "study" ? unknown_command(*app.get_subcommand(word), next) : std::string();
}

/// One line, whatever the message holds: names of files may hold anything.
int fail(std::string message) {
  for (char& c : message)
    if (static_cast<unsigned char>(c) < ' ' || c == '\x7f') c = ' ';
  std::fprintf(stderr, "%s\n", message.c_str());
  return bad_input;
}

int print(const std::string& text) {
  const Error error = stride::write_output(text);
  return error ? fail(sentence(error)) : 0;
}

/// A closed pipe and a file that may not grow are errors of the write, not the end of the program.
void outlive_failed_writes() {
#ifdef SIGPIPE
  std::signal(SIGPIPE, SIG_IGN);
#endif
#ifdef SIGXFSZ
  std::signal(SIGXFSZ, SIG_IGN);
#endif
}

}  // namespace

int main(int argc, char** argv) {
  outlive_failed_writes();
  Commands commands;
  if (const std::string error = unknown_command(commands.app, argc, argv); !error.empty()) return fail(error);
  try {
    commands.app.parse(argc, argv);
  } catch (const CLI::Success& words) {  // --help, --version
    std::ostringstream text;
    commands.app.exit(words, text, text);
    return print(text.str());
  } catch (const CLI::ParseError& error) {
    return fail(std::string("stride: ") + error.what());
  }
  const Result result = commands.chosen();
  if (result.error) return fail(sentence(result.error));
  return print(result.output);
}
