// Where lanes have been.
#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "core/many_runs.h"
#include "core/math/wide.h"

namespace stride {

/// Where a group has been, as far as it is needed to say since when its lanes have been where they are.
class History {
 public:
  explicit History(const ManyRuns& request) {
    constexpr int most = 1024;
    if (request.watch_arrival) stride_ = request.steps / most + 1;
  }
  /// `width`: how many numbers a row has, x of all lanes and then y.
  void begin(int steps, std::size_t width) {
    rows_.clear();
    if (stride_ > 0) rows_.reserve((static_cast<std::size_t>(steps / stride_) + 1) * width);
  }
  void keep(std::span<const float> places, int t) {
    if (stride_ > 0 && t % stride_ == 0) rows_.insert(rows_.end(), places.begin(), places.end());
  }
  /// Writes since when the lanes have stayed within `reach` of (x, y), backwards from the row `last`.
  void arrivals(int last, const std::vector<float>& x, const std::vector<float>& y, float reach,
                int* out) const {
    const int lanes = static_cast<int>(x.size());
    std::vector<int> staying(x.size(), 1);
    std::fill_n(out, lanes, last);
    for (int row = last / stride_, left = lanes; row >= 0 && left > 0; --row) {
      const float* at = rows_.data() + static_cast<std::size_t>(row) * 2 * x.size();
      left = math::wide<LookBack>(at, at + lanes, x.data(), y.data(), lanes, row * stride_, reach * reach,
                                  staying.data(), out);
    }
  }

 private:
  struct LookBack {
    STRIDE_INLINE static int run(const float* __restrict px, const float* __restrict py,
                                 const float* __restrict x, const float* __restrict y, int lanes, int t,
                                 float square, int* __restrict staying, int* __restrict out) {
      int left = 0;
      for (int l = 0; l < lanes; ++l) {
        const float dx = px[l] - x[l], dy = py[l] - y[l];
        const int stays = staying[l] & int(dx * dx + dy * dy <= square), since = out[l];
        staying[l] = stays;
        out[l] = stays ? t : since;
        left += stays;
      }
      return left;
    }
  };

  int stride_ = 0;  ///< 0: nothing is kept
  std::vector<float> rows_;
};

}  // namespace stride
