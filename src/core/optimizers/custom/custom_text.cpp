// The rows' own formulas as rules that a learner can change.
#include <set>

#include "core/math/code.h"
#include "core/optimizers/custom/custom_rule.h"
#include "core/optimizers/explain.h"

namespace stride {

namespace {

/// What formulas write with letters that keyboards lack.
constexpr std::string_view letters[][2] = {{"η′", "rate"},       {"Δ", "step"}, {"m\u0302", "m_hat"},
                                           {"v\u0302", "v_hat"}, {"μ", "mu"},   {"μ₂", "mu2"},
                                           {"θ", "p"},           {"η", "lr"}};

/// 1 in the first step, later 0; and the other way round.
constexpr const char *in_first = "max(0, 2 - t)", *in_later = "min(1, t - 1)";

/// 1e-8, not 1e-08.
std::string digits_of(double value) {
  std::string digits = math::digits_of(value);
  const std::size_t e = digits.find("e-0");
  return e == digits.npos ? digits : digits.erase(e + 2, 1);
}

bool is_sum(std::string_view formula) {
  int depth = 0;
  for (std::size_t i = 0; i + 1 < formula.size(); ++i) {
    depth += (formula[i] == '(') - (formula[i] == ')');
    if (depth == 0 && (formula[i] == '+' || formula[i] == '-') && formula[i + 1] == ' ') return true;
  }
  return false;
}

/// A line that is left where the parameters are as they are.
struct Line {
  std::string symbol, formula;
  const char* when = "";  ///< in_first, in_later or always
};

struct Writer {
  const Optimizer& optimizer;
  Hyper hyper;
  Symbols numbers;
  SymbolNames names;
  std::vector<Line> lines;

  explicit Writer(const Settings& settings)
      : optimizer(optimizers()[static_cast<std::size_t>(settings.row)]), hyper(hyper_of(settings)) {
    for (std::size_t i = 0; i < optimizer.rule.hyper.size(); ++i) {
      const double value = hyper.values[i + 1];
      numbers[optimizer.rule.hyper[i]] = {{value, value}};
      const std::string digits = digits_of(value);
      names[optimizer.rule.hyper[i]] = value < 0 ? "(" + digits + ")" : digits;
    }
    names["g"] = "g";
    names["t"] = "t";
    for (const RuleLine& line : optimizer.rule.lines)
      if (!names.count(line.symbol)) names[line.symbol] = line.symbol;
    for (const auto& [from, to] : letters)
      if (!numbers.count(from)) names[std::string(from)] = to;
  }

  /// The lines whose conditions hold; false where one depends on more than the first step.
  bool choose() {
    for (const RuleLine& line : optimizer.rule.lines) {
      Line out{line.symbol, line.formula};
      bool holds = true;
      for (std::string_view rest = line.when; !rest.empty();) {
        const std::size_t end = std::min(rest.find(", "), rest.size());
        const std::string_view one = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 2, rest.size()));
        std::string error;
        const double value = evaluate_formula(one, numbers, 0, &error);
        if (error.empty())
          holds = holds && value != 0;
        else if (one == "t = 1" || one == "begun = 0")
          out.when = in_first;
        else if (one == "t > 1" || one == "begun = 1")
          out.when = in_later;
        else if (holds)
          return false;
      }
      if (holds) lines.push_back(std::move(out));
    }
    return true;
  }

  /// Numbers that the state begins with; false where it begins at the parameters.
  bool begin() {
    for (const RuleLine& line : optimizer.rule.begin) {
      const auto number = numbers.find(line.formula);
      if (number == numbers.end()) return false;
      if (number->second.v[0] != 0) lines.insert(lines.begin(), {line.symbol, line.formula, in_first});
    }
    return true;
  }

  /// Only what the position depends on.
  void drop_unread() {
    std::set<std::string, std::less<>> read = {"θ"};
    for (std::size_t before = 0; before != read.size();) {
      before = read.size();
      for (const Line& line : lines)
        if (read.count(line.symbol))
          for (const FormulaPiece& piece : formula_pieces(line.formula)) read.emplace(piece.text);
    }
    std::erase_if(lines, [&](const Line& line) { return !read.count(line.symbol); });
  }

  /// Whether both come to the same in the first step, where all that is kept is 0.
  bool same_first(const Line& a, const Line& b) const {
    Symbols first = numbers;
    for (const auto& [symbol, name] : names)
      if (!first.count(symbol)) first[symbol] = {{0.6, 0}};
    const RuleText& rule = optimizer.rule;
    for (const std::span<const char* const> kept :
         {std::span<const char* const>(rule.state), {rule.shared}, {rule.clock}})
      for (const char* symbol : kept) first[symbol] = {};
    first["g"] = {{0.37, 0}};
    return evaluate_formula(a.formula, first, 0) == evaluate_formula(b.formula, first, 0);
  }

  /// "name = formula" of line i, which may take the next one with it; empty where it can't be written.
  std::string text(std::size_t& i) {
    const Line& line = lines[i];
    std::string formula = as_expression(line.formula, names);
    const std::string name = names[line.symbol];
    const Line* next = i + 1 < lines.size() ? &lines[i + 1] : nullptr;
    if (*line.when && next && next->symbol == line.symbol && *next->when) {
      ++i;
      const std::string later = as_expression(next->formula, names);
      formula = same_first(line, *next)
                    ? later
                    : std::string(line.when) + "*(" + formula + ") + " + next->when + "*(" + later + ")";
    } else if (*line.when) {
      formula = name + " + " + line.when + "*(" + formula + " - " + name + ")";
    } else if (line.symbol == "Δ" && next && next->symbol == "θ" && next->formula == "θ − Δ") {
      ++i;
      return "p = p - " + (is_sum(formula) ? "(" + formula + ")" : formula);
    }
    return formula.empty() ? "" : name + " = " + formula;
  }
};

}  // namespace

std::string rule_as_text(const Settings& optimizer) {
  if (!optimizer.formula.empty()) return optimizer.formula;
  Writer writer(optimizer);
  if (!writer.choose() || !writer.begin()) return "";
  writer.drop_unread();
  std::string out;
  for (std::size_t i = 0; i < writer.lines.size(); ++i) {
    const std::string line = writer.text(i);
    if (line.empty()) return "";
    out.append(out.empty() ? "" : "\n").append(line);
  }
  constexpr std::string_view whole = "(1 - 0)*";  // no dampening
  if (const std::size_t at = out.find(whole); at != out.npos) out.erase(at, whole.size());
  CustomRuleError error;
  read_custom_rule(out, error);
  return error.found() ? "" : out;
}

}  // namespace stride
