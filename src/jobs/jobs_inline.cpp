// Slices of work within the frame, where there is neither thread nor worker.
#include <chrono>
#include <utility>

#include "jobs/task_queue.h"

namespace stride::jobs {

namespace {

class Inline : public Engine {
 public:
  Id submit(const Request& request, int slot) override { return queue_.add(request, slot); }
  const Progress* poll(Id id, double budget_ms) override {
    work_slice(queue_, budget_ms);
    const Job* job = queue_.find(id);
    return job ? &job->progress : nullptr;
  }
  void cancel(Id id) override { queue_.remove(id); }
  bool busy() const override { return !queue_.finished(); }
  bool wants_frame() const override { return busy(); }
  int workers() const override { return 0; }
  long tiles_begun() const override { return queue_.taken(); }

 private:
  TaskQueue queue_;
};

}  // namespace

void work_slice(TaskQueue& queue, double budget_ms) {
  using Clock = std::chrono::steady_clock;
  if (!(budget_ms > 0)) return;
  const auto end = Clock::now() + std::chrono::duration<double, std::milli>(budget_ms);
  do {
    const Task task = queue.take();
    if (!task.job) return;
    std::vector<float> rows = task.job->compute_slice(task.tile);
    if (rows.empty())
      queue.give_back(task);
    else
      queue.store(task.job->id, task.tile, std::move(rows));
  } while (Clock::now() < end);
}

std::unique_ptr<Engine> make_inline() {
  return std::make_unique<Inline>();
}

}  // namespace stride::jobs
