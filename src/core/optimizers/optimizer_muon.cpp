// Muon: momentum whose step is made orthogonal, for the matrices of a network; its biases go by AdamW. (Jordan
// et al., "Muon: an optimizer for hidden layers in neural networks", 2024; Liu et al. 2025, arXiv 2502.16982.)
#include <algorithm>
#include <cassert>
#include <cmath>
#include <vector>

#include "core/optimizers/optimizer_rows.h"

namespace stride::rows {

namespace {

/// Places in Hyper.
enum Place { lr_, weight_decay_, momentum_, nesterov_, ns_steps_, adjust_lr_fn_ };
constexpr double match_rms_adamw = 1;  // of adjust_lr_fn; 0: original

constexpr double smallest_norm = 1e-7;
/// The quintic iteration that draws all singular values near 1 (Jordan et al. 2024).
constexpr double quintic[] = {3.4445, -4.7750, 2.0315};
constexpr double bias_betas[] = {0.9, 0.999}, bias_eps = 1e-8;

/// out = a times the transpose of b: [rows][columns] each, out [rows][rows].
void times_transposed(const double* a, const double* b, int rows, int columns, double* out) {
  for (int i = 0; i < rows; ++i)
    for (int j = 0; j < rows; ++j) {
      double sum = 0;
      for (int k = 0; k < columns; ++k) sum += a[i * columns + k] * b[j * columns + k];
      out[i * rows + j] = sum;
    }
}

/// out += a times b: a [rows][inner], b [inner][columns].
void add_product(const double* a, const double* b, int rows, int inner, int columns, double* out) {
  for (int i = 0; i < rows; ++i)
    for (int k = 0; k < inner; ++k) {
      const double factor = a[i * inner + k];
      for (int j = 0; j < columns; ++j) out[i * columns + j] += factor * b[k * columns + j];
    }
}

std::vector<double> transposed(const std::vector<double>& a, int rows, int columns) {
  std::vector<double> out(a.size());
  for (int i = 0; i < rows; ++i)
    for (int j = 0; j < columns; ++j)
      out[static_cast<std::size_t>(j * rows + i)] = a[static_cast<std::size_t>(i * columns + j)];
  return out;
}

/// `steps` Newton-Schulz steps from x / |x|: x becomes nearly orthogonal. In double precision for either kind
/// of run: the page carries it once.
void orthogonalise(std::vector<double>& x, int rows, int columns, int steps) {
  if (rows > columns) {
    x = transposed(x, rows, columns);
    orthogonalise(x, columns, rows, steps);
    x = transposed(x, columns, rows);
    return;
  }
  double square = 0;
  for (double v : x) square += v * v;
  const double norm = std::max(std::sqrt(square), smallest_norm);
  for (double& v : x) v /= norm;
  const std::size_t inner = static_cast<std::size_t>(rows) * static_cast<std::size_t>(rows);
  std::vector<double> gram(inner), square_of_gram(inner), factor(inner), next(x.size());
  for (int step = 0; step < steps; ++step) {
    times_transposed(x.data(), x.data(), rows, columns, gram.data());
    for (std::size_t i = 0; i < inner; ++i) factor[i] = quintic[1] * gram[i];
    std::fill(square_of_gram.begin(), square_of_gram.end(), 0.0);
    add_product(gram.data(), gram.data(), rows, rows, rows, square_of_gram.data());
    for (std::size_t i = 0; i < inner; ++i) factor[i] += quintic[2] * square_of_gram[i];
    for (std::size_t i = 0; i < x.size(); ++i) next[i] = quintic[0] * x[i];
    add_product(factor.data(), x.data(), rows, rows, columns, next.data());
    x.swap(next);
  }
}

double adjusted_rate(double lr, double adjust, int rows, int columns) {
  if (adjust == match_rms_adamw) return lr * 0.2 * std::sqrt(std::max(rows, columns));
  return lr * std::sqrt(std::max(1.0, static_cast<double>(rows) / columns));
}

/// One matrix [rows][columns] at `offset`; state slot 0 is its momentum.
template <class T>
void step_matrix(const Hyper& h, Lanes<T>& all, int offset, int rows, int columns) {
  const T lr = all.lr[0], beta = static_cast<T>(h.values[momentum_]);
  const std::size_t count = static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns);
  T *p = all.p + offset, *velocity = all.state + offset;
  const T* g = all.g + offset;
  std::vector<double> update(count);
  for (std::size_t i = 0; i < count; ++i) {
    velocity[i] += (1 - beta) * (g[i] - velocity[i]);
    const T step = h.values[nesterov_] != 0 ? g[i] + beta * (velocity[i] - g[i]) : velocity[i];
    update[i] = static_cast<double>(step);
  }
  orthogonalise(update, rows, columns, static_cast<int>(h.values[ns_steps_]));
  const T keep = 1 - lr * static_cast<T>(h.values[weight_decay_]);
  const T rate =
      static_cast<T>(adjusted_rate(static_cast<double>(lr), h.values[adjust_lr_fn_], rows, columns));
  for (std::size_t i = 0; i < count; ++i) {
    p[i] = p[i] * keep - rate * static_cast<T>(update[i]);
    if (all.effective) all.effective[offset + static_cast<int>(i)] = rate;
  }
}

/// `count` biases at `offset` by AdamW (Loshchilov & Hutter 2019, algorithm 2); state slots 0 and 1.
template <class T>
void step_biases(const Hyper& h, const Clock& clock, Lanes<T>& all, int offset, int count) {
  const T lr = all.lr[0], b1 = static_cast<T>(bias_betas[0]), b2 = static_cast<T>(bias_betas[1]);
  const T first = static_cast<T>(1 - clock.s[0]), root = static_cast<T>(std::sqrt(1 - clock.s[1]));
  const T keep = 1 - lr * static_cast<T>(h.values[weight_decay_]);
  for (int i = offset; i < offset + count; ++i) {
    T &m = all.state[i], &v = all.state[all.n + i];
    m = b1 * m + (1 - b1) * all.g[i];
    v = b2 * v + (1 - b2) * all.g[i] * all.g[i];
    const T rate = lr / first / (std::sqrt(v) / root + static_cast<T>(bias_eps));
    all.p[i] = all.p[i] * keep - rate * m;
    if (all.effective) all.effective[i] = rate;
  }
}

struct Muon {
  template <class T>
  static void init(const Hyper&, Clock& clock, Lanes<T>&) {
    clock.s[0] = clock.s[1] = 1;  // the powers of the biases' betas
  }
  template <class T>
  static void step(const Hyper& h, Clock& clock, Lanes<T>& all) {
    assert(all.lanes == 1 && all.layers.size() >= 2);
    ++clock.t;
    for (int k = 0; k < 2; ++k) clock.s[k] *= bias_betas[k];
    int offset = 0;
    for (std::size_t l = 1; l < all.layers.size(); ++l) {
      const int in = all.layers[l - 1], out = all.layers[l];
      step_matrix(h, all, offset, out, in);
      step_biases(h, clock, all, offset + in * out, out);
      offset += (in + 1) * out;
    }
  }
};

}  // namespace

std::span<const Optimizer> for_matrices() {
  static constexpr Param momentum = [] {
    Param p = momentum_param("How much of the running average of the gradient each step keeps.");
    p.fallback = {0.95};
    p.max = 1;
    p.open_max = true;
    return p;
  }();
  static constexpr Optimizer muon = row<Muon>(
      "Muon", "Muon",
      "Networks only: each matrix moves by its momentum made orthogonal, so that no direction of it "
      "dominates.",
      "Jordan et al. 2024; Liu et al. 2025, arXiv 2502.16982; torch.optim.Muon", 2, 0, -1, false,
      {rate(0.001),
       weight_decay(0.1, true),
       momentum,
       toggle("nesterov", true, "Looks ahead: the step is made of the gradient and the average."),
       {.key = "ns_steps",
        .kind = Kind::integer,
        .fallback = {5},
        .min = 1,
        .max = 20,
        .slider_min = 1,
        .slider_max = 10,
        .help = "Steps of the iteration that makes the matrix orthogonal."},
       {.key = "adjust_lr_fn",
        .kind = Kind::choice,
        .fallback = {0},
        .help =
            "How the rate of a matrix follows from its shape: by its height over its width, or so that the "
            "step is as large as AdamW's.",
        .choices = {"original", "match_rms_adamw"}}},
      {{"λ", "μ", "n", "k", "a"}, {}, {}, {}, {}});
  static constexpr Optimizer rows[] = {[] {
    Optimizer row = muon;
    row.networks_only = true;
    return row;
  }()};
  return rows;
}

}  // namespace stride::rows
