// The table of schedules: what each is, and its parameters.
#include "core/rate_param.h"
#include "core/schedules/schedule_forms.h"

namespace stride {

namespace {

using Kind = Param::Kind;
namespace forms = schedule_forms;

constexpr Param count(const char* key, Few<double, 8> fallback, int least, double slider_max,
                      const char* help, const char* after = "") {
  return {.key = key,
          .kind = Kind::integer,
          .fallback = fallback,
          .min = static_cast<double>(least),
          .max = 1e6,
          .slider_min = static_cast<double>(least),
          .slider_max = slider_max,
          .unit = "steps",
          .help = help,
          .after = after};
}

/// A factor of the rate between 0 and 1.
constexpr Param share(const char* key, double fallback, const char* help) {
  return {.key = key, .fallback = {fallback}, .min = 0, .max = 1, .slider_max = 1, .help = help};
}

constexpr Param decay(const char* key, double fallback, double slider_min, const char* help) {
  return {
      .key = key, .fallback = {fallback}, .min = 0, .open_min = true, .slider_min = slider_min, .help = help};
}

constexpr Param above_zero(Param p) {
  p.open_min = true, p.slider_min = 0.001;
  return p;
}

constexpr Param with_zero(Param p) {
  p.open_min = false;
  return p;
}

constexpr Param lowest(const char* key, const char* help) {
  return {.key = key, .fallback = {0}, .min = 0, .help = help};
}

constexpr Param momentum(const char* key, double fallback, const char* help) {
  Param p = share(key, fallback, help);
  p.open_max = true;
  p.slider_max = 0.999;
  return p;
}

constexpr Param toggle(const char* key, bool fallback, const char* help) {
  return {
      .key = key, .kind = Kind::toggle, .fallback = {fallback ? 1.0 : 0.0}, .min = 0, .max = 1, .help = help};
}

constexpr Param choice(const char* key, Few<const char*, 4> choices, const char* help) {
  const auto last = static_cast<double>(choices.size() - 1);
  return {.key = key,
          .kind = Kind::choice,
          .fallback = {0},
          .min = 0,
          .max = last,
          .help = help,
          .choices = choices};
}

constexpr Param or_formula(Param p) {
  p.takes_formula = true;
  return p;
}

constexpr const char* cycle_help = "Moves the momentum (betas[0] of the Adam family) against the rate.";

std::span<const Schedule> warmups() {
  static constexpr Schedule rows[] = {
      {"constant", "Constant", "The same rate at every step.", "none", {}, true, false, forms::constant},
      {"ConstantLR",
       "Constant factor",
       "A part of the rate for the first steps, then all of it.",
       "torch.optim.lr_scheduler.ConstantLR",
       {share("factor", 1.0 / 3, "Factor of the first steps."),
        count("total_iters", {5}, 1, 200, "How many steps have the factor.")},
       true,
       false,
       forms::constant_lr},
      {"LinearLR",
       "Linear",
       "Along a line from one factor to another, then constant: the usual warm-up.",
       "torch.optim.lr_scheduler.LinearLR; Goyal et al. 2017, arXiv 1706.02677, section 2.2",
       {above_zero(share("start_factor", 1.0 / 3, "Factor at step 0.")),
        share("end_factor", 1, "Factor from total_iters on."),
        count("total_iters", {5}, 1, 200, "Steps that the line takes.")},
       true,
       false,
       forms::linear_lr},
  };
  return rows;
}

std::span<const Schedule> decays() {
  static constexpr Schedule rows[] = {
      {"PolynomialLR",
       "Polynomial",
       "Falls to zero as a power of the steps that are left.",
       "torch.optim.lr_scheduler.PolynomialLR",
       {count("total_iters", {5}, 1, 200, "Steps until the rate is zero."),
        {.key = "power",
         .fallback = {1},
         .min = 0,
         .max = 100,
         .slider_max = 5,
         .help = "1 is a line; more falls sooner."}},
       true,
       false,
       forms::polynomial_lr},
      {"StepLR",
       "Step decay",
       "Multiplies the rate by gamma every step_size steps.",
       "torch.optim.lr_scheduler.StepLR",
       {count("step_size", {30}, 1, 200, "Steps between two drops."),
        decay("gamma", 0.1, 0.01, "Factor of each drop.")},
       true,
       false,
       forms::step_lr},
      {"MultiStepLR",
       "Milestones",
       "Multiplies the rate by gamma at each milestone.",
       "torch.optim.lr_scheduler.MultiStepLR",
       {{.key = "milestones",
         .kind = Kind::integers,
         .fallback = {60, 120},
         .min = 0,
         .max = 1e6,
         .slider_max = 200,
         .unit = "steps",
         .help = "Steps at which the rate drops.",
         .sorts = true},
        decay("gamma", 0.1, 0.01, "Factor of each drop.")},
       true,
       false,
       forms::multi_step_lr},
      {"ExponentialLR",
       "Exponential",
       "Multiplies the rate by gamma at every step.",
       "torch.optim.lr_scheduler.ExponentialLR",
       {decay("gamma", 0.95, 0.8, "Factor of each step.")},
       true,
       false,
       forms::exponential_lr},
      {"MultiplicativeLR",
       "Multiplicative",
       "Multiplies the rate by a constant factor at every step.",
       "torch.optim.lr_scheduler.MultiplicativeLR",
       {decay("factor", 0.95, 0.8, "Factor of each step.")},
       true,
       false,
       forms::exponential_lr},
      {"LambdaLR",
       "Formula",
       "A factor computed from the step: inverse time, inverse square root with warm-up, the "
       "Transformer's, or a formula of your own.",
       "torch.optim.lr_scheduler.LambdaLR; noam: Vaswani et al. 2017, arXiv 1706.03762, eq. 3",
       {or_formula(choice("lambda", {"inverse_time", "inverse_time_staircase", "inverse_sqrt_warmup", "noam"},
                          "The formula; or one of your own, of the step t and the number of steps T.")),
        {.key = "k",
         .fallback = {0.1},
         .min = 0,
         .log = true,
         .slider_min = 1e-4,
         .slider_max = 10,
         .unit = "1/step",
         .help = "inverse_time: how fast the rate falls, as 1/(1 + k t)."},
        count("every", {10}, 1, 200, "inverse_time_staircase: steps between two drops."),
        count("warmup", {20}, 1, 200, "inverse_sqrt_warmup, noam: steps until the rate is highest."),
        {.key = "d_model",
         .kind = Kind::integer,
         .fallback = {512},
         .min = 1,
         .max = 1e6,
         .log = true,
         .slider_min = 1,
         .slider_max = 4096,
         .help = "noam: width of the model, whose inverse square root is a factor."}},
       true,
       false,
       forms::lambda_lr},
  };
  return rows;
}

constexpr Params cyclic_params() {
  return {
      with_zero(rate_param("base_lr", 1e-3, "Lowest rate of a cycle.")),
      rate_param("max_lr", 0.1, "Highest rate of a cycle.", 1e-5, 100),
      count("step_size_up", {2000}, 1, 200, "Steps from base_lr to max_lr."),
      count("step_size_down", {}, 1, 200, "Steps back to base_lr; left out: as many as up.", "step_size_up"),
      choice("mode", {"triangular", "triangular2", "exp_range", "annealing"},
             "Triangles of one height, halving, or shrinking by gamma; or a cosine that falls and restarts."),
      decay("gamma", 1, 0.9, "exp_range: factor of the height at each step."),
      toggle("cycle_momentum", true, cycle_help),
      momentum("base_momentum", 0.8, "Momentum where the rate is highest."),
      momentum("max_momentum", 0.9, "Momentum where the rate is lowest.")};
}

constexpr Params one_cycle_params() {
  return {rate_param("max_lr", 0.1, "Highest rate of the cycle."),
          count("total_steps", {}, 1, 500, "Length of the cycle; left out: all steps."),
          share("pct_start", 0.3, "Share of the steps that rise."),
          choice("anneal_strategy", {"cos", "linear"}, "Shape of the rise and the fall."),
          {.key = "div_factor",
           .fallback = {25},
           .min = 0,
           .open_min = true,
           .log = true,
           .slider_min = 1,
           .slider_max = 1000,
           .help = "The first rate is max_lr / div_factor."},
          {.key = "final_div_factor",
           .fallback = {1e4},
           .min = 0,
           .open_min = true,
           .log = true,
           .slider_min = 1,
           .slider_max = 1e6,
           .help = "The last rate is the first / final_div_factor."},
          toggle("three_phase", false, "Falls back to the first rate before it vanishes."),
          toggle("cycle_momentum", true, cycle_help),
          momentum("base_momentum", 0.85, "Momentum where the rate is highest."),
          momentum("max_momentum", 0.95, "Momentum where the rate is lowest.")};
}

std::span<const Schedule> cycles() {
  static constexpr Schedule rows[] = {
      {"CosineAnnealingLR",
       "Cosine",
       "Falls along half a cosine; past T_max it rises again.",
       "torch.optim.lr_scheduler.CosineAnnealingLR; Loshchilov and Hutter 2016, arXiv 1608.03983, eq. 5",
       {count("T_max", {}, 1, 500, "Steps of the fall; left out: all steps."),
        lowest("eta_min", "Lowest rate.")},
       true,
       false,
       forms::cosine_annealing_lr},
      {"CosineAnnealingWarmRestarts",
       "Cosine with restarts",
       "Falls along half a cosine and starts again at the full rate, each time for T_mult times as long.",
       "torch.optim.lr_scheduler.CosineAnnealingWarmRestarts; arXiv 1608.03983, eq. 5",
       {count("T_0", {50}, 1, 200, "Steps until the first restart."),
        {.key = "T_mult",
         .kind = Kind::integer,
         .fallback = {1},
         .min = 1,
         .max = 1000,
         .slider_min = 1,
         .slider_max = 4,
         .help = "Factor of the length after each restart."},
        lowest("eta_min", "Lowest rate.")},
       true,
       false,
       forms::cosine_warm_restarts},
      {"CyclicLR", "Cyclic", "Up and down between two rates; the optimizer's own rate is not used.",
       "torch.optim.lr_scheduler.CyclicLR; Smith 2015, arXiv 1506.01186", cyclic_params(), true, true,
       forms::cyclic_lr},
      {"OneCycleLR", "One cycle",
       "One rise to a high rate and one long fall; the optimizer's own rate is not used.",
       "torch.optim.lr_scheduler.OneCycleLR; Smith and Topin 2017, arXiv 1708.07120", one_cycle_params(),
       true, true, forms::one_cycle_lr},
      {"WSD",
       "Warm-up, stable, decay",
       "Warms up, stays, and falls at the end: the end can be put off.",
       "Hu et al. 2024, arXiv 2404.06395, eq. 1",
       {count("warmup", {10}, 0, 200, "Steps of the rise."),
        count("stable", {140}, 0, 500, "Steps at the full rate.", "warmup"),
        count("decay", {50}, 1, 200, "Steps of the fall.", "stable"),
        share("min_factor", 0, "Factor after the fall."),
        choice("shape", {"linear", "cosine", "sqrt"},
               "Shape of the fall: a line, half a cosine, or 1 - sqrt.")},
       false,
       false,
       forms::wsd},
  };
  return rows;
}

std::span<const Schedule> others() {
  static constexpr Schedule rows[] = {
      {"ReduceLROnPlateau",
       "Reduce on plateau",
       "Lowers the rate when the loss has not improved for a while.",
       "torch.optim.lr_scheduler.ReduceLROnPlateau",
       {{.key = "factor",
         .fallback = {0.1},
         .min = 0,
         .max = 1,
         .open_max = true,
         .slider_min = 0.01,
         .slider_max = 0.99,
         .help = "Factor of each drop."},
        count("patience", {10}, 0, 100, "Steps without improvement that are borne."),
        {.key = "threshold",
         .fallback = {1e-4},
         .min = 0,
         .log = true,
         .slider_min = 1e-8,
         .slider_max = 1,
         .help = "An improvement smaller than this does not count."},
        choice("threshold_mode", {"rel", "abs"},
               "Whether the threshold is a share of the best loss or a difference."),
        count("cooldown", {0}, 0, 100, "Steps after a drop in which nothing is counted."),
        lowest("min_lr", "Lowest rate."),
        {.key = "eps",
         .fallback = {1e-8},
         .min = 0,
         .log = true,
         .slider_min = 1e-12,
         .slider_max = 0.1,
         .help = "A drop smaller than this is not made."}},
       true,
       false,
       nullptr},
      {"SequentialLR",
       "One after the other",
       "Schedules that take over from each other at milestones, each with its own clock.",
       "torch.optim.lr_scheduler.SequentialLR",
       {{.key = "schedulers",
         .kind = Kind::schedules,
         .help = "The schedules, in order. MultiplicativeLR goes on from the rate before it; PyTorch's "
                 "cycles change the rate of the others too."},
        {.key = "milestones",
         .kind = Kind::integers,
         .min = 0,
         .max = 1e6,
         .slider_max = 200,
         .unit = "steps",
         .help = "Steps at which the next schedule takes over; one fewer than schedules."}},
       true,
       false,
       nullptr},
      {"ChainedScheduler",
       "All at once",
       "The product of the factors of several schedules.",
       "torch.optim.lr_scheduler.ChainedScheduler",
       {{.key = "schedulers",
         .kind = Kind::schedules,
         .help = "The schedules whose factors are multiplied. PyTorch's chain differs where one is more than "
                 "a factor: a cosine with a lowest rate, a formula, a cycle."}},
       true,
       false,
       nullptr},
      {"Points",
       "Drawn curve",
       "The curve that you draw: factors of the rate at chosen steps.",
       "Stride",
       {{.key = "points",
         .kind = Kind::points,
         .fallback = {0, 0.1, 20, 1, 100, 1, 200, 0.01},
         .min = 0,
         .slider_max = 1,
         .help = "Steps and the factors there."},
        choice("interpolation", {"linear", "step", "cosine"}, "How the curve runs between two points.")},
       false,
       false,
       forms::points},
  };
  return rows;
}

std::vector<Schedule> table() {
  std::vector<Schedule> all;
  for (auto part : {warmups, decays, cycles, others})
    for (const Schedule& s : part()) all.push_back(s);
  return all;
}

}  // namespace

std::span<const Schedule> schedules() {
  static const std::vector<Schedule> all = table();
  return all;
}

int find_schedule(std::string_view key) {
  const std::span<const Schedule> all = schedules();
  for (int i = 0; i < static_cast<int>(all.size()); ++i)
    if (key == all[i].key) return i;
  return -1;
}

}  // namespace stride
