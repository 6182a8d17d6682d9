// Work that a frame waits for, gone through in slices.
#pragma once

#include <functional>
#include <memory>
#include <utility>
#include <vector>

namespace stride {

/// Work that can be left and gone on with.
class Walk {
 public:
  virtual ~Walk() = default;
  /// Goes on a little; whether there is more to come.
  virtual bool go_on() = 0;
};

/// What is walked for one result: all of it at once, or in slices, each of which computes the result anew and in the
/// same order: walks at their end are remembered, the first that is not goes on. The result counts once none is
/// left over.
class Slices {
 public:
  /// A slice begins, to end once `over` says so; each goes on a little at least.
  void begin(std::function<bool()> over) {
    next_ = 0;
    paused_ = false;
    over_ = std::move(over);
  }
  bool finished() const { return !paused_; }

  /// The next walk, a W(given...), at its end; null where the slice has ended before.
  template <class W, class... Given>
  const W* walk(const Given&... given) {
    if (paused_) return nullptr;
    if (next_ == walks_.size()) {
      walks_.push_back(std::make_unique<W>(given...));
      goes_on_ = true;
    }
    Walk& now = *walks_[next_++];
    while (next_ == walks_.size() && goes_on_) {
      goes_on_ = now.go_on();
      if (goes_on_ && over_ && over_()) {
        paused_ = true;
        return nullptr;
      }
    }
    return static_cast<const W*>(&now);
  }

 private:
  std::function<bool()> over_;  ///< empty: never
  std::vector<std::unique_ptr<Walk>> walks_;
  std::size_t next_ = 0;
  bool goes_on_ = false;  ///< the last walk
  bool paused_ = false;
};

}  // namespace stride
