#include "core/optimizers/custom/custom_rule.h"

#include <algorithm>

#include "core/math/math.h"
#include "core/optimizers/custom/custom_lanes.h"
#include "core/surfaces/expression_names.h"

namespace stride {

namespace {

using Op = Expression::Op;
using Code = Op::Code;

constexpr std::string_view given[] = {"p", "g", "lr", "t"};

/// A line before its formula is read: the name that it sets, and where the formula begins.
struct Sides {
  std::string name;
  int formula = 0;  ///< the sign after '='
};

struct Reader {
  CustomRule& rule;
  CustomRuleError& error;

  bool failed() const { return error.found(); }
  void fail(int line, int place, const std::string& expected, const std::string& got = "") {
    error = {line, {place + 1, expected, got, ""}};
  }

  Sides sides_of(const Signs& signs, int line) {
    Sides out;
    int at = 0;
    while (is_blank(signs[at])) ++at;
    const int begin = at;
    if (is_letter(signs[at]))
      while (is_letter(signs[at]) || is_digit(signs[at])) out.name += static_cast<char>(signs[at++]);
    if (out.name.empty()) return fail(line, begin, "a name to set, as p, and '='"), out;
    check_name(out.name, line, begin);
    while (is_blank(signs[at])) ++at;
    if (!failed() && signs[at] != '=') fail(line, at, "'=' after " + out.name);
    out.formula = at + 1;
    for (at = out.formula; !failed() && at < signs.size(); ++at)
      if (signs[at] == '=') fail(line, at, "one '=' in a line");
    return out;
  }

  void check_name(const std::string& name, int line, int place) {
    if (name == "lr" || name == "t")
      return fail(line, place, "p or a name of your own", "'" + name + "', which is given");
    if (name.size() > 20) return fail(line, place, "a name of at most 20 letters");
    const std::vector<std::string_view> known(rule.names.begin(), rule.names.end());
    const Meaning::Kind kind = meaning_of(name, {known, false}).kind;
    if (kind == Meaning::Kind::variable) return;
    if (kind != Meaning::Kind::nothing)
      return fail(line, place, "p or a name of your own", "'" + name + "', which has a meaning");
    if (static_cast<int>(rule.names.size()) == CustomRule::shared_from)
      return fail(line, place, "at most 8 names of your own", "'" + name + "' as the ninth");
    rule.names.push_back(name);
  }

  int place_of(const std::string& name) const {
    return static_cast<int>(std::find(rule.names.begin(), rule.names.end(), name) - rule.names.begin());
  }

  /// The formula in its columns: the left side gives way to blanks.
  void formula_of(const Signs& signs, const Sides& sides, int line) {
    std::string text(static_cast<std::size_t>(sides.formula), ' ');
    text += signs.written(std::min(sides.formula, signs.size()), signs.size());
    const std::vector<std::string_view> known(rule.names.begin(), rule.names.end());
    ExpressionError wrong;
    Expression formula = parse_expression(text, wrong, {known, false});
    if (wrong.column > 0) error = {line, wrong};
    formula.text = text.substr(std::min(text.find_first_not_of(' '), text.size()));
    rule.lines.push_back({place_of(sides.name), std::move(formula)});
  }
};

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

/// The names of one's own that depend on t alone: all but those that some line sets from more.
std::vector<bool> names_of_t(const CustomRule& rule) {
  std::vector<bool> common(rule.names.size(), true);
  for (const int place : {CustomRule::p, CustomRule::g, CustomRule::lr}) common[place] = false;
  for (bool found = true; found;) {
    found = false;
    for (const CustomRule::Line& line : rule.lines)
      for (const Op& op : line.formula.program) {
        const auto target = static_cast<std::size_t>(line.target);
        if (op.code != Code::variable || common[op.variable] || !common[target]) continue;
        common[target] = false;
        found = true;
      }
  }
  return common;
}

/// Takes what is common to all coordinates out of the formulas.
class Folder {
 public:
  explicit Folder(CustomRule& rule) : rule_(rule), common_(names_of_t(rule)) {
    rule.is_shared.assign(common_.begin() + CustomRule::own, common_.end());
  }

  void fold(const CustomRule::Line& line) {
    for (const Op& op : line.formula.program) take(op);
    const bool whole = common_[static_cast<std::size_t>(line.target)];
    settle(parts_.back());
    if (whole) {
      rule_.shared.back().target = line.target;
    } else {
      Expression out;
      out.program = std::move(parts_.back().ops);
      out.depth = line.formula.depth;
      std::vector<signed char> fusions = fusions_of(out);
      rule_.folded.push_back({line.target, std::move(out), std::move(fusions)});
      rule_.folded.back().fusions = fusions_of(rule_.folded.back().formula);
    }
    parts_.clear();
  }

 private:
  struct Part {
    std::vector<Op> ops;
    bool common;  ///< to all coordinates
  };

  void take(const Op& op) {
    if (op.code == Code::number) return parts_.push_back({{op}, true});
    if (op.code == Code::variable) return parts_.push_back({{op}, common_[op.variable]});
    if (op.code == Code::copy) return parts_.push_back({{op}, parts_.back().common});
    if (op.code >= Code::add && op.code <= Code::max) return join(op);
    parts_.back().ops.push_back(op);
  }
  void join(Op op) {
    Part right = std::move(parts_.back());
    parts_.pop_back();
    Part& left = parts_.back();
    if (left.common != right.common) {
      const double exponent =
          op.code == Code::power && right.ops.back().code == Code::number ? right.ops.back().number : 0;
      settle(left);
      if (exponent == 2 && left.ops.size() == 1) {
        right.ops = left.ops;
        op.code = Code::multiply;
      } else if (op.code == Code::divide) {  // a product is quicker
        right.ops.insert(right.ops.end(), {{Code::number, -1}, {Code::power}});
        op.code = Code::multiply;
        settle(right);
      } else if (!(exponent >= -max_whole && exponent <= max_whole && exponent == math::floor(exponent)) ||
                 exponent == 0) {
        settle(right);
      }
      left.common = false;
    }
    left.ops.insert(left.ops.end(), right.ops.begin(), right.ops.end());
    left.ops.push_back(op);
  }
  void settle(Part& part) {
    if (!part.common) return;
    Expression formula;
    formula.program = std::move(part.ops);
    const std::size_t place = CustomRule::shared_from + rule_.shared.size();
    rule_.shared.push_back({-1, std::move(formula)});
    part = {{{Code::variable, 0, static_cast<unsigned short>(place)}}, false};
  }

  static constexpr double max_whole = 16;  ///< exponents up to it are products
  CustomRule& rule_;
  std::vector<bool> common_;
  std::vector<Part> parts_;
};

void fold(CustomRule& rule) {
  Folder folder(rule);
  for (const CustomRule::Line& line : rule.lines) folder.fold(line);
  std::vector<bool> set(rule.names.size());
  rule.kept.assign(rule.names.size() - CustomRule::own, false);
  for (const CustomRule::Line& line : rule.lines) {
    for (const Op& op : line.formula.program)
      if (op.code == Code::variable && op.variable >= CustomRule::own && !set[op.variable])
        rule.kept[op.variable - static_cast<std::size_t>(CustomRule::own)] = true;
    set[static_cast<std::size_t>(line.target)] = true;
  }
}

}  // namespace

CustomRule read_custom_rule(std::string_view text, CustomRuleError& error) {
  error = {};
  CustomRule rule;
  rule.names.assign(std::begin(given), std::end(given));
  Reader reader{rule, error};
  std::vector<Signs> signs;
  std::vector<Sides> sides;
  for (const std::string_view line : lines_of(text)) {
    const int number = static_cast<int>(signs.size());
    if (number == CustomRule::max_lines) error = {number, {0, "at most 16 lines", "", ""}};
    if (reader.failed()) return {};
    signs.push_back(signs_of(line));
    sides.push_back(reader.sides_of(signs.back(), number));
  }
  for (std::size_t i = 0; i < signs.size() && !reader.failed(); ++i)
    reader.formula_of(signs[i], sides[i], static_cast<int>(i));
  if (!reader.failed() && std::none_of(rule.lines.begin(), rule.lines.end(),
                                       [](const CustomRule::Line& l) { return l.target == CustomRule::p; }))
    error.what.expected = "a line that sets p";
  if (reader.failed()) return {};
  fold(rule);
  return rule;
}

}  // namespace stride
