// The update rules in Python, written from the lines of the table of optimizers, for frameworks that lack an
// optimizer or have a different one under its name. A rule moves one vector of all parameters.
#include <algorithm>
#include <map>
#include <set>

#include "core/math/code.h"
#include "core/optimizers/formula_reader.h"
#include "core/optimizers/optimizer.h"
#include "scenario/export/export_shared.h"

namespace stride::exporting {

namespace {

using math::Code;

constexpr std::string_view base = R"py(

def one_where(condition, like):
    """1 where the condition holds, else 0."""
    return xp.where(condition, xp.ones_like(like), xp.zeros_like(like))


class Rule:
    """An update rule: step() takes parameters, gradient and rate, and returns the new parameters."""

    def __init__(self, **hyper):
        self.__dict__.update(hyper)
        self.t = 0
)py";

/// A symbol's name in Python: "p0" of "θ₀".
std::string python_name(std::string name) {
  constexpr std::string_view letters[][2] = {
      {"η′", "rate"}, {"Δ", "step"}, {"θ", "p"}, {"η", "lr"}, {"β", "beta"}, {"γ", "gamma"},    {"μ", "mu"},
      {"ρ", "rho"},   {"₀", "0"},    {"₁", "1"}, {"₂", "2"},  {"₃", "3"},    {"\u0302", "_hat"}};
  for (const auto& [from, to] : letters) name = replaced(std::move(name), from, to);
  return name;
}

/// A part of a formula: a tensor over the parameters, a number of the run, or a number that is true or false.
struct Word {
  Code code = {};
  bool tensor = false, flag = false;
};

/// The formulas as Python text.
struct PythonText {
  using Value = Word;
  std::map<std::string, Word, std::less<>> words;  ///< of the symbols

  static Word joined(Code code, const Word& a, const Word& b) {
    return {std::move(code), a.tensor || b.tensor};
  }
  static Word both(const Word& a, const Word& b) {
    return {{a.code.text + " and " + b.code.text, Code::sum}, false, true};
  }
  static Word compare(std::string_view sign, const Word& a, const Word& b) {
    const std::string& text = a.code.text;
    if (a.flag && sign == "=" && b.code.text == "0") return {{"not " + text, Code::sum}, false, true};
    const std::string_view python = sign == "=" ? "==" : sign == "≥" ? ">=" : sign == "≤" ? "<=" : sign;
    return {{text + " " + std::string(python) + " " + b.code.text, Code::sum}, a.tensor || b.tensor, true};
  }
  static Word negative(const Word& a) { return {-a.code, a.tensor}; }
  static Word add(const Word& a, const Word& b) { return joined(a.code + b.code, a, b); }
  static Word subtract(const Word& a, const Word& b) { return joined(a.code - b.code, a, b); }
  static Word multiply(const Word& a, const Word& b) { return joined(a.code * b.code, a, b); }
  static Word divide(const Word& a, const Word& b) { return joined(a.code / b.code, a, b); }
  static Word power(const Word& a, const Word& b) { return joined(math::power(a.code, b.code), a, b); }
  static Word square(const Word& a) { return {math::square(a.code), a.tensor}; }
  static Word root(const Word& a) { return {call(a.tensor ? "xp.sqrt" : "math.sqrt", a.code), a.tensor}; }
  static Word size(const Word& a) { return {call(a.tensor ? "xp.abs" : "abs", a.code), a.tensor}; }
  static Word sign(const Word& a) { return {call("xp.sign", a.code), true}; }
  static Word least(const Word& a, const Word& b) { return bound("min", a, b); }
  static Word largest(const Word& a, const Word& b) { return bound("max", a, b); }
  /// Frameworks compare tensors alone.
  static Word bound(const std::string& name, const Word& a, const Word& b) {
    if (!a.tensor && !b.tensor) return {call(name.c_str(), a.code, b.code)};
    return {call(("xp." + name + "imum").c_str(), spread(a), spread(b)), true};
  }
  static Code spread(const Word& a) { return a.tensor ? a.code : a.code * Code{"xp.ones_like(p)"}; }
  static Word holds(const Word& a) {
    if (a.tensor) return {call("one_where", a.code, {"p"}), true};
    return {{"(" + a.code.text + ")"}};
  }
  static Word left_out(const Word& a) { return {{a.code.text + " is None", Code::sum}, false, true}; }
  template <class Read>
  static Word summed(Read read) {
    return {call("float", call("xp.sum", read().code))};
  }
  static Word number(std::string_view text) { return {{std::string(text)}}; }
  bool symbol(std::string_view name, Word& word) const {
    const auto found = words.find(name);
    if (found != words.end()) word = found->second;
    return found != words.end();
  }

  Word read(const char* formula) {
    const std::vector<FormulaPiece> pieces = pieces_without_spaces(formula);
    return FormulaReader<PythonText>{*this, pieces}.read();
  }
};

/// A parameter's own names: "beta1" and "beta2" of "betas".
std::vector<std::string> names_of(const Param& param) {
  const std::string key = param.key;
  if (param.kind != Param::Kind::pair) return {key};
  const std::string one = key.substr(0, key.size() - 1);
  return {one + "1", one + "2"};
}

std::vector<std::string> parts_of(std::string_view conditions) {
  std::vector<std::string> parts;
  while (!conditions.empty()) {
    const std::size_t end = std::min(conditions.find(", "), conditions.size());
    parts.emplace_back(conditions.substr(0, end));
    conditions.remove_prefix(std::min(end + 2, conditions.size()));
  }
  return parts;
}

/// Of two conditions of a rule whose numbers are not negative: the second holds where the first does not.
bool are_opposite(const std::string& a, const std::string& b) {
  constexpr std::string_view pairs[][2] = {
      {" = 0", " > 0"}, {" = 0", ""}, {" ≤ ", " > "}, {" = 1", " > 1"}, {" = 0", " = 1"}};
  for (const auto& [one, other] : pairs)
    for (const auto& [first, second] : {std::pair(a, b), std::pair(b, a)})
      if (first.find(one) != first.npos && replaced(first, one, other) == second) return true;
  return a.starts_with("none ") && a.substr(5) + " ≥ 1" == b;
}

struct RuleWriter {
  const Optimizer& optimizer;
  const RuleText& rule;
  PythonText python = {};
  std::set<std::string, std::less<>> read = {"θ"};  ///< the symbols that the position depends on

  explicit RuleWriter(const Optimizer& o) : optimizer(o), rule(o.rule) {
    find_read();
    python.words["θ"] = {{"p"}, true};
    python.words["g"] = {{"g"}, true};
    python.words["η"] = {{"lr"}};
    python.words["t"] = {{"t"}};
    std::size_t place = 0;
    for (std::size_t i = 1; i < o.params.size(); ++i)
      for (const std::string& name : names_of(o.params[i]))
        python.words[rule.hyper[place++]] = {{name}, false, o.params[i].kind == Param::Kind::toggle};
    for (const char* symbol : rule.state) python.words[symbol] = {{"self." + python_name(symbol)}, true};
    for (const char* symbol : rule.shared) python.words[symbol] = {{"self." + python_name(symbol)}};
    for (const char* symbol : rule.clock) python.words[symbol] = {{"self." + python_name(symbol)}};
  }

  void find_read() {
    for (std::size_t before = 0; before != read.size();) {
      before = read.size();
      for (const RuleLine& line : rule.lines)
        if (read.count(line.symbol))
          for (const char* formula : {line.formula, line.when})
            for (const FormulaPiece& piece : formula_pieces(formula)) read.emplace(piece.text);
    }
    for (const RuleLine& line : rule.begin) read.emplace(line.formula);
  }

  /// "name = formula" of a line.
  std::string assignment(const RuleLine& line) {
    const Word value = python.read(line.formula);
    Word& target = python.words.try_emplace(line.symbol, Word{{python_name(line.symbol)}}).first->second;
    const bool own = !target.code.text.starts_with("self.") && target.code.text != "p";
    if (own) target.tensor = target.tensor || value.tensor;
    const Code& code = target.tensor && !value.tensor ? PythonText::spread(value) : value.code;
    return target.code.text + " = " + code.text + "\n";
  }

  std::string begin() {
    std::string text;
    const auto add_zeros = [&](std::span<const char* const> kept) {
      for (const char* symbol : kept)
        if (read.count(symbol) && !begins(symbol))
          text += "            " + python.words[symbol].code.text +
                  (python.words[symbol].tensor ? " = xp.zeros_like(p)\n" : " = 0.0\n");
    };
    add_zeros(rule.state);
    add_zeros(rule.shared);
    add_zeros(rule.clock);
    for (const RuleLine& line : rule.begin) text += "            " + assignment(line);
    return text.empty() ? "" : "        if self.t == 0:\n" + text;
  }

  bool begins(std::string_view symbol) const {
    return std::any_of(rule.begin.begin(), rule.begin.end(),
                       [&](const RuleLine& line) { return line.symbol == symbol; });
  }

  /// The hyperparameters that are read, by their names.
  std::string hyper() {
    std::string text;
    std::size_t place = 0;
    for (std::size_t i = 1; i < optimizer.params.size(); ++i) {
      std::string names;
      bool asked = false;
      for (const std::string& name : names_of(optimizer.params[i])) {
        names += (names.empty() ? "" : ", ") + name;
        asked = read.count(rule.hyper[place++]) > 0 || asked;
      }
      if (asked) text += "        " + names + " = self." + optimizer.params[i].key + "\n";
    }
    return text;
  }

  /// The conditions of one line after the other, those that it shares with the line before written once.
  std::string lines() {
    std::string text;
    std::vector<std::string> open;
    std::vector<bool> others;  // which of `open` are an else
    for (const RuleLine& line : rule.lines) {
      if (!read.count(line.symbol)) continue;
      const std::vector<std::string> parts = parts_of(line.when);
      std::size_t depth = 0;
      while (depth < open.size() && depth < parts.size() && open[depth] == parts[depth]) ++depth;
      const auto indent = [&] { return std::string(8 + 4 * depth, ' '); };
      others.resize(depth + 1);
      others[depth] = depth < open.size() && depth < parts.size() && !others[depth] &&
                      are_opposite(open[depth], parts[depth]);
      if (others[depth]) {
        text += indent() + "else:\n";
        ++depth;
      }
      for (; depth < parts.size(); ++depth)
        text += indent() + "if " + python.read(parts[depth].c_str()).code.text + ":\n";
      text += indent() + assignment(line);
      open = parts;
    }
    return text;
  }

  std::string method() {
    std::string text = "\n    def step(self, p, g, lr):\n" + hyper() + begin();
    if (read.count("t")) text += "        t = self.t + 1\n";
    text += lines();
    if (*rule.counts)
      text += "        if " + python.read(rule.counts).code.text + ":\n            self.t += 1\n";
    else
      text += "        self.t += 1\n";
    return text + "        return p\n";
  }
};

bool is_custom(const Settings& optimizer) {
  return !optimizer.formula.empty();
}

}  // namespace

bool has_rule(const Settings& optimizer) {
  return is_custom(optimizer) || !optimizers()[optimizer.row].rule.lines.empty();
}

std::string rules_text(const Scenario& s, const std::vector<int>& runs) {
  std::set<int> rows;
  std::string own;
  for (int i : runs) {
    const Settings& optimizer = s.runs[static_cast<size_t>(i)].optimizer;
    if (is_custom(optimizer))
      own += "\n\nclass Custom" + std::to_string(i) + "(Rule):\n    \"\"\"The rule of run " +
             std::to_string(i) + ".\"\"\"\n" + python_rule(optimizer);
    else
      rows.insert(optimizer.row);
  }
  std::string text;
  for (int row : rows) {
    const Optimizer& o = optimizers()[static_cast<size_t>(row)];
    text += "\n\nclass " + std::string(o.key) + "(Rule):\n    \"\"\"" + o.source + "\"\"\"\n" +
            RuleWriter(o).method();
  }
  if (runs.empty()) return "";
  const std::string all = text + own;
  const std::size_t helper = all.find("one_where(") == std::string::npos ? base.find("\n\nclass") : 0;
  return std::string(base.substr(helper)) + all;
}

std::string rule_call(const Run& run, int index) {
  const Settings& optimizer = run.optimizer;
  if (is_custom(optimizer)) return "Custom" + std::to_string(index) + "()";
  const Optimizer& o = optimizers()[optimizer.row];
  std::string call = std::string(o.key) + "(";
  for (size_t i = 1; i < o.params.size(); ++i)
    call += (i == 1 ? "" : ", ") + std::string(o.params[i].key) + "=" +
            value_text(o.params[i], optimizer.values[i]);
  return call + ")";
}

}  // namespace stride::exporting
