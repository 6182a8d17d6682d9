// Each preset with the paper or library that it follows.
#include "core/schedules/schedule_presets.h"

#include <algorithm>
#include <string>

#include "core/math/math.h"
#include "core/recording/fit_parts.h"

namespace stride {

namespace {

using fit::make;

/// This part of all steps, a whole number of them and at least one.
int part(int steps, double share) {
  return std::max(1, static_cast<int>(math::floor(share * steps + 0.5)));
}

double whole(int steps, double share) {
  return part(steps, share);
}

Settings formula(const std::string& text) {
  Settings out = make("LambdaLR", {});
  out.formula = text;
  return out;
}

/// From zero in a line over the first tenth of the steps; then `before` max(0, t - its end) `after`, 1 at first.
Settings warmed_up(int steps, const std::string& before, const std::string& after) {
  const std::string w = std::to_string(part(steps, 0.1));
  return formula("min(t/" + w + ", " + before + "max(0, t-" + w + ")" + after + ")");
}

Settings linear(double, int steps) {
  const std::string w = std::to_string(part(steps, 0.1));
  return formula("min(t/" + w + ", max(0, T-t)/(T-" + w + "))");
}

Settings cosine(double, int steps) {
  const std::string w = std::to_string(part(steps, 0.1));
  return warmed_up(steps, "0.5*(1+cos(pi*", "/(T-" + w + ")))");
}

Settings cosine_with_floor(double, int steps) {
  const int w = part(steps, 0.1), length = std::max(1, part(steps, 0.9) - w);
  return warmed_up(steps, "0.1+0.45*(1+cos(pi*min(1, ", "/" + std::to_string(length) + ")))");
}

Settings inverse_root(double, int steps) {
  return make("LambdaLR", {{"lambda", {2}}, {"warmup", {whole(steps, 0.1)}}});
}

Settings chained(std::vector<Settings> parts) {
  Settings out = make("ChainedScheduler", {});
  out.nested = std::move(parts);
  return out;
}

Settings falling_restarts(double, int steps) {
  const double cycle = whole(steps, 0.25);
  return chained({make("CosineAnnealingWarmRestarts", {{"T_0", {cycle}}, {"T_mult", {1}}}),
                  make("StepLR", {{"step_size", {cycle}}, {"gamma", {0.5}}})});
}

Settings growing_restarts(double, int steps) {
  return make("CosineAnnealingWarmRestarts", {{"T_0", {whole(steps, 1.0 / 7)}}, {"T_mult", {2}}});
}

Settings one_cycle(double lr, int) {
  return make("OneCycleLR", {{"max_lr", {lr}}});
}

Settings triangles(double lr, int steps) {
  return make("CyclicLR", {{"base_lr", {lr / 6}},
                           {"max_lr", {lr}},
                           {"step_size_up", {whole(steps, 0.125)}},
                           {"cycle_momentum", {0}}});
}

Settings stable_then_decay(int steps, double shape) {
  const double warmup = whole(steps, 0.05), decay = whole(steps, 0.2);
  return make("WSD", {{"warmup", {warmup}},
                      {"stable", {std::max(0.0, steps - warmup - decay)}},
                      {"decay", {decay}},
                      {"shape", {shape}}});
}

Settings wsd(double, int steps) {
  return stable_then_decay(steps, 0);
}

Settings cooldown(double, int steps) {
  return stable_then_decay(steps, 2);
}

Settings residual(double, int steps) {
  return make("MultiStepLR", {{"milestones", {whole(steps, 0.5), whole(steps, 0.75)}}, {"gamma", {0.1}}});
}

Settings one_hour(double, int steps) {
  return chained(
      {make("LinearLR",
            {{"start_factor", {1.0 / 32}}, {"end_factor", {1}}, {"total_iters", {whole(steps, 5.0 / 90)}}}),
       make("MultiStepLR",
            {{"milestones", {whole(steps, 1.0 / 3), whole(steps, 2.0 / 3), whole(steps, 8.0 / 9)}},
             {"gamma", {0.1}}})});
}

Settings poly(double, int steps) {
  return make("PolynomialLR", {{"total_iters", {static_cast<double>(steps)}}, {"power", {0.9}}});
}

constexpr SchedulePreset presets[] = {
    {"Linear with warm-up (BERT)",
     "Devlin et al. 2018, arXiv 1810.04805, appendix A.2; get_linear_schedule_with_warmup of transformers",
     linear},
    {"Cosine with warm-up", "get_cosine_schedule_with_warmup of transformers", cosine},
    {"Cosine with warm-up to a floor (Chinchilla)",
     "Hoffmann et al. 2022, arXiv 2203.15556, section 3.1: to a tenth", cosine_with_floor},
    {"Inverse square root (Transformer)",
     "Vaswani et al. 2017, arXiv 1706.03762, eq. 3, with the peak at the rate", inverse_root},
    {"Restarts with falling peaks",
     "Loshchilov and Hutter 2016, arXiv 1608.03983, each peak half of the one before", falling_restarts},
    {"Restarts twice as long (SGDR)", "Loshchilov and Hutter 2016, arXiv 1608.03983, T_mult = 2",
     growing_restarts},
    {"One cycle (super-convergence)", "Smith and Topin 2017, arXiv 1708.07120", one_cycle},
    {"Triangles (CLR)", "Smith 2015, arXiv 1506.01186, four cycles from a sixth of the rate", triangles},
    {"Warm-up, stable, decay (MiniCPM)", "Hu et al. 2024, arXiv 2404.06395, section 4", wsd},
    {"Constant, then 1 − √ (cooldown)", "Hägele et al. 2024, arXiv 2405.18392, section 3", cooldown},
    {"Step decay (ResNet)", "He et al. 2015, arXiv 1512.03385, section 4.2: a tenth at 1/2 and at 3/4",
     residual},
    {"Warm-up and steps (ImageNet in an hour)",
     "Goyal et al. 2017, arXiv 1706.02677, section 5.1: 5 of 90 epochs, a tenth at 30, 60 and 80", one_hour},
    {"Polynomial 0.9 (DeepLab)", "Chen et al. 2016, arXiv 1606.00915, section 4.1", poly},
};

}  // namespace

std::span<const SchedulePreset> schedule_presets() {
  return presets;
}

}  // namespace stride
