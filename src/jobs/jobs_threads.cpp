// A pool of threads. They take tiles and leave results under one lock, held only for that; everything that
// poll() hands out is touched by the caller's thread alone.
#ifndef __EMSCRIPTEN__

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

#include "jobs/task_queue.h"

namespace stride::jobs {

namespace {

class Threads : public Engine {
 public:
  explicit Threads(int workers) {
    for (int i = 0; i < std::max(workers, 1); ++i) threads_.emplace_back([this, i] { work(i); });
  }
  ~Threads() override;
  Threads(const Threads&) = delete;
  Threads& operator=(const Threads&) = delete;

  Id submit(const Request& request, int slot) override;
  const Progress* poll(Id id, double budget_ms) override;
  void cancel(Id id) override;
  bool busy() const override;
  bool wants_frame() const override { return false; }
  int workers() const override { return static_cast<int>(threads_.size()); }
  long tiles_begun() const override;

 private:
  struct Result {
    Id id;
    int tile;
    std::vector<float> rows;
  };
  void work(int self);
  void accept_arrived();

  mutable std::mutex mutex_;  // of the three below
  TaskQueue queue_;
  std::vector<Result> arrived_;
  bool stop_ = false;
  std::condition_variable more_;
  std::vector<std::thread> threads_;
};

Threads::~Threads() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  more_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void Threads::work(int self) {
  std::unique_lock lock(mutex_);
  while (!stop_) {
    Task task = queue_.take(self);
    if (!task.job) {
      more_.wait(lock);
      continue;
    }
    lock.unlock();
    std::vector<float> rows = task.job->compute(task.tile);
    lock.lock();
    const bool wanted = !stop_ && queue_.find(task.job->id) != nullptr;
    if (wanted) arrived_.push_back({task.job->id, task.tile, std::move(rows)});
    lock.unlock();
    task = {};
    if (wanted && wake) wake();
    lock.lock();
  }
}

void Threads::accept_arrived() {
  for (Result& result : arrived_) queue_.store(result.id, result.tile, std::move(result.rows));
  arrived_.clear();
}

Id Threads::submit(const Request& request, int slot) {
  Id id = 0;
  {
    const std::lock_guard lock(mutex_);
    accept_arrived();  // what has finished by now is kept
    id = queue_.add(request, slot);
  }
  more_.notify_all();
  return id;
}

const Progress* Threads::poll(Id id, double) {
  const std::lock_guard lock(mutex_);
  accept_arrived();
  const Job* job = queue_.find(id);
  return job ? &job->progress : nullptr;
}

void Threads::cancel(Id id) {
  const std::lock_guard lock(mutex_);
  queue_.remove(id);
}

bool Threads::busy() const {
  const std::lock_guard lock(mutex_);
  return !queue_.finished();
}

long Threads::tiles_begun() const {
  const std::lock_guard lock(mutex_);
  return queue_.taken();
}

}  // namespace

std::unique_ptr<Engine> make_threads(int workers) {
  return std::make_unique<Threads>(workers);
}

}  // namespace stride::jobs

#endif  // __EMSCRIPTEN__
