// Several trainings at once, of which each differs from the others in its rate alone: the networks of the strip under a
// learning rate, side by side in the lanes of the registers.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "core/networks/network.h"

namespace stride {

/// The losses of several trainings at once.
class TrainingsSideBySide {
 public:
  static constexpr int most = 4;
  /// How each of them moves its weights: their optimizers are the same but for the rate, their schedules but for
  /// what it makes of that.
  struct Mover {
    Settings optimizer, schedule;
  };
  /// Whether the optimizer moves several networks at once.
  static bool suits(const Settings& optimizer);

  /// 1 to `most` movers. In single precision, bit for bit what TrainingRun makes of each.
  TrainingsSideBySide(const NetworkProblem& problem, int steps, std::span<const Mover> movers);
  ~TrainingsSideBySide();
  TrainingsSideBySide(TrainingsSideBySide&&) noexcept;
  TrainingsSideBySide& operator=(TrainingsSideBySide&&) noexcept;
  /// Adds up to `rows` rows to each that goes on; false once all are complete.
  bool advance(int rows);
  /// Rows that there are of the longest.
  int size() const;
  /// Of each mover the losses of the whole training part, and where it diverged.
  const std::vector<Series>& results() const;

  struct State;

 private:
  std::unique_ptr<State> state_;
};

}  // namespace stride
