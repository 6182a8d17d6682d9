// From a log's table to a recording: which column is what, and the curves of each.
#include "scenario/logs/log.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "scenario/csv.h"
#include "scenario/documents/reading.h"
#include "scenario/documents/suggest.h"
#include "scenario/logs/table.h"

namespace stride {

namespace {

using logs::Cell;
using logs::Table;

// ---- which column is what

using Words = std::vector<std::string>;

/// "train/Loss_step" is train, loss, step. Of a name like "run 3 - loss", as Weights & Biases exports them, the part
/// behind the dash.
Words words_of(std::string_view name) {
  if (const size_t dash = name.rfind(" - "); dash != name.npos) name.remove_prefix(dash + 3);
  Words out(1);
  for (char c : name) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    const bool part = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (part)
      out.back() += c;
    else if (!out.back().empty())
      out.emplace_back();
  }
  if (out.back().empty()) out.pop_back();
  return out;
}

std::string joined(const Words& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : "_") + word;
  return out;
}

bool has(const Words& words, std::span<const char* const> any) {
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return std::find(any.begin(), any.end(), word) != any.end();
  });
}

constexpr const char* validation_words[] = {"val", "valid", "validation", "eval", "dev", "test"};
constexpr const char* not_a_rate[] = {"momentum", "decay", "scale", "mult", "ratio", "beta", "beta1"};
constexpr const char* not_a_loss[] = {"scale", "min", "max", "best", "weight"};

// Names of one meaning, the likeliest first.
constexpr const char* step_names[] = {"step",
                                      "global_step",
                                      "train_global_step",
                                      "trainer_global_step",
                                      "iteration",
                                      "iterations",
                                      "iter",
                                      "iters",
                                      "itr",
                                      "num_updates",
                                      "update",
                                      "updates",
                                      "steps",
                                      "batch",
                                      "epoch",
                                      "epochs"};
constexpr const char* rate_names[] = {"lr", "learning_rate", "learningrate", "train_lr",
                                      "train_learning_rate"};
constexpr const char* loss_names[] = {"loss",       "train_loss",      "training_loss",
                                      "loss_train", "train_loss_step", "loss_step",
                                      "batch_loss", "total_loss",      "train_loss_epoch"};
constexpr const char* val_loss_names[] = {"val_loss",        "eval_loss", "valid_loss",
                                          "validation_loss", "dev_loss",  "test_loss"};

bool speaks_of_loss(const Words& words) {
  return std::any_of(words.begin(), words.end(),
                     [](const std::string& word) { return word.ends_with("loss"); }) &&
         !has(words, not_a_loss);
}

bool speaks_of_rate(const Words& words) {
  for (size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    const bool numbered =
        word.size() > 2 && word.starts_with("lr") && std::isdigit(static_cast<unsigned char>(word[2]));
    const bool spelled = word == "learning" && i + 1 < words.size() && words[i + 1] == "rate";
    if (word == "lr" || numbered || spelled) return !has(words, not_a_rate);
  }
  return false;
}

enum Role { step, lr, loss, val_loss, roles };

bool speaks_of(Role role, const Words& words) {
  switch (role) {
    case lr:
      return speaks_of_rate(words);
    case loss:
      return speaks_of_loss(words) && !has(words, validation_words);
    case val_loss:
      return speaks_of_loss(words) && has(words, validation_words);
    default:
      return false;
  }
}

std::span<const char* const> names_of(Role role) {
  constexpr std::array<std::span<const char* const>, roles> all = {step_names, rate_names, loss_names,
                                                                   val_loss_names};
  return all[role];
}

/// How well a column's name suits the role, 0 best; -1: not at all.
int rank(Role role, const std::string& name) {
  const Words words = words_of(name);
  const std::string plain = joined(words);
  const auto names = names_of(role);
  const auto at = std::find(names.begin(), names.end(), plain);
  if (at != names.end()) return static_cast<int>(at - names.begin());
  return speaks_of(role, words) ? static_cast<int>(names.size()) : -1;
}

using Columns = std::array<int, roles>;  ///< -1: none

/// What the one column of a file that TensorBoard wrote is, by the tag in the file's name.
Role role_of_file(std::string_view file_name) {
  const std::string name(file_name.substr(file_name.find_last_of("/\\") + 1));
  const Words words = words_of(name);
  if (speaks_of_rate(words)) return lr;
  if (speaks_of_loss(words)) return has(words, validation_words) ? val_loss : loss;
  const std::string plain = joined(words);
  if (plain.find("lr") != plain.npos || plain.find("learning") != plain.npos) return lr;
  return has(words, validation_words) ? val_loss : loss;
}

Columns choose(const Table& table, std::string_view file_name) {
  std::vector<bool> filled(table.names.size());
  for (const Cell& cell : table.cells) filled[cell.column] = true;
  Columns out;
  out.fill(-1);
  for (int role = 0; role < roles; ++role) {
    int best = -1;
    for (int c = 0; c < static_cast<int>(table.names.size()); ++c) {
      const int r =
          filled[static_cast<size_t>(c)] ? rank(Role(role), table.names[static_cast<size_t>(c)]) : -1;
      if (r < 0 || (best >= 0 && r >= best)) continue;
      best = r;
      out[static_cast<size_t>(role)] = c;
    }
  }
  const bool found = out[lr] >= 0 || out[loss] >= 0 || out[val_loss] >= 0;
  for (int c = 0; !found && c < static_cast<int>(table.names.size()); ++c)
    if (joined(words_of(table.names[static_cast<size_t>(c)])) == "value") out[role_of_file(file_name)] = c;
  return out;
}

Error choose_wanted(const Table& table, const LogColumns& wanted, Columns& out) {
  const std::array<const std::optional<std::string>*, roles> asked = {&wanted.step, &wanted.lr, &wanted.loss,
                                                                      &wanted.val_loss};
  const std::vector<std::string_view> known(table.names.begin(), table.names.end());
  for (size_t role = 0; role < roles; ++role) {
    if (!*asked[role]) continue;
    const std::string& name = **asked[role];
    const auto at = std::find(table.names.begin(), table.names.end(), name);
    if (at == table.names.end() && !name.empty())
      return with_hint(expected({}, "the name of a column", name), suggestion(name, known));
    out[role] = name.empty() ? -1 : static_cast<int>(at - table.names.begin());
  }
  return {};
}

std::string list_of(std::span<const std::string> names) {
  constexpr size_t most = 12;
  std::string out;
  for (size_t i = 0; i < std::min(names.size(), most); ++i)
    out += (i == 0 ? "" : ", ") + plain_text(names[i]);
  return names.size() > most ? out + ", ..." : out;
}

// ---- from words to curves

/// The values of the chosen columns, row by row.
struct Values {
  struct Row {
    std::array<double, roles> value;
    std::array<bool, roles> given{};
  };
  std::vector<Row> rows;
};

Error of_column(Error error, const std::string& name) {
  error->place = plain_text(name);
  return error;
}

Error read_values(const Table& table, const Columns& columns, Values& out) {
  out.rows.resize(table.rows);
  for (const Cell& cell : table.cells)
    for (size_t role = 0; role < roles; ++role) {
      if (columns[role] != static_cast<int>(cell.column)) continue;
      const std::optional<double> value = logs::number(table.word(cell), table.decimal_comma);
      const bool good = value && (role != step || std::isfinite(*value));
      if (!good)
        return of_column(logs::fault_at(table.text, cell.begin, role == step ? "a step" : "a number",
                                        shown(std::string(table.word(cell)))),
                         table.names[cell.column]);
      out.rows[cell.row].value[role] = *value;
      out.rows[cell.row].given[role] = true;
    }
  return {};
}

/// The step of each row: where none stands, one more than in the row before.
std::vector<double> steps_of(const Values& values) {
  std::vector<double> out;
  double next = 0;
  for (const Values::Row& row : values.rows) {
    out.push_back(row.given[step] ? row.value[step] : next);
    next = out.back() + 1;
  }
  return out;
}

RecordedCurve curve_of(const Values& values, std::span<const double> steps, Role role) {
  std::vector<size_t> rows;
  for (size_t i = 0; i < values.rows.size(); ++i)
    if (values.rows[i].given[role]) rows.push_back(i);
  std::stable_sort(rows.begin(), rows.end(), [&](size_t a, size_t b) { return steps[a] < steps[b]; });
  RecordedCurve out;
  for (const size_t i : rows) {
    if (!out.empty() && out.step.back() == steps[i]) {
      out.value.back() = values.rows[i].value[role];
      continue;
    }
    out.step.push_back(steps[i]);
    out.value.push_back(values.rows[i].value[role]);
  }
  return out;
}

Recording recording_of(const Values& values) {
  const std::vector<double> steps = steps_of(values);
  return {curve_of(values, steps, lr), curve_of(values, steps, loss), curve_of(values, steps, val_loss)};
}

/// How many values of a role the log has, and how many steps they fall on.
bool steps_collapse(const Values& values, const Recording& recording) {
  const RecordedCurve* curves[] = {&recording.lr, &recording.loss, &recording.val_loss};
  size_t most = 0, kept = 0;
  for (size_t i = 0; i < 3; ++i) {
    size_t given = 0;
    for (const Values::Row& row : values.rows) given += row.given[i + 1];
    if (given > most) most = given, kept = curves[i]->step.size();
  }
  return 2 * kept < most;
}

std::string name_at(const Table& table, int column) {
  return column < 0 ? "" : table.names[static_cast<size_t>(column)];
}

Error fill(const Table& table, Columns columns, TrainingLog& out) {
  if (columns[lr] < 0 && columns[loss] < 0 && columns[val_loss] < 0)
    return expected_not({},
                        "a column with the loss (loss, train_loss, val_loss) or the rate (lr, learning_rate)",
                        list_of(table.names));
  Values values;
  if (Error e = read_values(table, columns, values)) return e;
  out.recording = recording_of(values);
  if (columns[step] >= 0 && steps_collapse(values, out.recording)) {
    // An epoch or a batch that many rows share is no step: rows are counted.
    for (Values::Row& row : values.rows) row.given[step] = false;
    columns[step] = -1;
    out.recording = recording_of(values);
  }
  for (const Values::Row& row : values.rows)
    out.rows += row.given[lr] || row.given[loss] || row.given[val_loss];
  out.step = name_at(table, columns[step]);
  out.lr = name_at(table, columns[lr]);
  out.loss = name_at(table, columns[loss]);
  out.val_loss = name_at(table, columns[val_loss]);
  for (int c = 0; c < static_cast<int>(table.names.size()); ++c)
    if (std::find(columns.begin(), columns.end(), c) == columns.end())
      out.others.push_back(name_at(table, c));
  return {};
}

Error read_table(std::string_view text, Table& table, std::string& format) {
  table.text = text;
  const size_t begin = text.find_first_not_of(" \t\r\n");
  const char first = begin == text.npos ? '\0' : text[begin];
  if (logs::is_json_lines(text)) return format = "JSON lines", logs::read_json_lines(table);
  if (first == '{' || first == '[') {
    format = "JSON";
    if (Error e = logs::read_json(table)) return e;
    // Its runs have rates as well.
    if (first == '{' && table.index.count("stride"))
      return expected_not({}, "the log of a training", "a scenario");
    return {};
  }
  return format = "CSV", logs::read_csv(table);
}

}  // namespace

Error read_log(std::string_view text, std::string_view file_name, const LogColumns& wanted,
               TrainingLog& out) {
  if (text.size() > max_log_bytes)
    return expected({}, "at most " + std::to_string(max_log_bytes) + " bytes", text.size());
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  Table table;
  TrainingLog log;
  if (Error e = read_table(text, table, log.format)) return e;
  Columns columns = choose(table, file_name);
  if (Error e = choose_wanted(table, wanted, columns)) return e;
  if (Error e = fill(table, columns, log)) return e;
  if (log.rows == 0) return expected_not({}, "rows with numbers below the header", "none");
  out = std::move(log);
  return {};
}

bool is_log(std::string_view text, std::string_view file_name) {
  const auto ends = [&](std::string_view extension) { return file_name.ends_with(extension); };
  if (ends(".jsonl") || ends(".tsv") || ends(".log")) return true;
  if (!ends(".csv") && !ends(".txt") && !ends(".json")) return false;
  TrainingLog log;
  return !read_log(text, file_name, {}, log) && !(log.lr.empty() && log.loss.empty() && log.val_loss.empty());
}

std::string log_words(const TrainingLog& log) {
  std::string out = log.format + " of " + std::to_string(log.rows) + (log.rows == 1 ? " row: " : " rows: ");
  out += log.step.empty() ? "rows are counted as steps" : "the step is " + shown(log.step);
  if (!log.lr.empty()) out += ", the rate " + shown(log.lr);
  if (!log.loss.empty()) out += ", the loss " + shown(log.loss);
  if (!log.val_loss.empty()) out += ", the validation loss " + shown(log.val_loss);
  return out + (log.others.empty() ? "" : "; not taken: " + list_of(log.others));
}

std::string training_of(std::string_view file_name) {
  const size_t tag = file_name.rfind("-tag-");
  return std::string(file_name.substr(0, tag == file_name.npos ? 0 : tag));
}

void join(Recording& to, Recording from) {
  const auto take = [](RecordedCurve& curve, RecordedCurve& other) {
    if (curve.empty()) curve = std::move(other);
  };
  take(to.lr, from.lr);
  take(to.loss, from.loss);
  take(to.val_loss, from.val_loss);
}

std::string write_log_csv(std::span<const Recording> runs) {
  std::string out = "run,step,lr,loss,val_loss\n";
  for (size_t run = 0; run < runs.size(); ++run) {
    const RecordedCurve* curves[] = {&runs[run].lr, &runs[run].loss, &runs[run].val_loss};
    size_t at[3] = {};
    while (true) {
      double next = no_limit;
      for (int i = 0; i < 3; ++i)
        if (at[i] < curves[i]->step.size()) next = std::min(next, curves[i]->step[at[i]]);
      if (next == no_limit) break;
      out += std::to_string(run) + ',';
      append_number(out, next);
      for (int i = 0; i < 3; ++i) {
        out += ',';
        if (at[i] < curves[i]->step.size() && curves[i]->step[at[i]] == next)
          append_number(out, curves[i]->value[at[i]++]);
      }
      out += '\n';
    }
  }
  return out;
}

}  // namespace stride
