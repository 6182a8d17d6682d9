// Landscape and sharpness of trainings against what can be computed by hand.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "core/networks/network_study.h"

using namespace stride;

namespace {

NetworkRun run_of(const char* optimizer, double lr, std::vector<int> layers) {
  NetworkRun run;
  run.problem.layers = std::move(layers);
  run.problem.data.samples = 40;
  run.steps = 30;
  const int row = find_optimizer(optimizer);
  run.optimizer = default_settings(row, optimizers()[row].params);
  run.optimizer.values[0] = {lr};
  run.schedule = default_settings(0, schedules()[0].params);
  return run;
}

Settings study_of(const char* key) {
  const int row = find_network_study(key);
  REQUIRE(row >= 0);
  return default_settings(row, network_studies()[row].params);
}

void set(Settings& study, const char* key, double value) {
  study.values[find_param(network_studies()[study.row].params, key)] = {value};
}

std::vector<double> rows_of(const NetworkRun& run, const Settings& study) {
  return network_studies()[study.row].rows(run, study);
}

using Matrix = std::vector<std::vector<double>>;

/// All eigenvalues of a symmetric matrix, from the smallest (Jacobi 1846: rotate away the elements beside the
/// diagonal).
std::vector<double> eigenvalues_of(Matrix m) {
  const std::size_t n = m.size();
  for (int sweep = 0; sweep < 30; ++sweep)
    for (std::size_t p = 0; p < n; ++p)
      for (std::size_t q = p + 1; q < n; ++q) {
        if (m[p][q] == 0) continue;
        const double theta = (m[q][q] - m[p][p]) / (2 * m[p][q]);
        const double t = (theta < 0 ? -1 : 1) / (std::fabs(theta) + std::sqrt(theta * theta + 1));
        const double c = 1 / std::sqrt(t * t + 1), s = t * c;
        for (std::size_t k = 0; k < n; ++k) {
          const double a = m[k][p], b = m[k][q];
          m[k][p] = c * a - s * b;
          m[k][q] = s * a + c * b;
        }
        for (std::size_t k = 0; k < n; ++k) {
          const double a = m[p][k], b = m[q][k];
          m[p][k] = c * a - s * b;
          m[q][k] = s * a + c * b;
        }
      }
  std::vector<double> out;
  for (std::size_t i = 0; i < n; ++i) out.push_back(m[i][i]);
  std::sort(out.begin(), out.end());
  return out;
}

std::vector<double> gradient_at(const NetworkProblem& problem, const std::vector<double>& weights) {
  std::vector<double> gradient(weights.size());
  network_loss(problem, make_dataset(problem.data), weights, {}, gradient);
  return gradient;
}

/// The Hessian by central differences of the exact gradient, of fourth order.
Matrix differences(const NetworkProblem& problem, const std::vector<double>& at) {
  constexpr double h = 1e-3;
  Matrix out;
  for (std::size_t i = 0; i < at.size(); ++i) {
    const auto moved = [&](double by) {
      std::vector<double> weights = at;
      weights[i] += by;
      return gradient_at(problem, weights);
    };
    const std::vector<double> a = moved(-2 * h), b = moved(-h), c = moved(h), d = moved(2 * h);
    out.emplace_back();
    for (std::size_t j = 0; j < at.size(); ++j)
      out.back().push_back((8 * (c[j] - b[j]) - (d[j] - a[j])) / (12 * h));
  }
  for (std::size_t i = 0; i < at.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) out[i][j] = out[j][i] = 0.5 * (out[i][j] + out[j][i]);
  return out;
}

std::vector<double> weights_at(NetworkRun run, int step) {
  run.steps = step;
  return step > 0 ? train(run.problem, run.steps, run.optimizer, run.schedule).weights
                  : initial_weights(run.problem);
}

Settings close_study() {
  Settings study = study_of("sharpness");
  set(study, "every", 10);
  set(study, "tolerance", 1e-13);
  set(study, "iterations", 10000);
  return study;
}

}  // namespace

TEST_CASE("sharpness: the largest eigenvalue of the Hessian by differences of gradients, along a training") {
  const struct {
    std::vector<int> layers;
    Activation activation;
    Init init;
    double decay;
    std::vector<double> weights = {};
  } table[] = {{{2, 1}, Activation::tanh, Init::xavier, 0},
               {{2, 4, 1}, Activation::tanh, Init::xavier, 0},
               {{2, 4, 1}, Activation::sigmoid, Init::xavier, 0.01},
               {{2, 3, 2, 1}, Activation::tanh, Init::kaiming, 0},
               {{2, 3, 2}, Activation::tanh, Init::zeros, 0},
               {{2, 1, 1}, Activation::tanh, Init::weights, 0, {0.5, 0.5, 0.5, 2, 10}}};
  int downwards = 0;  // where what curves most curves downwards
  for (const auto& c : table) {
    NetworkRun run = run_of("SGD", 0.5, c.layers);
    run.problem.activation = c.activation;
    run.problem.init = c.init;
    run.problem.weights = c.weights;
    run.optimizer.values[find_param(optimizers()[run.optimizer.row].params, "momentum")] = {0.5};
    run.optimizer.values[find_param(optimizers()[run.optimizer.row].params, "weight_decay")] = {c.decay};
    const std::vector<double> rows = rows_of(run, close_study());
    REQUIRE(rows.size() == 3 * 4);
    for (std::size_t row = 0; row < 3; ++row) {
      CAPTURE(row);
      const int step = 10 * static_cast<int>(row);
      const std::vector<double> all = eigenvalues_of(differences(run.problem, weights_at(run, step)));
      downwards += -all.front() > all.back();
      const double* got = rows.data() + 4 * row;
      CHECK(got[0] == step);
      CHECK(got[1] == 0.5);
      CHECK(got[2] == doctest::Approx(all.back()).epsilon(1e-6));
      CHECK(got[3] == doctest::Approx(2 * 1.5 / (all.back() + c.decay)).epsilon(1e-6));
    }
  }
  CHECK(downwards > 0);
}

TEST_CASE("sharpness: of adaptive rules that of the preconditioned Hessian, and the rate that they bear") {
  const struct {
    const char* optimizer;
    double size, eps;  ///< the first step's preconditioner is size |g| + eps
    double limit;      ///< of rate times eigenvalue
  } table[] = {{"Adam", 0.1, 1e-9, 2 * 1.9 / 0.1},
               {"AdamW", 0.1, 1e-9, 2 * 1.9 / 0.1},
               {"RMSprop", 0.1, 1e-8, 2},
               {"Adagrad", 1, 1e-10, 2}};
  for (const auto& c : table) {
    CAPTURE(std::string(c.optimizer));
    const NetworkRun run = run_of(c.optimizer, 0.05, {2, 3, 1});
    const std::vector<double> at = initial_weights(run.problem), gradient = gradient_at(run.problem, at);
    Matrix h = differences(run.problem, at);
    const auto root = [&](std::size_t i) { return std::sqrt(c.size * std::fabs(gradient[i]) + c.eps); };
    for (std::size_t i = 0; i < at.size(); ++i)
      for (std::size_t j = 0; j < at.size(); ++j) h[i][j] /= root(i) * root(j);
    const double expected = eigenvalues_of(h).back();
    const std::vector<double> rows = rows_of(run, close_study());
    CHECK(rows[2] == doctest::Approx(expected).epsilon(1e-6));
    CHECK(rows[3] == doctest::Approx(c.limit / expected).epsilon(1e-6));
  }
}

TEST_CASE("sharpness: momentum of RMSprop counts; a step with a length of its own has no limit") {
  NetworkRun run = run_of("RMSprop", 0.01, {2, 3, 1});
  run.optimizer.values[find_param(optimizers()[run.optimizer.row].params, "momentum")] = {0.8};
  const std::vector<double> rows = rows_of(run, close_study());
  CHECK(rows[3] == doctest::Approx(2 * 1.8 / rows[2]).epsilon(1e-12));
  for (const char* optimizer : {"Lion", "Rprop", "Muon", "ScheduleFreeSGD", "ScheduleFreeAdamW", "Custom"}) {
    CAPTURE(std::string(optimizer));
    const std::vector<double> other = rows_of(run_of(optimizer, 0.001, {2, 3, 1}), close_study());
    CHECK(other[2] > 0);
    CHECK(std::isnan(other[3]));
  }
}

TEST_CASE("map: a pixel is the run that has its two numbers") {
  NetworkRun run = run_of("SGD", 0.1, {2, 4, 1});
  run.problem.batch_size = 7;
  const int row = find_study("map");
  const auto& params = studies()[row].params;
  Settings map = default_settings(row, params);
  for (const auto& [key, value] : {std::pair("size", 3.0),
                                   {"x_axis", 0.0},
                                   {"y_axis", 1.0},
                                   {"x_min", 0.01},
                                   {"x_max", 1e9},
                                   {"y_min", 1.0},
                                   {"y_max", 40.0}})
    map.values[find_param(params, key)] = {value};
  const StudyProblem outline = outline_of(run);
  const MapView view = map_view(outline, map);
  CHECK(view.x.key == "lr");
  CHECK(view.y.key == "batch_size");
  CHECK(axis_value(outline, view.y) == 7);
  const std::vector<float> rows = training_study(run, map);
  REQUIRE(rows.size() == 2 * 9);
  bool diverged = false, ended = false;
  for (int pixel = 0; pixel < 9; ++pixel) {
    const Point at = map_point(view, pixel % 3, pixel / 3);
    NetworkRun one = run;
    one.optimizer.values[0] = {at.x};
    one.problem.batch_size = static_cast<int>(at.y);
    const Training training = train(one.problem, one.steps, one.optimizer, one.schedule, Precision::single);
    const bool lost = training.diverged_at >= 0;
    CAPTURE(pixel);
    CHECK(rows[2 * pixel + 1] == (lost ? basin_diverged : basin_none));
    CHECK(rows[2 * pixel] == (lost ? INFINITY : static_cast<float>(training.loss.back())));
    (lost ? diverged : ended) = true;
  }
  CHECK(diverged);
  CHECK(ended);
  CHECK(rows_of_trainings(run, map, 4, 6) == std::vector(rows.begin() + 8, rows.begin() + 12));
}

TEST_CASE("map: what a training has to be varied") {
  NetworkRun run = run_of("Adam", 0.1, {2, 4, 1});
  const auto keys = [&] {
    std::string all;
    for (const MapAxis& axis : map_axes(outline_of(run))) all += axis.key + " ";
    return all;
  };
  CHECK(keys().starts_with("lr batch_size optimizer.betas[0] "));
  CHECK(axis_value(outline_of(run), map_axes(outline_of(run))[1]) == 40);  // the full batch
  run.problem.batches = {{0, 1}, {2}};
  CHECK(keys().starts_with("lr optimizer.betas[0] "));
}

TEST_CASE("landscape: the centre has the training's own loss, and the path ends there") {
  for (const double directions : {0.0, 1.0}) {
    const NetworkRun run = run_of("Adam", 0.05, {2, 4, 1});
    const Training training = train(run.problem, run.steps, run.optimizer, run.schedule);
    Settings study = study_of("landscape");
    set(study, "directions", directions);
    set(study, "size", 5);
    set(study, "reach", 0.5);
    const std::vector<double> rows = rows_of(run, study), path = landscape_path(run, study);
    REQUIRE(rows.size() == 25 * 3);
    CHECK(rows[0] == -0.5);
    CHECK(rows[1] == 0.5);
    CHECK(rows[12 * 3] == 0);
    CHECK(rows[12 * 3 + 1] == 0);
    CHECK(rows[12 * 3 + 2] == training.loss.back());
    CHECK(rows[11 * 3 + 2] != rows[13 * 3 + 2]);
    REQUIRE(path.size() == 31 * 4);
    CHECK(path[30 * 4] == 30);
    CHECK(path[30 * 4 + 1] == 0);
    CHECK(path[30 * 4 + 2] == 0);
    for (std::size_t t = 0; t < 31; ++t) CHECK(path[t * 4 + 3] == training.loss[t]);
    // Around the weights of another step.
    set(study, "step", 0);
    CHECK(rows_of(run, study)[12 * 3 + 2] == training.loss[0]);
  }
}

TEST_CASE("landscape: in single precision the same picture") {
  const NetworkRun run = run_of("Adam", 0.05, {2, 4, 1});
  Settings study = study_of("landscape");
  set(study, "size", 7);
  const std::vector<double> exact = rows_of(run, study), fast = landscape_rows(run, study, Precision::single);
  REQUIRE(fast.size() == exact.size());
  for (std::size_t i = 0; i < exact.size(); ++i) CHECK(fast[i] == doctest::Approx(exact[i]).epsilon(1e-5));
}

TEST_CASE("landscape: principal directions show as much of the path as two directions can") {
  const NetworkRun run = run_of("SGD", 0.2, {2, 1});  // three weights
  Settings study = study_of("landscape");
  set(study, "directions", 1);
  set(study, "size", 3);
  const std::vector<double> path = landscape_path(run, study), rows = rows_of(run, study);
  // What a plane shows of the rows' lengths is at most the two largest eigenvalues of their products.
  Matrix products;
  double shown = 0;
  for (int t = 0; t <= run.steps; ++t) {
    const std::vector<double> from = weights_at(run, t), centre = weights_at(run, run.steps);
    products.emplace_back();
    for (int u = 0; u <= run.steps; ++u) {
      const std::vector<double> other = weights_at(run, u);
      double product = 0;
      for (std::size_t i = 0; i < 3; ++i) product += (from[i] - centre[i]) * (other[i] - centre[i]);
      products.back().push_back(product);
    }
    const double* row = path.data() + 4 * static_cast<std::size_t>(t);
    shown += row[1] * row[1] + row[2] * row[2];
  }
  const std::vector<double> all = eigenvalues_of(products);
  CHECK(shown == doctest::Approx(all[all.size() - 1] + all[all.size() - 2]).epsilon(1e-9));
  CHECK(path[1] > 0);
  // The picture holds the path.
  for (std::size_t t = 0; t * 4 < path.size(); ++t) {
    CHECK((path[t * 4 + 1] > rows[0] && path[t * 4 + 1] < rows[rows.size() - 3]));
    CHECK((path[t * 4 + 2] < rows[1] && path[t * 4 + 2] > rows[rows.size() - 2]));
  }
}

TEST_CASE("landscape: random directions are as long as the weights they stand for") {
  NetworkRun run = run_of("SGD", 0.1, {2, 3, 1});
  run.problem.init = Init::zeros;
  Settings study = study_of("landscape");
  set(study, "size", 3);
  set(study, "step", 0);
  const std::vector<double> flat = rows_of(run, study);
  for (std::size_t i = 2; i < flat.size(); i += 3) CHECK(flat[i] == flat[2]);
  // Another seed, other directions; the same seed, the same.
  run.problem.init = Init::xavier;
  const std::vector<double> one = rows_of(run, study);
  CHECK(rows_of(run, study) == one);
  set(study, "seed", 2);
  CHECK(rows_of(run, study) != one);
}
