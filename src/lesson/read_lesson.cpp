// A lesson file into a value; every fault with its line.
#include <algorithm>

#include "lesson/lesson_shared.h"

namespace stride {

Error read_text(const Json& value, const Path& path, std::string& out) {
  constexpr size_t longest = 2000;
  if (!value.is_string() || value.get_ref<const std::string&>().empty() ||
      value.get_ref<const std::string&>().size() > longest)
    return expected(path, "a text in quotes", value);
  out = value.get_ref<const std::string&>();
  return {};
}

Error read_limit(const Json& value, const Path& path, std::optional<double>& out) {
  if (!value.is_number()) return expected(path, "a number", value);
  double limit = 0;
  if (Error e = read_number(value, -1e12, 1e12, path, limit)) return e;
  out = limit;
  return {};
}

Error read_count(const Json& value, const Path& path, int& out) {
  return read_whole(value, 0, max_steps, path, out);
}

Error read_measure(const Json& value, const Path& path, LessonMeasure& out) {
  const auto* name = value.is_string() ? &value.get_ref<const std::string&>() : nullptr;
  const auto found = std::find_if(std::begin(measure_keys), std::end(measure_keys),
                                  [&](const char* key) { return name && *name == key; });
  if (found == std::end(measure_keys))
    return expected(path, "loss, validation_loss, accuracy or validation_accuracy", value);
  out = static_cast<LessonMeasure>(found - std::begin(measure_keys));
  return {};
}

Error check_measure(const Scenario& scenario, LessonMeasure measure, const Path& path) {
  const auto* network = std::get_if<NetworkProblem>(&scenario.problem);
  const bool held_out = network && network->data.validation > 0;
  const bool of_held_out =
      measure == LessonMeasure::validation_loss || measure == LessonMeasure::validation_accuracy;
  if (measure != LessonMeasure::loss && !network) return expected_not(path, "loss, of all but a network");
  return of_held_out && !held_out ? expected_not(path, "data of which a part is held out") : nullptr;
}

Error read_run_index(const Json& value, const Path& path, int& out) {
  return read_whole(value, 0, max_runs - 1, path, out);
}

Error read_texts(const Json& value, const Path& path, std::vector<std::string>& out) {
  if (!value.is_array() || value.size() > 30) return expected(path, "a list of texts", value);
  out.resize(value.size());
  for (int i = 0; i < static_cast<int>(out.size()); ++i)
    if (Error e = read_text(value[i], {&path, {}, i}, out[i])) return e;
  return {};
}

namespace {

template <class Find>
Error read_types(const Json& value, const Path& path, Find find, const char* what,
                 std::vector<std::string>& out) {
  if (Error e = read_texts(value, path, out)) return e;
  for (int i = 0; i < static_cast<int>(out.size()); ++i)
    if (find(out[static_cast<size_t>(i)]) < 0)
      return expected({&path, {}, i}, std::string("the type of ") + what, value[i]);
  return {};
}

Error read_optimizers(const Json& value, const Path& path, std::vector<std::string>& out) {
  return read_types(value, path, find_optimizer, "an optimizer", out);
}
Error read_schedules(const Json& value, const Path& path, std::vector<std::string>& out) {
  return read_types(value, path, find_schedule, "a schedule", out);
}

Error read_choice(const Json& value, const Path& path, LessonChoice& out) {
  if (Error e = check_keys(value, Names{"text", "feedback", "correct"}, path)) return e;
  for (const char* key : {"text", "feedback"})
    if (!member(value, key)) return expected_not({&path, key}, "a text in quotes", "nothing");
  if (Error e = optional(value, "text", path, read_text, out.text)) return e;
  if (Error e = optional(value, "feedback", path, read_text, out.feedback)) return e;
  return optional(value, "correct", path, read_toggle, out.correct);
}

Error read_choices(const Json& value, const Path& path, std::vector<LessonChoice>& out) {
  if (!value.is_array() || value.size() < 2 || value.size() > 5)
    return expected(path, "a list of 2 to 5 choices", value);
  out.resize(value.size());
  for (int i = 0; i < static_cast<int>(out.size()); ++i)
    if (Error e = read_choice(value[i], {&path, {}, i}, out[static_cast<size_t>(i)])) return e;
  if (std::none_of(out.begin(), out.end(), [](const LessonChoice& c) { return c.correct; }))
    return expected_not(path, "a choice with \"correct\": true");
  return {};
}

Error read_sketch(const Json& value, const Path& path, std::optional<LessonSketch>& out) {
  if (Error e = check_keys(value, Names{"run", "within"}, path)) return e;
  LessonSketch s;
  const auto within = [](const Json& v, const Path& q, double& n) { return read_number(v, 1.1, 1000, q, n); };
  if (Error e = optional(value, "run", path, read_run_index, s.run)) return e;
  if (Error e = optional(value, "within", path, within, s.within)) return e;
  out = s;
  return {};
}

Error read_prediction(const Json& value, const Path& path, const Json& base,
                      std::optional<LessonPrediction>& out) {
  if (Error e =
          check_keys(value, Names{"question", "draw", "choices", "after", "scenario", "run", "focus"}, path))
    return e;
  LessonPrediction p;
  if (const Json* patch = member(value, "scenario")) {
    Json document;
    p.scenario.emplace();
    if (Error e = patched(base, *patch, {&path, "scenario"}, document, *p.scenario)) return e;
  }
  for (const char* key : {"question", "choices"})
    if (!member(value, key)) return expected_not({&path, key}, "it here", "nothing");
  if (Error e = optional(value, "question", path, read_text, p.question)) return e;
  if (Error e = optional(value, "choices", path, read_choices, p.choices)) return e;
  if (Error e = optional(value, "draw", path, read_sketch, p.draw)) return e;
  if (p.draw && (p.choices.size() != 2 || !p.choices[0].correct || p.choices[1].correct))
    return expected_not({&path, "choices"}, "two beside \"draw\": close, which is correct, and far");
  const auto after = [](const Json& v, const Path& q, int& n) { return read_whole(v, 1, 100, q, n); };
  if (Error e = optional(value, "after", path, after, p.after)) return e;
  if (Error e = optional(value, "run", path, read_run_index, p.run)) return e;
  if (p.run > 0 && !(p.scenario && p.run < static_cast<int>(p.scenario->runs.size())))
    return expected_not({&path, "run"}, "one of the prediction's runs, counted from 0");
  if (Error e = optional(value, "focus", path, read_focus, p.focus)) return e;
  out = std::move(p);
  return {};
}

Error read_knob(const Json& value, const Path& path, std::optional<LessonKnob>& out) {
  LessonKnob knob;
  if (Error e = check_keys(value, Names{"key", "min", "max", "log"}, path)) return e;
  if (Error e = optional(value, "key", path, read_text, knob.key)) return e;
  const auto bound = [](const Json& v, const Path& q, double& n) {
    return read_number(v, -1e12, 1e12, q, n);
  };
  if (Error e = optional(value, "min", path, bound, knob.min)) return e;
  if (Error e = optional(value, "max", path, bound, knob.max)) return e;
  if (Error e = optional(value, "log", path, read_toggle, knob.log)) return e;
  if (!(knob.min < knob.max) || (knob.log && knob.min <= 0))
    return expected(path, "a range from \"min\" to \"max\"", value);
  out = knob;
  return {};
}

Error read_seeds(const Json& value, const Path& path, int& out) {
  return read_whole(value, 1, 256, path, out);
}

/// Each a merge patch of `start`.
Error read_attempts(const Json& value, const Path& path, const Json& start, std::vector<Scenario>& out) {
  if (!value.is_array() || value.size() > 20) return expected(path, "a list of at most 20 scenarios", value);
  out.resize(value.size());
  Json document;
  for (int i = 0; i < static_cast<int>(out.size()); ++i)
    if (Error e = patched(start, value[i], {&path, {}, i}, document, out[static_cast<size_t>(i)])) return e;
  return {};
}

bool asks_something(const LessonGoal& g) {
  return g.loss_below || g.end_loss_below || g.tail_loss_below || g.distance_to_minimum || g.diverges;
}

Error read_goal(const Json& value, const Path& path, const Json& base, LessonGoal& g, Json& start) {
  const Names known = {"say",
                       "scenario",
                       "run",
                       "loss_below",
                       "end_loss_below",
                       "tail_loss_below",
                       "diverges",
                       "schedules",
                       "no_divergence",
                       "distance_to_minimum",
                       "within_steps",
                       "free_start",
                       "optimizers",
                       "seeds",
                       "knob",
                       "measure",
                       "hints",
                       "focus",
                       "ask"};
  if (Error e = check_keys(value, known, path)) return e;
  if (!member(value, "say")) return expected_not({&path, "say"}, "the task in words", "nothing");
  const Json* patch = member(value, "scenario");
  if (Error e = patched(base, patch ? *patch : Json::object(), {&path, "scenario"}, start, g.start)) return e;
  if (Error e = optional(value, "say", path, read_text, g.say)) return e;
  if (Error e = optional(value, "run", path, read_run_index, g.run)) return e;
  if (Error e = optional(value, "loss_below", path, read_limit, g.loss_below)) return e;
  if (Error e = optional(value, "end_loss_below", path, read_limit, g.end_loss_below)) return e;
  if (Error e = optional(value, "tail_loss_below", path, read_limit, g.tail_loss_below)) return e;
  if (Error e = optional(value, "distance_to_minimum", path, read_limit, g.distance_to_minimum)) return e;
  if (Error e = optional(value, "within_steps", path, read_count, g.within_steps)) return e;
  if (Error e = optional(value, "no_divergence", path, read_toggle, g.no_divergence)) return e;
  if (Error e = optional(value, "diverges", path, read_toggle, g.diverges)) return e;
  if (Error e = optional(value, "free_start", path, read_toggle, g.free_start)) return e;
  if (Error e = optional(value, "optimizers", path, read_optimizers, g.optimizers)) return e;
  if (Error e = optional(value, "schedules", path, read_schedules, g.schedules)) return e;
  if (Error e = optional(value, "seeds", path, read_seeds, g.seeds)) return e;
  if (Error e = optional(value, "measure", path, read_measure, g.measure)) return e;
  if (Error e = optional(value, "knob", path, read_knob, g.knob)) return e;
  if (Error e = optional(value, "hints", path, read_texts, g.hints)) return e;
  if (Error e = optional(value, "focus", path, read_focus, g.focus)) return e;
  if (const Json* ask = member(value, "ask"))
    if (Error e = read_ask(*ask, {&path, "ask"}, start, g.ask)) return e;
  constexpr int most = 200000;  // steps, each time that the hand moves
  if (g.seeds * g.start.steps * cost_of(g.start) > most)
    return expected_not({&path, "seeds"}, "at most 200000 steps, seeds times steps");
  if (g.seeds > 1 && is_network(g.start))
    return expected_not({&path, "seeds"}, "1 where a network is trained");
  if (Error e = check_measure(g.start, g.measure, {&path, "measure"})) return e;
  if (!asks_something(g))
    return expected_not(path, "loss_below, end_loss_below, tail_loss_below, distance_to_minimum or diverges");
  return {};
}

Error read_header(const Json& h, Lesson& out, Json& base) {
  const Path root;
  const Names known = {"title",    "language", "scenario", "blindfold", "leaderboard", "prediction", "goal",
                       "solution", "facts",    "sources",  "next",      "right",       "wrong"};
  if (Error e = check_keys(h, known, root)) return e;
  for (const char* key : {"title", "scenario"})
    if (!member(h, key)) return expected_not({&root, key}, "it in the header", "nothing");
  if (Error e = optional(h, "title", root, read_text, out.title)) return e;
  if (Error e = optional(h, "language", root, read_language_code, out.language)) return e;
  if (Error e = patched(h["scenario"], Json::object(), {&root, "scenario"}, base, out.scenario)) return e;
  // Every screen, fact and goal that names what differs is this whole scenario anew.
  constexpr size_t largest = 16 * 1024;
  const size_t size = base.dump().size();
  if (size > largest)
    return expected({&root, "scenario"}, "at most " + std::to_string(largest) + " bytes", size);
  size_t parts = 0;
  for (const char* key : {"facts", "right", "wrong"})
    if (const Json* list = member(h, key); list && list->is_array())
      for (const Json& one : *list) parts += one.contains("to") ? 2 : 1;
  if (constexpr size_t most = 50 * largest; parts * size > most)
    return expected_not({&root, "facts"}, "fewer facts and attempts with a scenario as large as this");
  if (Error e = optional(h, "blindfold", root, read_toggle, out.blindfold)) return e;
  if (Error e = optional(h, "leaderboard", root, read_toggle, out.leaderboard)) return e;
  if (Error e = optional(h, "sources", root, read_texts, out.sources)) return e;
  if (Error e = optional(h, "next", root, read_text, out.next)) return e;
  if (const Json* prediction = member(h, "prediction"))
    if (Error e = read_prediction(*prediction, {&root, "prediction"}, base, out.prediction)) return e;
  Json start = base;
  if (const Json* goal = member(h, "goal")) {
    out.goal.emplace();
    if (Error e = read_goal(*goal, {&root, "goal"}, base, *out.goal, start)) return e;
    if (!member(h, "solution"))
      return expected_not({&root, "solution"}, "a scenario that reaches the goal", "nothing");
  }
  if (const Json* solution = member(h, "solution")) {
    if (!out.goal) return expected_not({&root, "solution"}, "a goal beside it");
    Json document;
    out.solution.emplace();
    if (Error e = patched(start, *solution, {&root, "solution"}, document, *out.solution)) return e;
  }
  for (const auto& [key, list] : {std::pair{"right", &out.right}, std::pair{"wrong", &out.wrong}})
    if (const Json* attempts = member(h, key)) {
      if (!out.goal) return expected_not({&root, key}, "a goal beside it");
      if (Error e = read_attempts(*attempts, {&root, key}, start, *list)) return e;
    }
  if (const Json* facts = member(h, "facts")) return read_facts(*facts, {&root, "facts"}, base, out.facts);
  return {};
}

/// With its line in the file; a part of JSON that could not be parsed has one already, within the part.
Error placed(Error e, const std::string& part, int first_line) {
  const bool parsed = e->line == 0;
  e->line = first_line - 1 + (parsed ? line_of(part, e->place) : e->line);
  if (!parsed) e->column = 0;
  return e;
}

Error read_screen(const RawScreen& raw, const Json& base, LessonScreen& out) {
  out.heading = raw.heading;
  out.blocks = read_blocks(raw.lines);
  if (raw.patch_line == 0) return {};
  Json patch, document;
  if (Error e = parse_json(raw.patch, patch)) return placed(std::move(e), raw.patch, raw.patch_line);
  if (const Json* focus = patch.is_object() ? member(patch, "focus") : nullptr) {
    if (Error e = read_focus(*focus, {nullptr, "focus"}, out.focus))
      return placed(std::move(e), raw.patch, raw.patch_line);
    patch.erase("focus");
    if (patch.empty()) return {};
  }
  Scenario scenario;
  if (Error e = patched(base, patch, {}, document, scenario))
    return placed(std::move(e), raw.patch, raw.patch_line);
  out.scenario = std::move(scenario);
  return {};
}

Error read_parts(const RawLesson& raw, Lesson& out) {
  Json header, base;
  if (Error e = parse_json(raw.header, header)) return placed(std::move(e), raw.header, raw.header_line);
  if (Error e = read_header(header, out, base)) return placed(std::move(e), raw.header, raw.header_line);
  for (size_t i = 0; i < out.facts.size(); ++i)
    out.facts[i].line = raw.header_line + line_of(raw.header, "facts[" + std::to_string(i) + "]") - 1;
  for (const RawScreen& screen : raw.screens) {
    out.screens.emplace_back();
    if (Error e = read_screen(screen, base, out.screens.back())) return e;
  }
  if (out.prediction)
    out.prediction->after = std::min(out.prediction->after, static_cast<int>(out.screens.size()));
  return {};
}

}  // namespace

Error patched(const Json& base, const Json& patch, const Path& path, Json& document, Scenario& out) {
  for (const Json* part : {&base, &patch})
    if (!part->is_object()) return expected(path, "an object", *part);
  document = base;
  document.merge_patch(patch);
  if (!document.contains("stride")) document["stride"] = 1;
  if (Error e = read_document(document, path, out)) return e;
  return {};
}

Error read_lesson(std::string_view text, std::string_view name, Lesson& out) {
  RawLesson raw;
  Lesson lesson;
  lesson.name = std::string(name);
  Error error = split_lesson(text, raw);
  if (!error) error = read_parts(raw, lesson);
  if (error) {
    error->file = plain_text(lesson.name);
    return error;
  }
  out = std::move(lesson);
  return {};
}

}  // namespace stride
