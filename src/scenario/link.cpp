// Share links: a whole scenario in the fragment, or a readable query for the common case.
#include <algorithm>
#include <cstdlib>

#include "core/optimizers/custom/custom_rule.h"
#include "scenario/documents/reading.h"
#include "scenario/documents/suggest.h"
#include "scenario/documents/writing.h"

namespace stride {

namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::string_view mark = "s=";
constexpr size_t max_parameters = 64;

/// RFC 4648, section 5, without padding.
std::string to_base64url(std::string_view bytes) {
  std::string out;
  unsigned bits = 0;
  int held = 0;
  for (char c : bytes) {
    bits = (bits << 8) | static_cast<unsigned char>(c);
    for (held += 8; held >= 6; held -= 6) out += alphabet[(bits >> (held - 6)) & 63];
  }
  if (held > 0) out += alphabet[(bits << (6 - held)) & 63];
  return out;
}

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

/// Line breaks are passed over: mail programs add them to long lines.
Error from_base64url(std::string_view text, std::string& out) {
  while (!text.empty() && text.back() == '=') text.remove_suffix(1);
  unsigned bits = 0;
  int held = 0;
  size_t digits = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r' || text[i] == '\n') continue;
    ++digits;
    const char c = text[i] == '+' ? '-' : text[i] == '/' ? '_' : text[i];
    const size_t digit = alphabet.find(c);
    if (digit == std::string_view::npos)
      return expected({nullptr, "character " + std::to_string(i + 1)}, "base64url", std::string(1, c));
    bits = (bits << 6) | static_cast<unsigned>(digit);
    held += 6;
    if (held < 8) continue;
    held -= 8;
    out += static_cast<char>((bits >> held) & 255);
  }
  return digits % 4 == 1 ? expected_not({}, "base64url", "a link that is cut off") : nullptr;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// "a%20b+c" as "a b c"; a percent sign that begins no escape stays.
std::string percent_decoded(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool escape =
        text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 && hex_digit(text[i + 2]) >= 0;
    if (!escape) {
      out += text[i] == '+' ? ' ' : text[i];
      continue;
    }
    out += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
    i += 2;
  }
  return out;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

/// A word of a query as the JSON value it looks like: a number, true or false, otherwise a string.
Json word_json(std::string_view word) {
  word = without_blanks(word);
  if (word == "true" || word == "false") return word == "true";
  constexpr size_t longest = 400;
  const std::string text(word);
  if (text.empty() || text.size() > longest) return text;
  if (text.find_first_not_of("+-.0123456789eE") != std::string::npos) return text;
  char* end = nullptr;
  const double number = std::strtod(text.c_str(), &end);
  const bool whole = end == text.c_str() + text.size() && number - number == 0;
  return whole ? Json(number) : Json(text);
}

/// Lists are written with commas: betas=0.9,0.999, milestones=30,60, points=0,1,100,0.1 (step, factor, ...).
Json list_json(std::string_view text, size_t group) {
  Json list = Json::array();
  const auto words = split(text, ',');
  for (size_t i = 0; i < words.size(); i += group) {
    if (group == 1) {
      list.push_back(word_json(words[i]));
      continue;
    }
    Json tuple = Json::array();
    for (size_t k = i; k < words.size() && k < i + group; ++k) tuple.push_back(word_json(words[k]));
    list.push_back(tuple);
  }
  return list;
}

/// The lines of a rule are parted by semicolons.
std::string in_lines(std::string text) {
  std::replace(text.begin(), text.end(), ';', '\n');
  return text;
}

Json param_json(std::string_view text, const Param& p) {
  using Kind = Param::Kind;
  switch (p.kind) {
    case Kind::pair:
      return list_json(text, 1);
    case Kind::integers:
      return text.empty() ? Json::array() : list_json(text, 1);
    case Kind::points:
      return list_json(text, 2);
    case Kind::choice:
      return std::string(text);
    case Kind::rule:
      return rule_json(in_lines(std::string(text)));
    case Kind::toggle:
      if (text == "1" || text == "0") return text == "1";
      break;
    default:
      break;
  }
  return word_json(text);
}

struct Parameter {
  std::string key, value;
};

/// In a query a plus is a blank. Whoever types an expression into one means a plus all the same; whoever
/// follows that rule writes pluses as %2B, or something that has no meaning with pluses for blanks.
std::string formula_decoded(std::string_view text, bool is_rule) {
  std::string kept;
  for (const char c : text) kept += c == '+' ? std::string("%2B") : std::string(1, c);
  const bool follows_rule =
      text.find("%2B") != std::string_view::npos || text.find("%2b") != std::string_view::npos;
  ExpressionError error;
  CustomRuleError rule_error;
  if (!follows_rule && is_rule) read_custom_rule(in_lines(percent_decoded(kept)), rule_error);
  if (!follows_rule && !is_rule) parse_expression(percent_decoded(kept), error);
  const bool fails = error.column > 0 || rule_error.found();
  return percent_decoded(follows_rule || fails ? text : kept);
}

std::vector<Parameter> parameters(std::string_view query) {
  std::vector<Parameter> list;
  for (std::string_view part : split(query, '&')) {
    if (part.empty()) continue;
    const size_t equals = part.find('=');
    const std::string_view value = equals == std::string_view::npos ? "" : part.substr(equals + 1);
    const std::string key = percent_decoded(part.substr(0, equals));
    const bool formula = key == "expression" || key == "rule";
    list.push_back({key, formula ? formula_decoded(value, key == "rule") : percent_decoded(value)});
  }
  return list;
}

const Parameter* find(const std::vector<Parameter>& list, std::string_view key) {
  for (const Parameter& p : list)
    if (p.key == key) return &p;
  return nullptr;
}

/// What a query names besides the parameters of the optimizer and the schedule.
struct Key {
  std::string_view key;
  Error (*read)(const std::string& text, const Path&, Scenario&);
};

const Key scenario_keys[] = {
    {"surface", [](const std::string& t, const Path& p,
                   Scenario& s) { return read_surface_name(t, p, surface_of(s).surface); }},
    {"expression", [](const std::string& t, const Path& p,
                      Scenario& s) { return read_expression(t, p, surface_of(s).expression); }},
    {"start",
     [](const std::string& t, const Path& p, Scenario& s) {
       Point start;
       Error e = read_start(list_json(t, 1), p, start);
       surface_of(s).start = start;
       return e;
     }},
    {"steps",
     [](const std::string& t, const Path& p, Scenario& s) { return read_steps(word_json(t), p, s.steps); }},
    {"noise", [](const std::string& t, const Path& p,
                 Scenario& s) { return read_sigma(word_json(t), p, surface_of(s).noise.sigma); }},
    {"seed", [](const std::string& t, const Path& p,
                Scenario& s) { return read_seed(word_json(t), p, surface_of(s).noise.seed); }},
    {"theme",
     [](const std::string& t, const Path& p, Scenario& s) { return read_theme(t, p, s.view.theme); }},
};

constexpr std::string_view run_keys[] = {"name", "optimizer", "schedule"};
constexpr std::string_view page_keys[] = {"lesson", "lang", "panels", "embed", "workers"};

bool contains(std::span<const std::string_view> names, std::string_view key) {
  for (std::string_view name : names)
    if (name == key) return true;
  return false;
}

/// Where a query's parameter goes within one row's parameters.
struct Place {
  Settings* settings;
  const Param* param;
  int index;
};

bool find_place(Settings& settings, std::span<const Param> params, std::string_view key, Place& out) {
  const int i = find_param(params, key);
  if (i < 0) return false;
  out = {&settings, &params[i], i};
  return true;
}

/// The optimizer's parameter of this name before the schedule's, unless a prefix says which.
bool find_place(Run& run, std::string_view key, Place& out) {
  constexpr std::string_view to_optimizer = "optimizer.", to_schedule = "schedule.";
  const auto& optimizer = optimizers()[run.optimizer.row].params;
  const auto& schedule = schedules()[run.schedule.row].params;
  if (key.starts_with(to_optimizer))
    return find_place(run.optimizer, optimizer, key.substr(to_optimizer.size()), out);
  if (key.starts_with(to_schedule))
    return find_place(run.schedule, schedule, key.substr(to_schedule.size()), out);
  return find_place(run.optimizer, optimizer, key, out) || find_place(run.schedule, schedule, key, out);
}

Names known_keys(const Run& run) {
  Names known(std::begin(run_keys), std::end(run_keys));
  for (const Key& k : scenario_keys) known.push_back(k.key);
  for (const Param& p : optimizers()[run.optimizer.row].params) known.push_back(p.key);
  for (const Param& p : schedules()[run.schedule.row].params) known.push_back(p.key);
  known.insert(known.end(), std::begin(page_keys), std::end(page_keys));
  return known;
}

bool is_known(std::string_view key, Run& run) {
  Place place{};
  return contains(known_keys(run), key) || find_place(run, key, place);
}

/// Mail programs, course systems and search engines add parameters of their own: nobody here minds those. One
/// that is a letter away from one of ours is most likely that one.
Error check_unknown(const std::string& key, const Run& run) {
  const std::string_view near = key.size() > 3 ? nearest(key, known_keys(run), 1) : "";
  if (near.empty()) return {};
  return error_of({.place = plain_text(key),
                   .hint = ", did you mean \"" + std::string(near) + "\"?",
                   .says = "unknown parameter"});
}

Error read_run_parameter(const Parameter& p, Run& run) {
  const Path path{nullptr, p.key};
  if (p.key == "name") return read_name(p.value, path, run.name);
  Place place{};
  if (!find_place(run, p.key, place)) return check_unknown(p.key, run);
  if (place.param->kind == Param::Kind::schedules)
    return expected_not(path, "a link with #s=, a query holds no nested schedules");
  return read_setting(param_json(p.value, *place.param), *place.param, path,
                      place.settings->values[place.index], place.settings->formula);
}

/// The run of a query: the types first, since they say which parameters there are.
Error read_query_run(const std::vector<Parameter>& list, Run& run) {
  if (const Parameter* p = find(list, "optimizer")) {
    int row = 0;
    if (Error e = read_optimizer_type(p->value, {nullptr, "optimizer"}, row)) return e;
    run = default_run(row);
  }
  if (const Parameter* p = find(list, "schedule")) {
    int row = 0;
    if (Error e = read_schedule_type(p->value, {nullptr, "schedule"}, row)) return e;
    run.schedule = default_settings(row, schedules()[row].params);
  }
  for (const Parameter& p : list) {
    bool elsewhere = p.key == "optimizer" || p.key == "schedule" || contains(page_keys, p.key);
    for (const Key& k : scenario_keys) elsewhere = elsewhere || k.key == p.key;
    if (elsewhere) continue;
    if (Error e = read_run_parameter(p, run)) return e;
  }
  for (const Parameter& p : list)
    if (find(list, p.key) != &p && is_known(p.key, run))
      return expected_not({nullptr, plain_text(p.key)}, "once", "it twice");
  if (Error e = check_optimizer(run.optimizer, {})) return e;
  return check_schedule(run.schedule, {});
}

Error read_query(std::string_view query, Scenario& out) {
  const std::vector<Parameter> list = parameters(query);
  if (list.size() > max_parameters)
    return expected({}, "at most " + std::to_string(max_parameters) + " parameters", list.size());
  Scenario scenario = default_scenario();
  if (find(list, "surface") && find(list, "expression"))
    return expected_not({nullptr, "expression"}, "either a surface or an expression", "both");
  for (const Key& k : scenario_keys)
    if (const Parameter* p = find(list, k.key))
      if (Error e = k.read(p->value, {nullptr, k.key}, scenario)) return e;
  scenario.runs = default_runs(scenario);
  if (Error e = read_query_run(list, scenario.runs[0])) return e;
  out = std::move(scenario);
  return {};
}

}  // namespace

Error change_by_query(std::string_view query, int run, Scenario& scenario) {
  const std::vector<Parameter> list = parameters(query);
  if (list.empty() || list.size() > max_parameters) return expected_not({}, "a parameter, as \"lr=0.2\"");
  Scenario changed = scenario;
  Run& its = changed.runs[static_cast<size_t>(run)];
  for (const Key& k : scenario_keys)
    if (const Parameter* p = find(list, k.key)) {
      if (!is_surface(changed) && k.key != "steps" && k.key != "theme")
        return expected_not({nullptr, k.key}, "a surface, which has one");
      if (Error e = k.read(p->value, {nullptr, k.key}, changed)) return e;
    }
  if (Error e = read_query_run(list, its)) return e;
  for (const Parameter& p : list)
    if (contains(page_keys, p.key) || !is_known(p.key, its))
      return error_of({.place = plain_text(p.key), .says = "unknown parameter"});
  scenario = std::move(changed);
  return {};
}

std::string encode_link(const Scenario& scenario) {
  return "#" + std::string(mark) + to_base64url(write_scenario(scenario, -1));
}

Error decode_link(std::string_view link, Scenario& out) {
  constexpr size_t longest = max_document / 3 * 4 + 4096;
  if (link.size() > longest)
    return expected({}, "a link of at most " + std::to_string(longest) + " characters", link.size());
  link = without_blanks(without_mark(link));
  const size_t hash = link.find('#');
  const std::string_view fragment = hash == std::string_view::npos ? "" : link.substr(hash + 1);
  if (fragment.starts_with(mark)) {
    std::string document;
    if (Error e = from_base64url(fragment.substr(mark.size()), document)) return e;
    return read_scenario(document, out);
  }
  link = link.substr(0, hash);
  const size_t question = link.find('?');
  if (question != std::string_view::npos) return read_query(link.substr(question + 1), out);
  const bool address = link.empty() || link.find("://") != std::string_view::npos || link.front() == '/';
  if (!address) return expected({}, "a link with #s=... or ?surface=...", std::string(link));
  out = default_scenario();
  return {};
}

}  // namespace stride
