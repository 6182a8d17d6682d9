// Formulas of the learner's own and of the table as Python text.
#include "core/math/code.h"
#include "core/math/math.h"
#include "core/optimizers/custom/custom_rule.h"
#include "scenario/export/export_shared.h"

namespace stride::exporting {

namespace {

using math::Code;
using Op = Expression::Op::Code;

using Style = PythonStyle;

std::string name_of(Op op) {
  switch (op) {
    case Op::sin:
      return "sin";
    case Op::cos:
      return "cos";
    case Op::tan:
      return "tan";
    case Op::exp:
      return "exp";
    case Op::log:
      return "log";
    case Op::sqrt:
      return "sqrt";
    case Op::abs:
      return "abs";
    case Op::sign:
      return "sign";
    case Op::floor:
      return "floor";
    default:
      return "tanh";
  }
}

/// As the style calls it.
std::string called(const std::string& name, Style style) {
  if (style == Style::arrays || (style == Style::floats && (name == "abs" || name == "min" || name == "max")))
    return name;
  return (style == Style::floats ? "math." : style == Style::tensors ? "xp." : "np.") + name;
}

Code apply(Op op, const Code& a, Style style) {
  if (op == Op::negate) return -a;
  if (op == Op::sign && style == Style::floats) return {"((" + a.text + " > 0) - (" + a.text + " < 0))"};
  return call(called(name_of(op), style).c_str(), a);
}

/// Of the style `tensors`: frameworks compare tensors alone.
Code tensor_of(const Code& a) {
  const bool number = a.text.find_first_not_of("0123456789.e-+()") == std::string::npos;
  return number || a.text.starts_with("math.") ? a + Code{"0*p"} : a;
}

Code apply(Op op, const Code& a, const Code& b, Style style) {
  switch (op) {
    case Op::add:
      return a + b;
    case Op::subtract:
      return a - b;
    case Op::multiply:
      return a * b;
    case Op::divide:
      return a / b;
    case Op::power:
      return power(a, b);
    default:
      const std::string name = op == Op::min ? "min" : "max";
      if (style == Style::tensors) return call(("xp." + name + "imum").c_str(), tensor_of(a), tensor_of(b));
      return call(called(style == Style::floats ? name : name + "imum", style).c_str(), a, b);
  }
}

Code number_code(double value) {
  if (value == math::pi || value == math::e) return {value == math::pi ? "math.pi" : "math.e"};
  return value - value == 0 ? math::code_of(value) : Code{"math.nan"};
}

bool calls(const std::string& text, const std::string& name) {
  const std::string call = name + "(";
  for (size_t at = text.find(call); at != std::string::npos; at = text.find(call, at + 1)) {
    const char before = at > 0 ? text[at - 1] : ' ';
    if (!(before >= 'a' && before <= 'z')) return true;
  }
  return false;
}

}  // namespace

std::string python_of(const Expression& e, std::span<const std::string_view> names, PythonStyle style) {
  std::vector<Code> stack;
  for (const Expression::Op& op : e.program) {
    if (op.code == Op::number) {
      stack.push_back(number_code(op.number));
    } else if (op.code == Op::variable) {
      stack.push_back({std::string(names[op.variable])});
    } else if (op.code == Op::copy) {
      stack.push_back(Code(stack.back()));
    } else if (op.code >= Op::add && op.code <= Op::max) {
      const Code b = stack.back();
      stack.pop_back();
      stack.back() = apply(op.code, stack.back(), b, style);
    } else {
      stack.back() = apply(op.code, stack.back(), style);
    }
  }
  return stack.empty() ? "math.nan" : stack.back().text;
}

std::string python_rule(const Settings& optimizer) {
  CustomRuleError error;
  const CustomRule rule = read_custom_rule(optimizer.formula, error);
  std::vector<std::string> own;  // no word of Python, nor one of the program's own
  for (const std::string& name : rule.names)
    own.push_back(name == "p" || name == "g" || name == "lr" || name == "t" ? name : "my_" + name);
  const std::vector<std::string_view> names(own.begin(), own.end());
  std::string kept, zeros, body;
  for (size_t k = 0; k < rule.kept.size(); ++k) {
    if (!rule.kept[k]) continue;
    kept += own[CustomRule::own + k] + ", ";
    zeros += "0*p, ";
  }
  for (const CustomRule::Line& line : rule.lines) {
    const bool number = line.formula.program.size() == 1 && line.formula.program[0].code == Op::number;
    body += "        " + own[static_cast<size_t>(line.target)] + " = " +
            python_of(line.formula, names, PythonStyle::tensors) + (number ? " + 0*p\n" : "\n");
  }
  std::string text =
      "\n    def step(self, p, g, lr):\n        self.t += 1\n        lr, t = lr + 0*p, self.t + 0*p\n";
  if (kept.empty()) return text + body + "        return p\n";
  kept.pop_back();
  zeros.pop_back();
  return text + "        (" + kept + ") = self.kept if self.t > 1 else (" + zeros + ")\n" + body +
         "        self.kept = (" + kept + ")\n        return p\n";
}

StepFormula step_formula(const std::string& text, int steps) {
  ExpressionError error;
  const Expression e = parse_expression(text, error, step_variables);
  StepFormula out;
  for (int t = 0; t <= steps && out.plain; ++t) {
    const double variables[] = {static_cast<double>(t), static_cast<double>(steps)};
    out.plain = stays_finite(e, variables);
  }
  const std::string all = std::to_string(steps);
  const std::string_view names[] = {out.plain ? "t" : "np.float64(t)", all};
  out.text = python_of(e, names, out.plain ? PythonStyle::floats : PythonStyle::numpy);
  return out;
}

namespace {

Formula formula_from(const std::string& text, const Variables& variables,
                     std::span<const std::string_view> names, std::string title) {
  Formula f;
  ExpressionError error;
  const Expression e = parse_expression(text, error, variables);
  if (error.column == 0) f.text = python_of(e, names, PythonStyle::arrays);
  // The frameworks differentiate tensors alone.
  if (e.program.size() == 1 && e.program[0].code == Op::number) f.text += " + 0*x";
  f.title = std::move(title);
  for (const char* name :
       {"sin", "cos", "tan", "exp", "log", "sqrt", "tanh", "sign", "floor", "minimum", "maximum"})
    if (calls(f.text, name)) f.functions.push_back(name);
  return f;
}

}  // namespace

Formula formula_of(const SurfaceProblem& problem) {
  const Surface& s = surfaces()[problem.surface];
  if (problem.expression.empty()) return formula_from(s.formula, plane_variables, plane_names, s.name);
  return formula_from(problem.expression, plane_variables, plane_names,
                      "f(x, y) = " + comment_text(problem.expression));
}

Formula formula_of(const CurveProblem& problem) {
  const bool own = !problem.expression.empty();
  const std::string text = own ? problem.expression : curves()[problem.curve].formula;
  return formula_from(text, line_variables, line_names, "f(x) = " + comment_text(text));
}

}  // namespace stride::exporting
