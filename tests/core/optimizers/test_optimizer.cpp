// The update rules: against PyTorch's paths, and Lion, schedule-free and Prodigy against plain restatements
// of their papers.
#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/trajectory.h"
#include "support/spec_json.h"

using namespace stride;
using namespace stride::test;
using nlohmann::json;

namespace {

bool nearly(double a, double b, double tolerance) {
  return std::fabs(a - b) <= tolerance * (1 + std::fabs(b));
}

void compare_path(const json& c, const Trajectory& path) {
  const int stable = c.at("stable_t").get<int>();
  for (const json& row : c.at("rows")) {
    const int t = row[0].get<int>();
    if (t > stable || row[1].is_null() || row[2].is_null()) continue;
    CAPTURE(t);
    REQUIRE(t < path.size());
    const auto i = static_cast<std::size_t>(t);
    CHECK(nearly(path.x[i], row[1].get<double>(), 1e-8));
    CHECK(nearly(path.y[i], row[2].get<double>(), 1e-8));
    if (!row[3].is_null()) CHECK(nearly(path.loss[i], row[3].get<double>(), 1e-6));
  }
  if (c.at("stopped").is_null()) {
    if (stable == c.at("steps").get<int>()) CHECK(path.diverged_at == -1);
  } else if (c["stopped"]["t"].get<int>() <= stable) {
    CHECK(path.diverged_at == c["stopped"]["t"].get<int>());
  }
}

Trajectory run_case(const json& c, const Settings& schedule) {
  const Point start{c["start"][0].get<double>(), c["start"][1].get<double>()};
  const Objective o = objective(c.at("function").get<std::string>().c_str());
  return trajectory(o, start, {}, c.at("steps").get<int>(), optimizer_of(c), schedule);
}

/// A two-coordinate run on the gradient (x, 10 y), driven by hand.
using Path = std::vector<Point>;
Path descend(const Settings& settings, int steps) {
  const Objective o = objective("quad_k10");
  const Trajectory path = trajectory(o, {4, 1.5}, {}, steps, settings, constant());
  Path out;
  for (int t = 0; t < path.size(); ++t) out.push_back({path.x[t], path.y[t]});
  return out;
}

struct Vec {
  double v[2];
  double& operator[](int i) { return v[i]; }
};
Vec gradient(const Vec& p) {
  return {{p.v[0], 10 * p.v[1]}};
}

Path plain_lion(int steps, double lr, double b1, double b2, double decay) {
  Vec p{{4, 1.5}}, m{{0, 0}};
  Path path = {{p[0], p[1]}};
  for (int t = 0; t < steps; ++t) {
    Vec g = gradient(p);
    for (int i = 0; i < 2; ++i) {
      const double c = b1 * m[i] + (1 - b1) * g[i];
      p[i] -= lr * ((c > 0) - (c < 0) + decay * p[i]);
      m[i] = b2 * m[i] + (1 - b2) * g[i];
    }
    path.push_back({p[0], p[1]});
  }
  return path;
}

/// x, y, z kept apart, as the paper writes it.
Path plain_schedule_free(bool adam, int steps, double lr, double beta, double b2, double eps, double decay,
                         int warmup, double r, double power) {
  Vec x{{4, 1.5}}, z = x, y = x, v{{0, 0}};
  Path path = {{y[0], y[1]}};
  double sum = 0, largest = 0;
  for (int t = 1; t <= steps; ++t) {
    Vec g = gradient(y);
    const double now = lr * std::min(1.0, warmup > 0 ? static_cast<double>(t) / warmup : 1);
    largest = std::max(largest, now);
    const double weight = std::pow(t, r) * std::pow(largest, power);
    sum += weight;
    for (int i = 0; i < 2; ++i) {
      double step = g[i];
      if (adam) {
        v[i] = b2 * v[i] + (1 - b2) * g[i] * g[i];
        step = g[i] / (std::sqrt(v[i] / (1 - std::pow(b2, t))) + eps);
      }
      z[i] -= now * step + now * decay * y[i];
      x[i] = (1 - weight / sum) * x[i] + weight / sum * z[i];
      y[i] = (1 - beta) * z[i] + beta * x[i];
    }
    path.push_back({y[0], y[1]});
  }
  return path;
}

/// Algorithm 4 of the paper, with r and s not divided by d0 and (1 - beta3) as it stands there.
Path plain_prodigy(int steps, double lr, double d0, double d_coef, double growth, double decay) {
  const double b1 = 0.9, b2 = 0.999, b3 = std::sqrt(b2), eps = 1e-8;
  Vec p{{4, 1.5}}, start = p, m{{0, 0}}, v{{0, 0}}, s{{0, 0}};
  double d = d0, most = d0, r = 0;
  Path path = {{p[0], p[1]}};
  for (int t = 0; t < steps; ++t) {
    Vec g = gradient(p);
    const double old = d;
    double inner = 0, norm = 0;
    for (int i = 0; i < 2; ++i) {
      m[i] = b1 * m[i] + (1 - b1) * d * g[i];
      v[i] = b2 * v[i] + (1 - b2) * d * d * g[i] * g[i];
      inner += g[i] * (start[i] - p[i]);
      s[i] = b3 * s[i] + (1 - b3) * lr * d * d * g[i];
      norm += std::fabs(s[i]);
    }
    r = b3 * r + (1 - b3) * lr * d * d * inner;
    const double found = d_coef * r / norm;
    if (d == d0) d = std::max(d, found);
    most = std::max(most, found);
    d = std::min(most, d * growth);
    for (int i = 0; i < 2; ++i)
      p[i] -= lr * old * decay * p[i] + lr * old * m[i] / (std::sqrt(v[i]) + d * eps);
    path.push_back({p[0], p[1]});
  }
  return path;
}

void same_path(const Path& a, const Path& b, double tolerance) {
  REQUIRE(a.size() == b.size());
  for (std::size_t t = 0; t < a.size(); ++t) {
    CAPTURE(t);
    REQUIRE(nearly(a[t].x, b[t].x, tolerance));
    REQUIRE(nearly(a[t].y, b[t].y, tolerance));
  }
}

}  // namespace

TEST_CASE("every optimizer follows PyTorch's path") {
  int compared = 0;
  const json data = reference("optimizers_open.json");
  for (const json& c : data["cases"]) {
    if (c.value("variant", "fixed") != "fixed") continue;
    CAPTURE(c.at("id").get<std::string>());
    const Trajectory path = run_case(c, constant());
    compare_path(c, path);
    ++compared;
  }
  CHECK(compared > 200);
}

TEST_CASE("optimizers under schedules follow PyTorch's path, rate and momentum") {
  const json data = reference("combined_open.json");
  for (const json& c : data["cases"]) {
    CAPTURE(c.at("id").get<std::string>());
    const Trajectory path = run_case(c, schedule_settings(c.at("schedule")));
    compare_path(c, path);
    const int upto = std::min(c.at("stable_t").get<int>(), path.size() - 1);
    for (int t = 0; t < upto; ++t) {
      CAPTURE(t);
      CHECK(path.lr[t] == doctest::Approx(c["lr_used"][t].get<double>()).epsilon(1e-12));
      if (c.contains("momentum_used"))
        CHECK(path.momentum[t] == doctest::Approx(c["momentum_used"][t].get<double>()).epsilon(1e-12));
    }
  }
}

TEST_CASE("ASGD's average ends where PyTorch's does") {
  int compared = 0;
  const json data = reference("optimizers_open.json");
  for (const json& c : data["cases"]) {
    if (!c.contains("ax_final") || !c["stopped"].is_null() || c["stable_t"] != c["steps"]) continue;
    CAPTURE(c.at("id").get<std::string>());
    const Settings settings = optimizer_of(c);
    const Optimizer& asgd = optimizers()[settings.row];
    const Objective o = objective(c.at("function").get<std::string>().c_str());
    const Hyper h = hyper_of(settings);
    Clock clock;
    double p[2] = {c["start"][0].get<double>(), c["start"][1].get<double>()}, g[2], state[2] = {},
           shared[1] = {};
    Lanes<double> b{2, 1, p, g, state, shared, h.values, nullptr};
    asgd.init_double(h, clock, b);
    for (int t = 0; t < c["steps"].get<int>(); ++t) {
      double f[3];
      o.gradient(p[0], p[1], f);
      g[0] = f[1];
      g[1] = f[2];
      asgd.step_double(h, clock, b);
    }
    CHECK(nearly(state[0], c["ax_final"][0].get<double>(), 1e-8));
    CHECK(nearly(state[1], c["ax_final"][1].get<double>(), 1e-8));
    ++compared;
  }
  CHECK(compared > 0);
}

TEST_CASE("Lion is the paper's algorithm 2") {
  same_path(descend(optimizer_settings("Lion", {{"lr", 0.03}}), 100), plain_lion(100, 0.03, 0.9, 0.99, 0),
            1e-12);
  same_path(
      descend(optimizer_settings("Lion", {{"lr", 0.02}, {"betas", {0.8, 0.9}}, {"weight_decay", 0.3}}), 100),
      plain_lion(100, 0.02, 0.8, 0.9, 0.3), 1e-12);
}

TEST_CASE("schedule-free descent shows the paper's y") {
  same_path(descend(optimizer_settings("ScheduleFreeSGD", {{"lr", 0.05}}), 200),
            plain_schedule_free(false, 200, 0.05, 0.9, 0, 0, 0, 0, 0, 2), 1e-10);
  same_path(descend(optimizer_settings("ScheduleFreeSGD", {{"lr", 0.05},
                                                           {"momentum", 0.7},
                                                           {"weight_decay", 0.1},
                                                           {"warmup_steps", 20},
                                                           {"r", 1},
                                                           {"weight_lr_power", 1.5}}),
                    200),
            plain_schedule_free(false, 200, 0.05, 0.7, 0, 0, 0.1, 20, 1, 1.5), 1e-10);
  same_path(descend(optimizer_settings("ScheduleFreeAdamW", {{"lr", 0.1}}), 200),
            plain_schedule_free(true, 200, 0.1, 0.9, 0.999, 1e-8, 0, 0, 0, 2), 1e-9);
  same_path(
      descend(
          optimizer_settings(
              "ScheduleFreeAdamW",
              {{"lr", 0.1}, {"betas", {0.8, 0.95}}, {"weight_decay", 0.2}, {"warmup_steps", 10}, {"r", 0.5}}),
          100),
      plain_schedule_free(true, 100, 0.1, 0.8, 0.95, 1e-8, 0.2, 10, 0.5, 2), 1e-9);
}

TEST_CASE("Prodigy is the paper's algorithm 4") {
  same_path(descend(optimizer_settings("Prodigy", json::object()), 60),
            plain_prodigy(60, 1, 1e-6, 1, no_limit, 0), 1e-9);
  same_path(
      descend(optimizer_settings(
                  "Prodigy",
                  {{"lr", 0.5}, {"d0", 1e-3}, {"d_coef", 2}, {"growth_rate", 1.5}, {"weight_decay", 0.1}}),
              60),
      plain_prodigy(60, 0.5, 1e-3, 2, 1.5, 0.1), 1e-9);
}

TEST_CASE("Prodigy finds a rate that brings it near the minimum from any first guess") {
  for (double d0 : {1e-8, 1e-6, 1e-2}) {
    const Path path = descend(optimizer_settings("Prodigy", {{"d0", d0}}), 400);
    CAPTURE(d0);
    CHECK(std::fabs(path.back().x) < 0.5);
    CHECK(std::fabs(path.back().y) < 0.5);
  }
}

TEST_CASE("a rate of zero moves nothing") {
  const Settings still = schedule_settings({{"type", "Points"}, {"points", {{0, 0}}}});
  for (int row = 0; row < static_cast<int>(point_optimizers().size()); ++row) {
    const Optimizer& o = optimizers()[row];
    CAPTURE(o.key);
    if (std::string_view(o.key) == "Rprop") continue;  // its shortest step is step_sizes[0]
    const Trajectory path =
        trajectory(objective("quad_k10"), {4, 1.5}, {}, 5, default_settings(row, o.params), still);
    CHECK(path.x.back() == 4);
    CHECK(path.y.back() == 1.5);
  }
}

TEST_CASE("while the momentum is exactly 0 the velocity waits; it begins undamped") {
  // A plain restatement on one coordinate of curvature 1; the momenta of the steps are given.
  const double momenta[] = {0, 0, 0.5, 0.9, 0, 0, 0.9, 0.5, 0.3, 0};
  const auto descended = [&](const char* type, json hyper, bool in_floats) {
    hyper["lr"] = 0.1;
    const Settings spec = optimizer_settings(type, hyper);
    const Optimizer& o = optimizers()[spec.row];
    Hyper h = hyper_of(spec);
    Clock clock;
    std::vector<double> path;
    double p[1] = {2}, g[1], state[3] = {}, lr = 0.1;
    float fp[8], fg[8], fstate[24] = {}, flr[8];
    std::fill_n(fp, 8, 2.0f);
    std::fill_n(flr, 8, 0.1f);
    Lanes<double> b{1, 1, p, g, state, nullptr, &lr, nullptr};
    Lanes<float> fb{1, 8, fp, fg, fstate, nullptr, flr, nullptr};
    in_floats ? o.init_float(h, clock, fb) : o.init_double(h, clock, b);
    for (const double momentum : momenta) {
      h.values[o.momentum_slot] = momentum;
      g[0] = p[0];
      std::copy_n(fp, 8, fg);
      in_floats ? o.step_float(h, clock, fb) : o.step_double(h, clock, b);
      path.push_back(in_floats ? static_cast<double>(fp[5]) : p[0]);
    }
    return path;
  };
  for (const bool nesterov : {false, true})
    for (const double dampening : {0.0, 0.25}) {
      const json hyper = {{"momentum", 0.5}, {"dampening", dampening}, {"nesterov", nesterov}};
      const std::vector<double> path = descended("SGD", hyper, false), lanes = descended("SGD", hyper, true);
      double p = 2, b = none;
      for (std::size_t t = 0; t < path.size(); ++t) {
        const double mu = momenta[t], g = p;
        double d = g;
        if (mu != 0) {
          b = b != b ? g : mu * b + (1 - dampening) * g;
          d = nesterov ? g + mu * b : b;
        }
        p -= 0.1 * d;
        CHECK(nearly(path[t], p, 1e-14));
        CHECK(nearly(lanes[t], p, 1e-5));
      }
    }
  const std::vector<double> path = descended("RMSprop", json::object(), false);
  const std::vector<double> lanes = descended("RMSprop", json::object(), true);
  double p = 2, b = 0, v = 0;
  for (std::size_t t = 0; t < path.size(); ++t) {
    v = 0.99 * v + 0.01 * p * p;
    double d = p / (std::sqrt(v) + 1e-8);
    if (momenta[t] != 0) d = b = momenta[t] * b + d;
    p -= 0.1 * d;
    CHECK(nearly(path[t], p, 1e-13));
    CHECK(nearly(lanes[t], p, 1e-5));
  }
}

TEST_CASE("one lane and many, float and double, are the same rule") {
  for (int row = 0; row < static_cast<int>(point_optimizers().size()); ++row) {
    const Optimizer& o = optimizers()[row];
    CAPTURE(o.key);
    const Hyper h = hyper_of(default_settings(row, o.params));
    constexpr int n = 150, lanes = 3, steps = 20;
    std::vector<double> one(n), many(n * lanes), g1(n), gm(n * lanes), rates(lanes, 0.01), e1(n),
        em(n * lanes);
    std::vector<float> single(n * lanes), gs(n * lanes), rates_s(lanes, 0.01f);
    std::vector<double> s1(n * o.state_slots), sm(n * lanes * o.state_slots), h1(o.shared_slots),
        hm(o.shared_slots * lanes);
    std::vector<float> ss(sm.size()), hs(hm.size());
    for (int i = 0; i < n; ++i) {
      one[i] = std::sin(i) + 2;
      for (int l = 0; l < lanes; ++l)
        single[i * lanes + l] = static_cast<float>(many[i * lanes + l] = one[i]);
    }
    Lanes<double> b1{n, 1, one.data(), g1.data(), s1.data(), h1.data(), rates.data(), e1.data()};
    Lanes<double> bm{n, lanes, many.data(), gm.data(), sm.data(), hm.data(), rates.data(), em.data()};
    Lanes<float> bs{n, lanes, single.data(), gs.data(), ss.data(), hs.data(), rates_s.data(), nullptr};
    Clock c1, cm, cs;
    o.init_double(h, c1, b1);
    o.init_double(h, cm, bm);
    o.init_float(h, cs, bs);
    for (int t = 0; t < steps; ++t) {
      for (int i = 0; i < n; ++i) g1[i] = one[i] * (1 + i % 3);
      for (int i = 0; i < n * lanes; ++i) gm[i] = many[i] * (1 + i / lanes % 3);
      for (int i = 0; i < n * lanes; ++i) gs[i] = single[i] * static_cast<float>(1 + i / lanes % 3);
      o.step_double(h, c1, b1);
      o.step_double(h, cm, bm);
      o.step_float(h, cs, bs);
    }
    for (int i = 0; i < n; ++i)
      for (int l = 0; l < lanes; ++l) {
        const int at = i * lanes + l;
        REQUIRE(std::memcmp(&one[i], &many[at], sizeof(double)) == 0);
        REQUIRE(std::memcmp(&e1[i], &em[at], sizeof(double)) == 0);
        REQUIRE(nearly(single[at], one[i], 2e-5));
      }
  }
}

TEST_CASE("the effective rate is the step over what was averaged") {
  // Without momentum the step is the effective rate times the gradient.
  for (const auto& one : std::vector<std::pair<const char*, json>>{
           {"SGD", {{"lr", 0.05}}},
           {"Adagrad", {{"lr", 0.5}}},
           {"Adadelta", {{"lr", 1}}},
           {"RMSprop", {{"lr", 0.01}, {"centered", true}}},
           {"Adam", {{"lr", 0.1}, {"betas", {0.0, 0.9}}, {"amsgrad", true}}},
           {"Adamax", {{"lr", 0.1}, {"betas", {0.0, 0.9}}}},
           {"RAdam", {{"lr", 0.01}, {"betas", {0.0, 0.9}}}}}) {
    const char* type = one.first;
    const Trajectory path =
        trajectory(objective("quad_k10"), {4, 1.5}, {}, 30, optimizer_settings(type, one.second), constant());
    CAPTURE(type);
    for (int t = 0; t + 1 < path.size(); ++t) {
      CAPTURE(t);
      CHECK(path.x[t] - path.x[t + 1] == doctest::Approx(path.rate_x[t] * path.grad_x[t]).epsilon(1e-9));
      CHECK(std::fabs(path.y[t] - path.y[t + 1] - path.rate_y[t] * path.grad_y[t]) < 1e-12);
    }
  }
}

TEST_CASE("the table is whole: places, ranges, defaults and help") {
  for (const Optimizer& o : point_optimizers()) {
    CAPTURE(o.key);
    CHECK(std::string_view(o.params[0].key) == "lr");
    CHECK(std::string_view(o.help).size() > 10);
    CHECK(o.momentum_slot < max_hyper);
    for (const Param& p : o.params) {
      CAPTURE(p.key);
      CHECK(std::string_view(p.help).size() > 5);
      CHECK(p.slider_min < p.slider_max);
      if (p.log) CHECK(p.slider_min > 0);
      for (double v : p.fallback) CHECK((p.open_min ? v > p.min : v >= p.min));
      for (double v : p.fallback) CHECK((p.open_max ? v < p.max : v <= p.max));
    }
    if (o.momentum_slot >= 0) {
      int place = 0;
      std::string_view found;
      for (const Param& p : o.params) {
        if (place == o.momentum_slot) found = p.key;
        place += p.kind == Param::Kind::pair ? 2 : 1;
      }
      CHECK((found == "momentum" || found == "betas"));
    }
  }
}
