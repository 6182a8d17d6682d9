#include "core/optimizers/custom/custom_lanes.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <string_view>
#include <utility>

#include "core/math/math.h"
#include "core/math/wide.h"

namespace stride {

namespace {

using Op = Expression::Op;
using Code = Op::Code;
using Place = CustomRule::Place;

/// What is computed once a step; the values of rule.shared.
std::vector<double> advance(const CustomRule& rule, Clock& clock) {
  std::vector<double> values, variables(Place::shared_from);
  variables[Place::t] = ++clock.t;
  std::copy(std::begin(clock.s), std::end(clock.s), variables.begin() + Place::own);
  values.reserve(rule.shared.size());
  for (const CustomRule::Line& line : rule.shared) {
    values.push_back(evaluate_value(line.formula, variables.data()));
    if (line.target >= 0) variables[static_cast<std::size_t>(line.target)] = values.back();
  }
  std::copy_n(variables.begin() + Place::own, CustomRule::max_names, clock.s);
  return values;
}

constexpr int chunk = 2 * max_lanes;

struct Pass {
  template <class F, class... In>
  STRIDE_INLINE static void run(F f, int count, float* __restrict out, const In* __restrict... in) {
    for (int i = 0; i < count; ++i) out[i] = f(in[i]...);
  }
};

template <class F, class... In>
[[gnu::noinline]] void pass(F f, int count, float* out, const In*... in) {
  math::wide<Pass>(f, count, out, in...);
}

template <class F>
void each(F f, float* out, const float* a, const float* b, int count) {
  pass(f, count, out, a, b);
}

/// `out` is neither of `a` and `b`.
void operate_lanes(Code code, float* out, const float* a, const float* b, int count) {
  switch (code) {
    case Code::add:
      return each([](float x, float y) { return x + y; }, out, a, b, count);
    case Code::subtract:
      return each([](float x, float y) { return x - y; }, out, a, b, count);
    case Code::multiply:
      return each([](float x, float y) { return x * y; }, out, a, b, count);
    case Code::divide:
      return each([](float x, float y) { return x / y; }, out, a, b, count);
    case Code::min:
      return each([](float x, float y) { return math::min(x, y); }, out, a, b, count);
    case Code::max:
      return each([](float x, float y) { return math::max(x, y); }, out, a, b, count);
    case Code::sqrt:
      return each([](float x, float) { return math::sqrt(x); }, out, a, b, count);
    case Code::abs:
      return each([](float x, float) { return math::abs(x); }, out, a, b, count);
    case Code::sign:
      return each([](float x, float) { return math::sign(x); }, out, a, b, count);
    case Code::power:
      return each([](float x, float y) { return math::pow(x, y); }, out, a, b, count);
    default:
      for (int at = 0; at < count; at += max_lanes)
        operate(code, out + at, a + at, b + at, 0, std::min(max_lanes, count - at));
  }
}

template <class F, std::size_t... i>
void fuse(float* out, const float* const* v, int count, std::index_sequence<i...>) {
  pass(F(), count, out, v[i]...);
}

template <int inputs, class F>
void fuse(float* out, const float* const* v, int count, F) {
  fuse<F>(out, v, count, std::make_index_sequence<inputs>());
}

/// Steps of a program that are made in one pass over the lanes, not in one each: v a variable, r a root, a a size, M the larger. They are those of
/// which most rules consist; `run` takes the variables in their order.
struct Fusion {
  std::string_view steps;
  void (*run)(float* out, const float* const* v, int count);
};

constexpr int most_inputs = 6;

// The longer before those with which they begin.
constexpr Fusion fusions[] = {
    // running averages
    {"vv*vvv**+",
     [](float* out, const float* const* v, int n) {
       fuse<5>(out, v, n, [](float a, float b, float c, float d, float e) { return a * b + c * (d * e); });
     }},
    {"vv*vv*+",
     [](float* out, const float* const* v, int n) {
       fuse<4>(out, v, n, [](float a, float b, float c, float d) { return a * b + c * d; });
     }},
    {"vv*v*vv*v*+",
     [](float* out, const float* const* v, int n) {
       fuse<6>(out, v, n,
               [](float a, float b, float c, float d, float e, float f) { return a * b * c + d * e * f; });
     }},
    {"vv*vav+M",
     [](float* out, const float* const* v, int n) {
       fuse<4>(out, v, n,
               [](float a, float b, float c, float d) { return math::max(a * b, math::abs(c) + d); });
     }},
    // steps
    {"vvv*vrv+/-",
     [](float* out, const float* const* v, int n) {
       fuse<5>(out, v, n,
               [](float a, float b, float c, float d, float e) { return a - b * c / (math::sqrt(d) + e); });
     }},
    {"vvv*v/-",
     [](float* out, const float* const* v, int n) {
       fuse<4>(out, v, n, [](float a, float b, float c, float d) { return a - b * c / d; });
     }},
    {"vvvvv*+*-",
     [](float* out, const float* const* v, int n) {
       fuse<5>(out, v, n, [](float a, float b, float c, float d, float e) { return a - b * (c + d * e); });
     }},
    {"vrv+", [](float* out, const float* const* v,
                int n) { fuse<2>(out, v, n, [](float a, float b) { return math::sqrt(a) + b; }); }},
    {"vvrv+/",
     [](float* out, const float* const* v, int n) {
       fuse<3>(out, v, n, [](float a, float b, float c) { return a / (math::sqrt(b) + c); });
     }},
    // weight decay
    {"vvv*-v*",
     [](float* out, const float* const* v, int n) {
       fuse<4>(out, v, n, [](float a, float b, float c, float d) { return (a - b * c) * d; });
     }},
    {"vvv*-", [](float* out, const float* const* v,
                 int n) { fuse<3>(out, v, n, [](float a, float b, float c) { return a - b * c; }); }},
    {"vvvv-*+",
     [](float* out, const float* const* v, int n) {
       fuse<4>(out, v, n, [](float a, float b, float c, float d) { return a + b * (c - d); });
     }},
    {"vvv*v*+",
     [](float* out, const float* const* v, int n) {
       fuse<4>(out, v, n, [](float a, float b, float c, float d) { return a + b * c * d; });
     }},
    {"vvv*+", [](float* out, const float* const* v,
                 int n) { fuse<3>(out, v, n, [](float a, float b, float c) { return a + b * c; }); }},
};

char letter_of(Code code) {
  switch (code) {
    case Code::variable:
      return 'v';
    case Code::multiply:
      return '*';
    case Code::add:
      return '+';
    case Code::subtract:
      return '-';
    case Code::divide:
      return '/';
    case Code::sqrt:
      return 'r';
    case Code::abs:
      return 'a';
    case Code::max:
      return 'M';
    default:
      return '?';
  }
}

/// Its place among the fusions where the program goes on with one at this step, or -1.
int fusion_at(const std::vector<Op>& program, std::size_t at) {
  for (std::size_t k = 0; k < std::size(fusions); ++k) {
    const std::string_view steps = fusions[k].steps;
    std::size_t i = 0;
    while (i < steps.size() && at + i < program.size() && letter_of(program[at + i].code) == steps[i]) ++i;
    if (i == steps.size()) return static_cast<int>(k);
  }
  return -1;
}

/// One exponent for all lanes: what depends on it alone is decided outside of the loop.
void power_lanes(float* out, const float* a, float exponent, int count) {
  pass([exponent](float x) { return math::pow(x, exponent); }, count, out, a);
}

/// The room in which a chunk of lanes is worked on: two places for each height of the stack and for each
/// name, so that a result never overwrites what it is made of, and one for each of what is shared.
class Bench {
 public:
  Bench(const CustomRule& rule, Clock& clock, int count) : rule_(rule) {
    for (const CustomRule::Line& line : rule.folded) depth_ = std::max(depth_, line.formula.depth);
    const std::size_t rows = 1 + 2 * (static_cast<std::size_t>(depth_) + rule.names.size());
    const std::vector<double> shared = advance(rule, clock);
    room_.reset(new float[(rows + shared.size()) * chunk]);
    variables_.resize(Place::shared_from);
    for (std::size_t i = 0; i < shared.size(); ++i) {
      float* row = room_.get() + (rows + i) * chunk;
      std::fill_n(row, std::min(count, chunk), static_cast<float>(shared[i]));
      variables_.push_back(row);
    }
  }

  /// Coordinates `at` .. `at + count` of b, which has `size` of them and of every slot; `lr` is theirs.
  void run(const Lanes<float>& b, std::ptrdiff_t at, std::ptrdiff_t size, const float* lr, int count) {
    variables_[Place::p] = b.p + at;
    variables_[Place::g] = b.g + at;
    variables_[Place::lr] = lr;
    const int names = static_cast<int>(rule_.names.size());
    for (int k = Place::own; k < names; ++k)
      variables_[static_cast<std::size_t>(k)] = b.state + (k - Place::own) * size + at;
    for (const CustomRule::Line& line : rule_.folded) set(line, count);
    std::copy_n(variables_[Place::p], count, b.p + at);
    for (int k = Place::own; k < names; ++k)
      if (rule_.kept[static_cast<std::size_t>(k - Place::own)])
        std::copy_n(variables_[static_cast<std::size_t>(k)], count, b.state + (k - Place::own) * size + at);
  }
  /// A rate for all lanes.
  const float* spread(float lr) {
    std::fill_n(room_.get(), chunk, lr);
    return room_.get();
  }

 private:
  /// The one of the two rows of `pair` that is not taken.
  float* free_row(int pair, const float* taken) const {
    float* row = room_.get() + static_cast<std::ptrdiff_t>(1 + 2 * pair) * chunk;
    return row == taken ? row + chunk : row;
  }

  void set(const CustomRule::Line& line, int count) {
    const std::vector<Op>& program = line.formula.program;
    const float* stack[Expression::max_depth];
    const float*& target = variables_[static_cast<std::size_t>(line.target)];
    float* result = free_row(depth_ + line.target, target);
    int top = -1;
    for (std::size_t i = 0; i < program.size(); ++i) {
      const Op& op = program[i];
      if (const int place = line.fusions[i]; place >= 0) {
        const Fusion* fusion = &fusions[place];
        const float* inputs[most_inputs];
        int count_of = 0;
        for (std::size_t k = 0; k < fusion->steps.size(); ++k)
          if (program[i + k].code == Code::variable) inputs[count_of++] = variables_[program[i + k].variable];
        i += fusion->steps.size() - 1;
        float* out = i + 1 == program.size() ? result : free_row(top + 1, nullptr);
        fusion->run(out, inputs, count);
        stack[++top] = out;
        continue;
      }
      if (op.code == Code::variable) {
        stack[++top] = variables_[op.variable];
        continue;
      }
      if (op.code == Code::copy) {
        ++top;
        stack[top] = stack[top - 1];
        continue;
      }
      if (op.code == Code::power && program[i - 1].code == Code::variable &&
          program[i - 1].variable >= Place::shared_from) {
        --top;
        float* out = i + 1 == program.size() ? result : free_row(top, stack[top]);
        power_lanes(out, stack[top], stack[top + 1][0], count);
        stack[top] = out;
        continue;
      }
      const bool exponent = op.code == Code::number;  // all other numbers are shared
      i += exponent;
      const bool two = !exponent && op.code >= Code::add && op.code <= Code::max;
      top -= two;
      float* out = i + 1 == program.size() ? result : free_row(top, stack[top]);
      const float *a = stack[top], *b = two ? stack[top + 1] : a;
      if (!exponent)
        operate_lanes(op.code, out, a, b, count);
      else if (op.number == 2)
        operate_lanes(Code::multiply, out, a, a, count);
      else
        for (int at = 0; at < count; at += max_lanes)
          operate(Code::power, out + at, a + at, nullptr, op.number, std::min(max_lanes, count - at));
      stack[top] = out;
    }
    if (stack[0] != result) std::copy_n(stack[0], count, result);
    target = result;
  }

  const CustomRule& rule_;
  int depth_ = 0;
  std::unique_ptr<float[]> room_;
  std::vector<const float*> variables_;
};

}  // namespace

std::vector<signed char> fusions_of(const Expression& formula) {
  std::vector<signed char> places;
  for (std::size_t i = 0; i < formula.program.size(); ++i)
    places.push_back(static_cast<signed char>(fusion_at(formula.program, i)));
  return places;
}

void step_custom(const CustomRule& rule, Clock& clock, Lanes<double>& all) {
  const std::vector<double> shared = advance(rule, clock);
  std::vector<double> variables(Place::shared_from);
  variables.insert(variables.end(), shared.begin(), shared.end());
  const std::ptrdiff_t size = static_cast<std::ptrdiff_t>(all.n) * all.lanes;
  const std::size_t names = rule.names.size();
  for (std::ptrdiff_t i = 0; i < size; ++i) {
    variables[Place::p] = all.p[i];
    variables[Place::g] = all.g[i];
    variables[Place::lr] = all.lr[i % all.lanes];
    for (std::size_t k = Place::own; k < names; ++k)
      variables[k] = all.state[static_cast<std::ptrdiff_t>(k - Place::own) * size + i];
    for (const CustomRule::Line& line : rule.folded)
      variables[static_cast<std::size_t>(line.target)] = evaluate_value(line.formula, variables.data());
    all.p[i] = variables[Place::p];
    for (std::size_t k = Place::own; k < names; ++k)
      all.state[static_cast<std::ptrdiff_t>(k - Place::own) * size + i] = variables[k];
    if (all.effective) all.effective[i] = none;
  }
}

void step_custom(const CustomRule& rule, Clock& clock, Lanes<float>& all) {
  const std::ptrdiff_t size = static_cast<std::ptrdiff_t>(all.n) * all.lanes;
  const std::ptrdiff_t row = all.lanes == 1 ? size : all.lanes;  // the coordinates of one lane share a rate
  Bench bench(rule, clock, static_cast<int>(std::min<std::ptrdiff_t>(row, chunk)));
  const float* spread = all.lanes == 1 ? bench.spread(all.lr[0]) : nullptr;
  for (std::ptrdiff_t first = 0; first < size; first += row)
    for (std::ptrdiff_t at = 0; at < row; at += chunk)
      bench.run(all, first + at, size, spread ? spread : all.lr + at,
                static_cast<int>(std::min<std::ptrdiff_t>(chunk, row - at)));
  if (all.effective) std::fill_n(all.effective, size, std::numeric_limits<float>::quiet_NaN());
}

}  // namespace stride
