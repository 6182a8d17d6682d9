// What all engines share: which studies there are, which of their tiles nobody has taken yet, and what has
// come back. No locks; an engine with threads brings its own.
#pragma once

#include <deque>
#include <memory>
#include <mutex>
#include <vector>

#include "jobs/jobs.h"

namespace stride::jobs {

/// A submitted study.
struct Job {
  Id id = 0;
  int slot = 0;
  Request request;
  int tiles = 0;
  int next = 0;              ///< the first tile that nobody has taken
  std::deque<int> returned;  ///< tiles that were taken and given back
  Progress progress;
  std::vector<bool> stored;  ///< by tile
  int owner = -1;  ///< of a training: who has taken its first tile and takes the others; -1: nobody yet

  /// One tile's rows. By any thread: what the tiles share is made by the first that needs it.
  std::vector<float> compute(int tile);
  /// In place of that by the thread that draws, in slices: empty until the last.
  std::vector<float> compute_slice(int tile);

 private:
  std::once_flag made_;
  Tiles tiles_;
};

/// One tile to be computed.
struct Task {
  std::shared_ptr<Job> job;  ///< null: nothing to do
  int tile = 0;
};

class TaskQueue {
 public:
  Id add(const Request& request, int slot);
  void remove(Id id);
  /// Null where there is none of this id (any more).
  Job* find(Id id) const;
  /// The next tile for one of those who compute. Studies take turns, beginning with the newest; a training stays with whom it
  /// began.
  Task take(int taker = 0);
  /// A tile that has not come to its end: it could not be computed where it was sent, or went a slice on.
  void give_back(const Task& task);
  /// A result. What is no longer wanted, or there already, is dropped. True for the one that ends its study.
  bool store(Id id, int tile, std::vector<float> rows);
  bool finished() const;  ///< nothing is under way
  long taken() const { return taken_; }

 private:
  void supersede(int slot);
  size_t next_for(int taker) const;         // in open_; its size: nothing
  std::vector<std::shared_ptr<Job>> jobs_;  // all that can be read, oldest first
  std::deque<std::shared_ptr<Job>> open_;   // those with tiles to take; the front's turn is next
  Id last_ = 0;
  long taken_ = 0;
};

/// Computes tiles here and now, at least one and then for at most `budget_ms`; none where that is 0.
void work_slice(TaskQueue& queue, double budget_ms);

}  // namespace stride::jobs
