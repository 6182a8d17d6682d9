#include "core/optimizer.h"

#include <cassert>

#include "core/rules_shared.h"

namespace stride {

namespace {

using Kind = Param::Kind;

Param rate(double fallback) {
  return {.key = "lr",
          .fallback = {fallback},
          .min = 0,
          .open_min = true,
          .log = true,
          .slider_min = 1e-5,
          .slider_max = 10,
          .help = "Learning rate: the length of a step for a gradient of one."};
}

Param fraction(const char* key, double fallback, const char* help) {
  return {.key = key, .fallback = {fallback}, .min = 0, .max = 1, .slider_max = 1, .help = help};
}

Param momentum_param(const char* help) {
  return {.key = "momentum", .fallback = {0}, .min = 0, .slider_max = 0.999, .help = help};
}

Param betas(double first, double second, const char* help) {
  return {.key = "betas",
          .kind = Kind::pair,
          .fallback = {first, second},
          .min = 0,
          .max = 1,
          .open_max = true,
          .slider_max = 0.9999,
          .help = help};
}

constexpr const char* adam_betas =
    "How much of the running averages of the gradient and of its square each step keeps.";

Param eps(double fallback,
          const char* help = "Added to the denominator, so that small gradients are not blown up.") {
  return {.key = "eps",
          .fallback = {fallback},
          .min = 0,
          .log = true,
          .slider_min = 1e-12,
          .slider_max = 1,
          .help = help};
}

Param weight_decay(double fallback, bool decoupled = false) {
  return {.key = "weight_decay",
          .fallback = {fallback},
          .min = 0,
          .slider_max = 1,
          .help = decoupled ? "Shrinks the parameters by this share of the rate each step."
                            : "Pulls towards the origin: this times the parameter is added to the gradient."};
}

Param toggle(const char* key, bool fallback, const char* help) {
  return {
      .key = key, .kind = Kind::toggle, .fallback = {fallback ? 1.0 : 0.0}, .min = 0, .max = 1, .help = help};
}

template <class Kernel>
Optimizer row(const char* key, const char* name, const char* help, const char* source, int state_slots,
              int shared_slots, int momentum_slot, bool in_torch, std::vector<Param> params) {
  return {key,
          name,
          help,
          source,
          std::move(params),
          state_slots,
          shared_slots,
          momentum_slot,
          in_torch,
          &Kernel::template init<double>,
          &Kernel::template step<double>,
          &Kernel::template init<float>,
          &Kernel::template step<float>};
}

using rules::Either;
using rules::Plain;

std::vector<Optimizer> descent() {
  return {
      row<Either<rules::Sgd<false>, rules::Sgd<true>, 4>>(
          "SGD", "SGD", "Gradient descent: a step against the gradient, with momentum if you like.",
          "Polyak 1964; Sutskever et al. 2013 (nesterov)", 1, 0, 1, true,
          {rate(1e-3),
           momentum_param("Share of the last step's velocity that is kept."),
           {.key = "dampening",
            .fallback = {0},
            .slider_max = 1,
            .help = "Share of each new gradient that does not enter the velocity."},
           weight_decay(0),
           toggle("nesterov", false, "Looks ahead along the velocity (needs momentum).")}),
      row<rules::AsgdRun>("ASGD", "Averaged SGD",
                          "Gradient descent with a fading rate; the average of its path is the answer.",
                          "Polyak and Juditsky 1992", 1, 1, -1, true,
                          {rate(1e-2),
                           {.key = "lambd",
                            .fallback = {1e-4},
                            .min = 0,
                            .log = true,
                            .slider_min = 1e-6,
                            .slider_max = 1,
                            .help = "How soon the rate fades, and how much the parameters shrink."},
                           {.key = "alpha",
                            .fallback = {0.75},
                            .min = 0,
                            .slider_max = 2,
                            .help = "Power with which the rate fades."},
                           {.key = "t0",
                            .fallback = {1e6},
                            .min = 0,
                            .log = true,
                            .slider_min = 1,
                            .slider_max = 1e6,
                            .unit = "steps",
                            .help = "Averaging starts after this many steps."},
                           weight_decay(0)}),
      row<Plain<rules::Rprop>>(
          "Rprop", "Rprop", "Looks at the signs only: longer steps while they hold, shorter when they turn.",
          "Riedmiller and Braun 1993", 2, 0, -1, true,
          {rate(1e-2),
           {.key = "etas",
            .kind = Kind::pair,
            .fallback = {0.5, 1.2},
            .min = 0,
            .open_min = true,
            .slider_min = 0.05,
            .slider_max = 3,
            .help = "Factors of the step when the sign turns, and when it holds."},
           {.key = "step_sizes",
            .kind = Kind::pair,
            .fallback = {1e-6, 50},
            .min = 0,
            .log = true,
            .slider_min = 1e-8,
            .slider_max = 100,
            .help = "Shortest and longest step."}}),
      row<Plain<rules::Lion>>(
          "Lion", "Lion", "Steps of one length in the sign of a momentum.",
          "Chen et al. 2023, arXiv 2302.06675, algorithm 2", 1, 0, 1, false,
          {rate(1e-4), betas(0.9, 0.99, "Share of the momentum in the step, and in the momentum."),
           weight_decay(0, true)}),
  };
}

std::vector<Optimizer> adaptive() {
  return {
      row<Plain<rules::Adagrad>>(
          "Adagrad", "Adagrad",
          "Divides the rate by the root of all squared gradients so far: it only slows down.",
          "Duchi, Hazan, Singer 2011", 1, 0, -1, true,
          {rate(1e-2),
           {.key = "lr_decay",
            .fallback = {0},
            .min = 0,
            .slider_max = 1,
            .help = "Fades the rate by 1/(1 + lr_decay t)."},
           weight_decay(0),
           {.key = "initial_accumulator_value",
            .fallback = {0},
            .min = 0,
            .slider_max = 10,
            .help = "Where the sum of squares starts; more makes the first steps shorter."},
           eps(1e-10)}),
      row<Plain<rules::Adadelta>>(
          "Adadelta", "Adadelta", "Scales each step by the size of the steps before: units come out right.",
          "Zeiler 2012, arXiv 1212.5701, algorithm 1", 2, 0, -1, true,
          {rate(1), fraction("rho", 0.9, "How much of the running averages of squares each step keeps."),
           eps(1e-6, "Added under the roots; also how fast the first steps are."), weight_decay(0)}),
      row<Either<rules::RmsProp<false>, rules::RmsProp<true>, 5>>(
          "RMSprop", "RMSprop", "Divides the gradient by the root of a running average of its square.",
          "Tieleman and Hinton 2012; Graves 2013, arXiv 1308.0850, eq. 38-45 (centered)", 3, 0, 4, true,
          {rate(1e-2), fraction("alpha", 0.99, "How much of the average of squares each step keeps."),
           eps(1e-8), weight_decay(0), momentum_param("Share of the last step's velocity that is kept."),
           toggle("centered", false, "Divides by the deviation from the mean instead of the size.")}),
      row<rules::Prodigy>(
          "Prodigy", "Prodigy", "Adam that finds its own rate by estimating how far the solution is.",
          "Mishchenko and Defazio 2023, arXiv 2306.06101, algorithm 4", 4, 5, 1, false,
          {rate(1),
           betas(0.9, 0.999, adam_betas),
           {.key = "beta3",
            .min = 0,
            .max = 1,
            .open_max = true,
            .slider_max = 0.9999,
            .help =
                "How much of the distance's sums each step keeps; left out: the root of the second beta."},
           {.key = "eps",
            .fallback = {1e-8},
            .min = 0,
            .open_min = true,
            .log = true,
            .slider_min = 1e-12,
            .slider_max = 1,
            .help = "Added to the denominator, times the distance."},
           weight_decay(0),
           toggle("decouple", true, "Weight decay as in AdamW."),
           toggle("use_bias_correction", false, "Corrects the averages' start as Adam does."),
           toggle("safeguard_warmup", false,
                  "Keeps the rate out of the distance's denominator, for warm-ups."),
           {.key = "d0",
            .fallback = {1e-6},
            .min = 0,
            .open_min = true,
            .log = true,
            .slider_min = 1e-10,
            .slider_max = 1,
            .help = "First guess of the distance."},
           {.key = "d_coef",
            .fallback = {1},
            .min = 0,
            .open_min = true,
            .log = true,
            .slider_min = 0.01,
            .slider_max = 100,
            .help = "Factor of the estimated distance."},
           {.key = "growth_rate",
            .min = 1,
            .log = true,
            .slider_min = 1,
            .slider_max = 10,
            .help = "The distance grows by this factor a step at the most; left out: freely."}}),
  };
}

std::vector<Param> adam_params(double lr, double decay, bool decoupled) {
  return {rate(lr), betas(0.9, 0.999, adam_betas), eps(1e-8), weight_decay(decay, decoupled)};
}

std::vector<Param> with(std::vector<Param> params, Param last) {
  params.push_back(std::move(last));
  return params;
}

std::vector<Optimizer> adams() {
  const Param amsgrad = toggle("amsgrad", false, "Divides by the largest average of squares so far.");
  return {
      row<Either<rules::Adam<false, false>, rules::Adam<false, true>, 5>>(
          "Adam", "Adam",
          "Momentum divided by the root of the average square: steps of about the rate's length.",
          "Kingma and Ba 2014, arXiv 1412.6980, algorithm 1", 3, 0, 1, true,
          with(adam_params(1e-3, 0, false), amsgrad)),
      row<Either<rules::Adam<true, false>, rules::Adam<true, true>, 5>>(
          "AdamW", "AdamW", "Adam whose weight decay does not pass through the averages.",
          "Loshchilov and Hutter 2017, arXiv 1711.05101, algorithm 2", 3, 0, 1, true,
          with(adam_params(1e-3, 1e-2, true), amsgrad)),
      row<Plain<rules::Adamax>>("Adamax", "Adamax", "Adam that divides by the largest recent gradient.",
                                "Kingma and Ba 2014, arXiv 1412.6980, algorithm 2", 2, 0, 1, true,
                                adam_params(2e-3, 0, false)),
      row<Plain<rules::NAdam>>(
          "NAdam", "NAdam", "Adam that looks ahead along its momentum.", "Dozat 2016, algorithm 2", 2, 0, 1,
          true,
          with(adam_params(2e-3, 0, false),
               {.key = "momentum_decay",
                .fallback = {4e-3},
                .min = 0,
                .slider_max = 0.1,
                .help = "How fast the momentum grows from half to all of the first beta."})),
      row<Plain<rules::RAdam>>(
          "RAdam", "RAdam", "Adam that starts as plain momentum until its averages can be trusted.",
          "Liu et al. 2019, arXiv 1908.03265, algorithm 2", 2, 0, 1, true, adam_params(1e-3, 0, false)),
  };
}

std::vector<Param> averaging(std::vector<Param> first) {
  first.push_back(weight_decay(0));
  first.push_back({.key = "warmup_steps",
                   .kind = Kind::integer,
                   .fallback = {0},
                   .min = 0,
                   .max = 100000,
                   .slider_max = 200,
                   .unit = "steps",
                   .help = "The rate grows in a line over the first steps."});
  first.push_back(
      {.key = "r",
       .fallback = {0},
       .min = 0,
       .max = 100,
       .slider_max = 10,
       .help = "Weights step t of the average by t to this power: more forgets the start sooner."});
  first.push_back({.key = "weight_lr_power",
                   .fallback = {2},
                   .min = 0,
                   .max = 100,
                   .slider_max = 4,
                   .help = "Weights each step of the average by the largest rate so far to this power."});
  return first;
}

std::vector<Optimizer> schedule_free() {
  Param momentum = {.key = "momentum",
                    .fallback = {0.9},
                    .min = 0,
                    .max = 1,
                    .open_min = true,
                    .open_max = true,
                    .slider_min = 0.01,
                    .slider_max = 0.999,
                    .help = "How near to the average the gradient is taken."};
  Param pair =
      betas(0.9, 0.999, "How near to the average the gradient is taken; what the average of squares keeps.");
  pair.open_min = true;
  return {
      row<rules::ScheduleFree<false>>(
          "ScheduleFreeSGD", "Schedule-free SGD",
          "Averages its path instead of lowering the rate; the path shown is where gradients are taken.",
          "Defazio et al. 2024, arXiv 2405.15682, eq. 3-5", 1, 4, -1, false, averaging({rate(1), momentum})),
      row<rules::ScheduleFree<true>>("ScheduleFreeAdamW", "Schedule-free AdamW",
                                     "AdamW that averages its path instead of lowering the rate.",
                                     "Defazio et al. 2024, arXiv 2405.15682, algorithm 1", 2, 4, -1, false,
                                     averaging({rate(2.5e-3), pair, eps(1e-8)})),
  };
}

std::vector<Optimizer> table() {
  std::vector<Optimizer> all;
  for (auto part : {descent, adams, adaptive, schedule_free})
    for (Optimizer& o : part()) all.push_back(std::move(o));
  return all;
}

}  // namespace

std::span<const Optimizer> optimizers() {
  static const std::vector<Optimizer> all = table();
  return all;
}

int find_optimizer(std::string_view key) {
  const std::span<const Optimizer> all = optimizers();
  for (int i = 0; i < static_cast<int>(all.size()); ++i)
    if (key == all[i].key) return i;
  return -1;
}

Hyper hyper_of(const Spec& spec) {
  const std::vector<Param>& params = optimizers()[spec.row].params;
  assert(spec.values.size() == params.size());
  Hyper h;
  int at = 0;
  for (std::size_t i = 0; i < params.size(); ++i) {
    const int places = params[i].kind == Kind::pair ? 2 : 1;
    assert(at + places <= max_hyper);
    for (std::size_t j = 0; j < static_cast<std::size_t>(places); ++j)
      h.values[at++] = j < spec.values[i].size() ? spec.values[i][j] : none;
  }
  return h;
}

}  // namespace stride
