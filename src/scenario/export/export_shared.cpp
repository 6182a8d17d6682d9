#include "scenario/export/export_shared.h"

#include <algorithm>

#include "core/math/code.h"
#include "scenario/documents/reading.h"
#include "scenario/documents/suggest.h"
#include "scenario/export/export.h"

namespace stride {

namespace exporting {

std::string float_text(double value) {
  const std::string digits = math::digits_of(value);
  return digits.find_first_of(".en") == std::string::npos ? digits + ".0" : digits;
}

std::string value_text(const Param& p, const std::vector<double>& v) {
  using Kind = Param::Kind;
  if (v.empty() && p.kind != Kind::integers && p.kind != Kind::points) return "None";
  std::string text;
  switch (p.kind) {
    case Kind::number:
      return float_text(v[0]);
    case Kind::integer:
      return math::digits_of(v[0]);
    case Kind::toggle:
      return v[0] != 0 ? "True" : "False";
    case Kind::choice:
      return "\"" + std::string(p.choices[static_cast<size_t>(v[0])]) + "\"";
    case Kind::pair:
      return "(" + float_text(v[0]) + ", " + float_text(v[1]) + ")";
    case Kind::integers:
      for (double x : v) text += (text.empty() ? "" : ", ") + math::digits_of(x);
      return "[" + text + "]";
    case Kind::points:
      for (size_t i = 0; i + 1 < v.size(); i += 2)
        text += (i == 0 ? "(" : ", (") + math::digits_of(v[i]) + ", " + math::digits_of(v[i + 1]) + ")";
      return "[" + text + "]";
    case Kind::schedules:
    case Kind::rule:
      break;
  }
  return "None";
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

std::string filled(std::string_view text, const Settings& settings, std::span<const Param> params,
                   std::string_view lr) {
  std::string out(text);
  if (!lr.empty()) out = replaced(std::move(out), "{lr}", lr);
  for (size_t i = 0; i < params.size(); ++i)
    out = replaced(std::move(out), "{" + std::string(params[i].key) + "}",
                   value_text(params[i], settings.values[i]));
  return out;
}

std::string list_text(const std::vector<std::string>& items, int indent) {
  constexpr size_t widest = 100;
  const std::string margin(static_cast<size_t>(indent), ' ');
  std::string out = "[", line;
  for (const std::string& item : items) {
    if (line.size() + item.size() + 2 > widest) {
      out += "\n" + margin + line;
      line.clear();
    }
    line += item + ", ";
  }
  return out + "\n" + margin + line + "]";
}

std::string comment_text(std::string_view words) {
  std::string out(words);
  for (char& c : out)
    if (static_cast<unsigned char>(c) < 0x20 || c == '\\' || c == '"') c = ' ';
  return is_utf8(out) ? out : "";
}

double number_of(const Settings& settings, std::span<const Param> params, std::string_view key) {
  const std::vector<double>& v = settings.values[static_cast<size_t>(find_param(params, key))];
  return v.empty() ? none : v[0];
}

std::string_view optimizer_key(const Run& run) {
  return optimizers()[run.optimizer.row].key;
}

std::string_view schedule_key(const Settings& schedule) {
  return schedules()[schedule.row].key;
}

std::string title_of(const Run& run) {
  std::string title = name_of(run);
  const std::string type(optimizer_key(run));
  if (title != type) title += ": " + type;
  if (run.schedule.row != 0) title += ", " + std::string(schedule_key(run.schedule));
  return comment_text(title);
}

std::string start_text(const Scenario& s, const Run& run) {
  if (std::holds_alternative<NetworkProblem>(s.problem)) return "";
  const Point start = start_of(s, run);
  if (objective_of(s).weights == 1) return "(" + float_text(start.x) + ",), ";
  return "(" + float_text(start.x) + ", " + float_text(start.y) + "), ";
}

std::string descent_columns(const Scenario& s) {
  if (std::holds_alternative<FitProblem>(s.problem)) return "run,step,w,b,loss,batch_loss,lr";
  return objective_of(s).weights == 1 ? "run,step,x,loss,lr" : "run,step,x,y,loss,lr";
}

namespace {

template <class P>
bool draws_batches(const P&) {
  return false;
}
bool draws_batches(const NetworkProblem& p) {
  return p.batches.empty() && p.batch_size > 0;
}
bool draws_batches(const FitProblem& p) {
  return p.batches.empty() && p.batch_size > 0;
}

}  // namespace

std::string random_text(const Scenario& s) {
  const bool shuffles = std::visit([](const auto& problem) { return draws_batches(problem); }, s.problem);
  const bool noisy = is_descent(s) && noise_of(s).sigma > 0;
  if (!shuffles && !noisy) return "";
  std::string text = R"py(

def mix(z):
    z = (z ^ (z >> 30))*0xbf58476d1ce4e5b9 & 0xffffffffffffffff
    z = (z ^ (z >> 27))*0x94d049bb133111eb & 0xffffffffffffffff
    return z ^ (z >> 31)


def random_bits(seed, a, b):
    """64 random bits, always the same for the same seed, a and b (SplitMix64)."""
    golden, wrap = 0x9e3779b97f4a7c15, 0xffffffffffffffff
    return mix(mix(mix(seed + golden & wrap) ^ (a + golden & wrap)) ^ (b*2 + golden & wrap))
)py";
  if (shuffles) return text;
  return text + R"py(

def noise(t):
    """Gaussian noise on each component of the gradient at step t, the same that Stride draws."""
    result = []
    for component in range()py" +
         std::to_string(objective_of(s).weights) + R"py():
        bits = random_bits()py" +
         std::to_string(noise_of(s).seed) + R"py(, t, component)
        above_zero = ((bits >> 11) + 1)*2.0**-53
        turn = (mix(bits + 0x9e3779b97f4a7c15 & 0xffffffffffffffff) >> 11)*2.0**-53
        result.append()py" +
         float_text(noise_of(s).sigma) +
         R"py(*math.sqrt(-2*math.log(above_zero))*math.cos(2*math.pi*turn))
    return result
)py";
}

namespace {

/// `def batch(t)`: of networks and fits.
template <class P>
std::string batch_text(const P& problem, int samples) {
  const std::string count = std::to_string(samples);
  if (!problem.batches.empty()) {
    std::vector<std::string> batches;
    for (const std::vector<int>& batch : problem.batches) {
      std::string list;
      for (int i : batch) list += (list.empty() ? "[" : ", ") + std::to_string(i);
      batches.push_back(list + "]");
    }
    return "BATCHES = " + list_text(batches, 4) +
           "\n\n\ndef batch(t):\n    \"\"\"The samples of step t.\"\"\"\n    return BATCHES[t % "
           "len(BATCHES)]\n";
  }
  if (problem.batch_size <= 0 || problem.batch_size >= samples)
    return "\n\ndef batch(t):\n    \"\"\"The samples of step t: all of them.\"\"\"\n    return list(range(" +
           count + "))\n";
  std::string text = R"py(

def batch(t):
    """The samples of step t: each epoch goes through all of them in an order of its own (Fisher and Yates)."""
    size, samples = {size}, {samples}
    per_epoch = (samples + size - 1)//size
    epoch, place = divmod(t, per_epoch)
    order = list(range(samples))
    for i in range(samples - 1, 0, -1):
        j = min(i, int((random_bits({seed}, 4194304 + epoch, i) >> 11)*2.0**-53*(i + 1)))
        order[i], order[j] = order[j], order[i]
    return order[place*size:place*size + size]
)py";
  text = replaced(std::move(text), "{size}", std::to_string(problem.batch_size));
  return replaced(replaced(std::move(text), "{samples}", count), "{seed}", std::to_string(problem.seed));
}

}  // namespace

std::string network_text(const NetworkProblem& problem) {
  const DataSet data = make_dataset(problem.data);
  std::vector<std::string> points, labels, weights;
  const auto inputs = static_cast<size_t>(data.inputs);
  for (size_t i = 0; i < static_cast<size_t>(data.training); ++i) {
    std::string point;
    for (size_t k = 0; k < inputs; ++k) point += (k > 0 ? ", " : "(") + float_text(data.x[inputs * i + k]);
    points.push_back(point + ",)");
    labels.push_back(math::digits_of(data.label[i]));
  }
  for (double w : initial_weights(problem)) weights.push_back(float_text(w));
  const std::string held =
      data.training < data.size() ? "\n# Without the samples that are held out of training." : "";
  return held + "\nPOINTS = " + list_text(points, 4) + "\nLABELS = " + list_text(labels, 4) +
         "\n# Layer by layer: the weights of each unit, then the biases.\nWEIGHTS = " +
         list_text(weights, 4) + "\n" + batch_text(problem, data.training);
}

std::string fit_text(const FitProblem& problem) {
  const std::shared_ptr<const Fit> fit = make_fit(problem);
  std::vector<std::string> x, y;
  for (double v : fit->samples.x) x.push_back(float_text(v));
  for (double v : fit->samples.y) y.push_back(float_text(v));
  const bool scaled = problem.scale == FitScale::standard;
  return std::string(scaled ? "\n# Less their mean, over their standard deviation." : "") +
         "\nXS = " + list_text(x, 4) + "\nYS = " + list_text(y, 4) + "\n" +
         batch_text(problem, static_cast<int>(x.size()));
}

namespace {

/// The loop with what the average of each run's weights comes to, where one keeps it by `ema`: `mean` makes it of row t.
std::string with_averages(std::string loop, const Scenario& s, std::string_view mean) {
  const auto keeps = [](const Run& run) { return run.ema > 0; };
  if (std::none_of(s.runs.begin(), s.runs.end(), keeps)) return loop;
  std::string decays, columns = ",avg_loss,avg_accuracy";
  for (const Run& run : s.runs) decays += (decays.empty() ? "" : ", ") + float_text(run.ema);
  if (is_descent(s))
    columns = std::holds_alternative<FitProblem>(s.problem) ? ",avg_w,avg_b"
              : objective_of(s).weights == 1                ? ",avg_x"
                                                            : ",avg_x,avg_y";
  const std::string printing = "        print(f\"{run},{t},";
  loop = replaced(std::move(loop), printing,
                  std::string(mean) +
                      "        means = \"\".join(f\",{x:.17g}\" if EMA[run] else \",nan\" for x in means)\n" +
                      printing);
  loop = replaced(std::move(loop), "{lr:.17g}\")", "{lr:.17g}{means}\")");
  return "\n\nEMA = [" + decays +
         "]  # what stays of each run's moving average at every step; 0: it keeps none\n" +
         replaced(std::move(loop), ",lr\")", ",lr" + columns + "\")");
}

constexpr std::string_view mean_of_places =
    R"py(        means = average = at if t == 0 else [a + (1 - EMA[run])*(x - a) for a, x in zip(average, at)]
)py";

}  // namespace

std::string program_text(const Scenario& s, const Target& target) {
  std::string problem;
  if (const auto* network = std::get_if<NetworkProblem>(&s.problem))
    problem = network_text(*network) + random_text(s) + target.model(*network);
  else if (const auto* fit = std::get_if<FitProblem>(&s.problem))
    problem = fit_text(*fit) + target.fit_loss(*fit) + random_text(s);
  else if (const auto* curve = std::get_if<CurveProblem>(&s.problem))
    problem = target.formula(formula_of(*curve), target.line_variables) + random_text(s);
  else
    problem = target.formula(formula_of(surface_of(s)), "x, y") + random_text(s);
  return target.head + problem + target.runs +
         (is_descent(s) ? with_averages(target.descent_loop(s), s, mean_of_places)
                        : with_averages(std::string(target.network_loop), s, target.network_mean));
}

/// Muon, Newton's method and L-BFGS are written for torch alone.
Error refused(const Scenario& s, std::string_view target) {
  if (target == "pytorch") return {};
  const Path runs{nullptr, "runs"};
  for (int r = 0; r < static_cast<int>(s.runs.size()); ++r) {
    const Path run{&runs, {}, r};
    const Optimizer& o = optimizers()[s.runs[r].optimizer.row];
    if (o.descents_only)
      return expected(
          {&run, "optimizer"},
          "an optimizer that asks for one gradient a step; --to pytorch takes those that ask for more",
          o.key);
    if (o.networks_only)
      return expected({&run, "optimizer"},
                      "an optimizer of single parameters; --to pytorch takes those of matrices", o.key);
  }
  return {};
}

}  // namespace exporting

Error export_program(const Scenario& scenario, std::string_view target, std::string& out) {
  struct Target {
    std::string_view key;
    std::string (*write)(const Scenario&);
  };
  const Target targets[] = {
      {"pytorch", exporting::pytorch}, {"keras", exporting::keras}, {"optax", exporting::optax}};
  std::vector<std::string_view> known;
  for (const Target& t : targets) {
    known.push_back(t.key);
    if (t.key != target) continue;
    if (Error e = exporting::refused(scenario, target)) return e;
    out = t.write(scenario);
    return {};
  }
  return expected({nullptr, "--to"}, "pytorch, keras or optax", std::string(target));
}

}  // namespace stride
