// Running the program of an expression: on jets of double for one point, on lanes of float for many.
#include <vector>

#include "core/math/jet.h"
#include "core/math/wide.h"
#include "core/surfaces/expression.h"

namespace stride {

namespace {

using Code = Expression::Op::Code;
using namespace math;  // functions of plain numbers; those of jets are found by their type

/// Is op `i` a number that is the exponent of the power that follows it?
bool is_constant_exponent(const std::vector<Expression::Op>& program, std::size_t i) {
  return program[i].code == Code::number && i + 1 < program.size() && program[i + 1].code == Code::power;
}

/// `f` applied to a function of one value. With `each` and `lanes` it becomes a loop of its own.
template <class F>
void with_function_of_one(Code code, F f) {
  switch (code) {
    case Code::negate:
      return f([](auto a) { return -a; });
    case Code::sin:
      return f([](auto a) { return sin(a); });
    case Code::cos:
      return f([](auto a) { return cos(a); });
    case Code::tan:
      return f([](auto a) { return tan(a); });
    case Code::exp:
      return f([](auto a) { return exp(a); });
    case Code::log:
      return f([](auto a) { return log(a); });
    case Code::sqrt:
      return f([](auto a) { return sqrt(a); });
    case Code::abs:
      return f([](auto a) { return abs(a); });
    case Code::sign:
      return f([](auto a) { return sign(a); });
    case Code::floor:
      return f([](auto a) { return floor(a); });
    default:
      return f([](auto a) { return tanh(a); });
  }
}

template <class F>
void with_function_of_two(Code code, F f) {
  switch (code) {
    case Code::add:
      return f([](auto a, auto b) { return a + b; });
    case Code::subtract:
      return f([](auto a, auto b) { return a - b; });
    case Code::multiply:
      return f([](auto a, auto b) { return a * b; });
    case Code::divide:
      return f([](auto a, auto b) { return a / b; });
    case Code::power:
      return f([](auto a, auto b) { return pow(a, b); });
    case Code::min:
      return f([](auto a, auto b) { return min(a, b); });
    default:
      return f([](auto a, auto b) { return max(a, b); });
  }
}

bool takes_two(Code code) {
  return code >= Code::add && code <= Code::max;
}

/// `see` is shown what each operation makes.
template <class J, class See>
J run(const Expression& e, const J* variables, See see) {
  J stack[Expression::max_depth];
  int top = -1;
  for (std::size_t i = 0; i < e.program.size(); ++i) {
    const Expression::Op& op = e.program[i];
    if (op.code == Code::number && top >= 0 && is_constant_exponent(e.program, i)) {
      stack[top] = pow(stack[top], op.number);
      ++i;
    } else if (op.code == Code::number || op.code == Code::variable) {
      stack[++top] = op.code == Code::number ? J(op.number) : variables[op.variable];
    } else if (op.code == Code::copy) {
      ++top;
      stack[top] = stack[top - 1];
    } else if (takes_two(op.code)) {
      --top;
      with_function_of_two(op.code, [&](auto f) { stack[top] = f(stack[top], stack[top + 1]); });
    } else {
      with_function_of_one(op.code, [&](auto f) { stack[top] = f(stack[top]); });
    }
    see(stack[top]);
  }
  return top < 0 ? J(std::numeric_limits<double>::quiet_NaN()) : stack[0];
}

template <class J>
J run(const Expression& e, const J* variables) {
  return run(e, variables, [](const J&) {});
}

// ---- many points

constexpr int lanes = max_lanes;

/// One place of the stack: a jet of float for each lane.
struct LaneJets {
  float v[lanes], x[lanes], y[lanes];
};

struct Each {
  template <class F>
  STRIDE_INLINE static void run(LaneJets* a, F f) {
    for (int i = 0; i < lanes; ++i) {
      const Jet1<float> r = f(Jet1<float>(a->v[i], a->x[i], a->y[i]));
      a->v[i] = r.v;
      a->x[i] = r.x;
      a->y[i] = r.y;
    }
  }
  template <class F>
  STRIDE_INLINE static void run(LaneJets* __restrict a, const LaneJets* __restrict b, F f) {
    for (int i = 0; i < lanes; ++i) {
      const Jet1<float> r = f(Jet1<float>(a->v[i], a->x[i], a->y[i]), Jet1<float>(b->v[i], b->x[i], b->y[i]));
      a->v[i] = r.v;
      a->x[i] = r.x;
      a->y[i] = r.y;
    }
  }
};

template <class F>
void each(LaneJets& a, F f) {
  wide<Each>(&a, f);
}

template <class F>
void each(LaneJets& a, const LaneJets& b, F f) {
  wide<Each>(&a, &b, f);
}

/// a^p; whole powers by squaring, so that single precision keeps its digits. `base`: a place to work in.
void each_power(LaneJets& a, LaneJets& base, double p) {
  const double size = math::abs(p);
  if (math::floor(p) != p || size > 64 || p == 0) {
    each(a, [p](auto j) { return pow(j, p); });
    return;
  }
  const int n = static_cast<int>(size);
  base = a;
  int bit = 1;
  while (2 * bit <= n) bit *= 2;
  for (bit /= 2; bit > 0; bit /= 2) {
    each(a, [](auto j) { return square(j); });
    if (n & bit) each(a, base, [](auto j, auto k) { return j * k; });
  }
  if (p < 0) each(a, [](auto j) { return reciprocal(j); });
}

/// What no number or variable is: `a` and, where it takes two, `b` become a.
void operate(Code code, LaneJets& a, const LaneJets& b) {
  if (takes_two(code))
    with_function_of_two(code, [&](auto f) { each(a, b, f); });
  else
    with_function_of_one(code, [&](auto f) { each(a, f); });
}

void push(LaneJets& a, const Expression::Op& op, const float* x, const float* y) {
  const bool is_x = op.code == Code::variable && op.variable == 0;
  const bool is_y = op.code == Code::variable && op.variable == 1;
  for (int i = 0; i < lanes; ++i) {
    a.v[i] = is_x ? x[i] : is_y ? y[i] : static_cast<float>(op.number);
    a.x[i] = is_x ? 1.0f : 0.0f;
    a.y[i] = is_y ? 1.0f : 0.0f;
  }
}

/// The result is in stack[0]; x and y hold `lanes` numbers.
void run_lanes(const Expression& e, const float* x, const float* y, LaneJets* stack) {
  int top = -1;
  for (std::size_t i = 0; i < e.program.size(); ++i) {
    const Expression::Op& op = e.program[i];
    if (op.code == Code::number && top >= 0 && is_constant_exponent(e.program, i)) {
      each_power(stack[top], stack[top + 1], op.number);
      ++i;
    } else if (op.code == Code::number || op.code == Code::variable) {
      push(stack[++top], op, x, y);
    } else if (op.code == Code::copy) {
      ++top;
      stack[top] = stack[top - 1];
    } else if (takes_two(op.code)) {
      --top;
      operate(op.code, stack[top], stack[top + 1]);
    } else {
      operate(op.code, stack[top], stack[top]);
    }
  }
}

}  // namespace

[[gnu::cold]] void evaluate(const Expression& formula, double x, double y, double out[6]) {
  const Jet2<double> variables[] = {{x, 1, 0}, {y, 0, 1}}, j = run(formula, variables);
  // Where f is nothing, so are its derivatives, also where the chain rule met no trace of it.
  const double nothing = j.v - j.v;
  out[0] = j.v;
  out[1] = j.x + nothing;
  out[2] = j.y + nothing;
  out[3] = j.xx + nothing;
  out[4] = j.xy + nothing;
  out[5] = j.yy + nothing;
}

void evaluate_many(const Expression& formula, const float* x, const float* y, float* f, float* gx, float* gy,
                   int count) {
  std::vector<LaneJets> stack(static_cast<std::size_t>(formula.depth) + 1);
  for (int first = 0; first < count; first += lanes) {
    const int n = count - first < lanes ? count - first : lanes;
    float px[lanes] = {}, py[lanes] = {};
    for (int i = 0; i < n; ++i) px[i] = x[first + i], py[i] = y[first + i];
    run_lanes(formula, px, py, stack.data());
    const LaneJets& r = stack[0];
    for (int i = 0; i < n; ++i) {
      const float v = formula.program.empty() ? std::numeric_limits<float>::quiet_NaN() : r.v[i],
                  nothing = v - v;
      f[first + i] = v;
      gx[first + i] = r.x[i] + nothing;
      gy[first + i] = r.y[i] + nothing;
    }
  }
}

void operate(Code code, float* out, const float* a, const float* b, double number, int count) {
  LaneJets work[2] = {};
  for (int i = 0; i < count; ++i) work[0].v[i] = a[i], work[1].v[i] = b ? b[i] : 0;
  if (code == Code::power && !b)
    each_power(work[0], work[1], number);
  else
    operate(code, work[0], work[1]);
  for (int i = 0; i < count; ++i) out[i] = work[0].v[i];
}

[[gnu::cold]] double evaluate_value(const Expression& formula, const double* variables) {
  return run(formula, variables);
}

bool stays_finite(const Expression& formula, const double* variables) {
  bool finite = true;
  run(formula, variables, [&](double v) { finite = finite && v - v == 0; });
  return finite;
}

}  // namespace stride
