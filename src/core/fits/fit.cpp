#include "core/fits/fit.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/math/math.h"
#include "core/math/wide.h"
#include "core/networks/real_data.h"
#include "core/table.h"

namespace stride {

namespace {

Samples cars() {
  Samples out;
  const std::span<const unsigned char> table = cars_table();
  for (std::size_t i = 0; i + 1 < table.size(); i += 2) {
    out.x.push_back(table[i]);
    out.y.push_back(table[i + 1]);
  }
  return out;
}

Samples irises() {
  constexpr std::size_t columns = 5, petal_length = 2, species = 4;
  Samples out;
  const std::span<const unsigned char> table = iris_table();
  for (std::size_t i = 0; i + species < table.size(); i += columns) {
    if (table[i + species] == 0) continue;
    out.x.push_back(table[i + petal_length] / 10.0);
    out.y.push_back(table[i + species] - 1);
  }
  return out;
}

double mean_of(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

void standardise(std::vector<double>& values) {
  const double mean = mean_of(values);
  double square = 0;
  for (const double v : values) square += (v - mean) * (v - mean);
  const double deviation = std::sqrt(square / static_cast<double>(values.size()));
  for (double& v : values) v = (v - mean) / deviation;
}

/// One sample's part of the loss, and its first two derivatives by the output z = w x + b.
template <class T>
struct Part {
  T loss, slope, curvature;
};

template <class T>
Part<T> line_part(T z, T y) {
  const T r = z - y;
  return {r * r, 2 * r, T(2)};
}

/// max(z, 0) - z y + log(1 + exp(-|z|)). The logarithm adds back what 1 + e rounds away, so that small losses
/// keep their digits.
template <class T>
Part<T> sigmoid_part(T z, T y) {
  const bool above = z > 0;
  const T e = math::exp(above ? -z : z), u = T(1) + e, p = (above ? T(1) : e) / u;
  return {(above ? z : T(0)) - z * y + (math::log(u) + (e - (u - T(1))) / u), p - y, e / (u * u)};
}

Part<double> part_of(const Fit& fit, std::size_t i, double w, double b) {
  const double z = w * fit.samples.x[i] + b, y = fit.samples.y[i];
  return fit.model == FitModel::line ? line_part(z, y) : sigmoid_part(z, y);
}

/// A sum in sixteen parts, in the order in which PyTorch's vectors of four take turns on AVX2. A slope that is
/// 0 but for rounding is the same then, and rules that divide by its size go the same way.
class PartialSums {
 public:
  explicit PartialSums(std::size_t count) : turns_(count / 16 * 16), fours_(count / 4 * 4) {}
  /// Term `i`, from 0 on.
  void add(std::size_t i, double term) {
    (i < turns_ ? part_[i % 16] : i < fours_ ? part_[i % 4] : rest_) += term;
  }
  double total() const {
    double sum = rest_;
    for (int l = 0; l < 4; ++l) sum += ((part_[l] + part_[4 + l]) + part_[8 + l]) + part_[12 + l];
    return sum;
  }

 private:
  std::size_t turns_, fours_;
  double part_[16] = {}, rest_ = 0;
};

/// The sum over all lanes of one sample, in the lanes' own order.
struct AddSample {
  template <class PartOf>
  STRIDE_INLINE static void run(float x, float y, const float* __restrict w, const float* __restrict b,
                                float* __restrict f, float* __restrict gw, float* __restrict gb, int count,
                                PartOf part) {
    for (int l = 0; l < count; ++l) {
      const Part<float> one = part(w[l] * x + b[l], y);
      f[l] += one.loss;
      gw[l] += one.slope * x;
      gb[l] += one.slope;
    }
  }
};

Minimum line_minimum(const Fit& fit) {
  const double mx = mean_of(fit.samples.x), my = mean_of(fit.samples.y);
  double xx = 0, xy = 0;
  for (std::size_t i = 0; i < fit.samples.x.size(); ++i) {
    const double dx = fit.samples.x[i] - mx;
    xx += dx * dx;
    xy += dx * (fit.samples.y[i] - my);
  }
  const double w = xx > 0 ? xy / xx : 0, b = my - w * mx;
  return {w, b, fit_at(fit, w, b).f, true};
}

/// Whether one input parts the labels, so that steeper is always better.
bool is_separable(const Samples& samples) {
  double low[2] = {no_limit, no_limit}, high[2] = {-no_limit, -no_limit};
  for (std::size_t i = 0; i < samples.x.size(); ++i) {
    const int label = samples.y[i] > 0.5;
    low[label] = std::min(low[label], samples.x[i]);
    high[label] = std::max(high[label], samples.x[i]);
  }
  return high[0] <= low[1] || high[1] <= low[0];
}

/// Newton's method with steps halved until they descend (Nocedal and Wright, "Numerical Optimization", 2nd
/// edition, section 3.3); the loss is convex.
Minimum sigmoid_minimum(const Fit& fit) {
  constexpr int most_steps = 200, most_halvings = 40;
  double w = 0, b = 0;
  Derivatives d = fit_at(fit, w, b);
  for (int i = 0; i < most_steps; ++i) {
    const double determinant = d.dxx * d.dyy - d.dxy * d.dxy;
    double dw = -(d.dyy * d.dx - d.dxy * d.dy) / determinant,
           db = -(d.dxx * d.dy - d.dxy * d.dx) / determinant;
    if (!(determinant > 0) || !std::isfinite(dw + db)) break;
    bool lower = false;
    for (int k = 0; k < most_halvings && !lower; ++k, dw *= 0.5, db *= 0.5) {
      const Derivatives next = fit_at(fit, w + dw, b + db);
      lower = next.f < d.f;
      if (!lower) continue;
      w += dw;
      b += db;
      d = next;
      break;
    }
    if (!lower) break;
  }
  return {w, b, d.f, true};
}

}  // namespace

bool same_numbers(const FitProblem& a, const FitProblem& b) {
  return a.model == b.model && a.data == b.data && a.points == b.points && a.scale == b.scale &&
         a.start == b.start && a.batch_size == b.batch_size && a.seed == b.seed && a.batches == b.batches;
}

bool FitProblem::operator==(const FitProblem& other) const {
  return same_numbers(*this, other) && domain == other.domain;
}

Samples samples_of(const FitProblem& problem) {
  if (problem.data == FitData::cars) return cars();
  if (problem.data == FitData::iris) return irises();
  Samples out;
  for (std::size_t i = 0; i + 1 < problem.points.size(); i += 2) {
    out.x.push_back(problem.points[i]);
    out.y.push_back(problem.points[i + 1]);
  }
  return out;
}

bool are_constant(std::span<const double> values) {
  return std::all_of(values.begin(), values.end(), [&](double v) { return v == values[0]; });
}

int count_ones(const Samples& samples) {
  return static_cast<int>(std::count(samples.y.begin(), samples.y.end(), 1.0));
}

std::shared_ptr<const Fit> make_fit(const FitProblem& problem) {
  Samples samples = samples_of(problem);
  if (problem.scale == FitScale::standard) {
    standardise(samples.x);
    if (problem.model == FitModel::line) standardise(samples.y);
  }
  const int count = static_cast<int>(samples.x.size());
  Fit fit{problem.model, std::move(samples), {problem.batches, problem.batch_size, problem.seed, count}, {}};
  if (fit.model == FitModel::line)
    fit.minima = {line_minimum(fit)};
  else if (!is_separable(fit.samples))
    fit.minima = {sigmoid_minimum(fit)};
  return std::make_shared<const Fit>(std::move(fit));
}

std::span<const Minimum> minima_of(const Fit& fit) {
  return fit.minima;
}

std::shared_ptr<Batches> batches_of(const Objective& objective) {
  return objective.fit ? std::make_shared<Batches>(objective.fit->batches) : nullptr;
}

std::shared_ptr<const Fit> reseeded(const Fit& fit, unsigned offset) {
  if (!fit.batches.drawn()) return nullptr;
  Fit other = fit;
  other.batches = fit.batches.reseeded(fit.batches.seed() + offset);
  return std::make_shared<const Fit>(std::move(other));
}

double fit_cost(const Fit& fit) {
  return static_cast<double>(fit.samples.x.size());
}

Derivatives fit_at(const Fit& fit, double w, double b, std::span<const int> batch) {
  Derivatives sum{};
  const std::size_t count = batch.empty() ? fit.samples.x.size() : batch.size();
  for (std::size_t k = 0; k < count; ++k) {
    const std::size_t i = batch.empty() ? k : static_cast<std::size_t>(batch[k]);
    const Part<double> part = part_of(fit, i, w, b);
    const double x = fit.samples.x[i];
    sum.f += part.loss;
    sum.dx += part.slope * x;
    sum.dy += part.slope;
    sum.dxx += part.curvature * x * x;
    sum.dxy += part.curvature * x;
    sum.dyy += part.curvature;
  }
  const double n = static_cast<double>(count);
  return {sum.f / n, sum.dx / n, sum.dy / n, sum.dxx / n, sum.dxy / n, sum.dyy / n};
}

void fit_gradient(const Fit& fit, std::span<const int> batch, double w, double b, double out[3]) {
  const std::size_t count = batch.empty() ? fit.samples.x.size() : batch.size();
  const double share = 1 / static_cast<double>(count);
  PartialSums f(count), gw(count), gb(count);
  for (std::size_t k = 0; k < count; ++k) {
    const std::size_t i = batch.empty() ? k : static_cast<std::size_t>(batch[k]);
    const Part<double> part = part_of(fit, i, w, b);
    const double slope = share * part.slope;
    f.add(k, part.loss);
    gw.add(k, slope * fit.samples.x[i]);
    gb.add(k, slope);
  }
  out[0] = f.total() / static_cast<double>(count);
  out[1] = gw.total();
  out[2] = gb.total();
}

void fit_gradient_lanes(const Fit& fit, std::span<const int> batch, const float* w, const float* b, float* f,
                        float* gw, float* gb, int count) {
  const std::size_t size = batch.empty() ? fit.samples.x.size() : batch.size();
  std::vector<float> unseen(f ? 0 : static_cast<std::size_t>(count));
  if (!f) f = unseen.data();
  for (float* sum : {f, gw, gb}) std::fill_n(sum, count, 0.0f);
  for (std::size_t k = 0; k < size; ++k) {
    const std::size_t i = batch.empty() ? k : static_cast<std::size_t>(batch[k]);
    const float x = static_cast<float>(fit.samples.x[i]), y = static_cast<float>(fit.samples.y[i]);
    if (fit.model == FitModel::line)
      math::wide<AddSample>(x, y, w, b, f, gw, gb, count,
                            [](float z, float label) { return line_part(z, label); });
    else
      math::wide<AddSample>(x, y, w, b, f, gw, gb, count,
                            [](float z, float label) { return sigmoid_part(z, label); });
  }
  const float share = 1 / static_cast<float>(size);
  for (float* sum : {f, gw, gb})
    for (int l = 0; l < count; ++l) sum[l] *= share;
}

Domain usual_domain(const FitProblem& problem) {
  const std::vector<Minimum> minima = make_fit(problem)->minima;
  const Point start = problem.start.value_or(Point{});
  const Point end = minima.empty() ? start : Point{minima[0].x, minima[0].y};
  const auto side = [](double a, double b, double& low, double& high) {
    const double margin = std::max(0.5 * std::fabs(a - b), 1.0);
    low = std::min(a, b) - margin;
    high = std::max(a, b) + margin;
  };
  Domain domain;
  side(start.x, end.x, domain.xmin, domain.xmax);
  side(start.y, end.y, domain.ymin, domain.ymax);
  return domain;
}

double usual_rate(const FitProblem& problem) {
  const double rate = 1 / curvature(fit_at(*make_fit(problem), 0, 0)).largest;
  double tens = 1;
  while (rate * tens < 1 && tens < 1e15) tens *= 10;
  return std::max(1.0, std::floor(rate * tens)) / tens;
}

}  // namespace stride
