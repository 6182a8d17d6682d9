// The web's workers: each computes tiles with a small program of its own (main_worker.cpp). How they are
// started and spoken to is the page's business (web/workers.js, given to the module as Module.workers).
#ifdef __EMSCRIPTEN__

#include <emscripten.h>

#include <algorithm>
#include <utility>

#include "jobs/task_queue.h"

// clang-format off
EM_JS(int, page_start_workers, (int count), {
  const done = (worker, id, tile, rows) => {
    const place = _malloc(rows.byteLength);
    HEAPU8.set(new Uint8Array(rows.buffer), place);
    _stride_job_done(worker, id, tile, place, rows.length);
    _free(place);
  };
  const calls = {ready: _stride_worker_ready, lost: _stride_worker_lost, done};
  return Module.workers && Module.workers.start(count, calls) ? 1 : 0;
});
EM_JS(void, page_post_tile, (int worker, int id, int tile, const char* request, int size), {
  Module.workers.post(worker, id, tile, HEAPU8.slice(request, request + size));
});
EM_JS(void, page_hurry_worker, (int worker), { Module.workers.hurry(worker); });
EM_JS(void, page_stop_workers, (), { if (Module.workers) Module.workers.stop(); });
// clang-format on

namespace stride::jobs {

namespace {

// A frame for each tile would take the machine from the workers: those between the start and the end of a
// study only move its progress.
constexpr double progress_ms = 250, training_piece_ms = 60;
constexpr size_t queue = 2;  // tiles in a worker at a time: it never waits for the page, and turns at once

class Workers;
Workers* engine = nullptr;  // whom the page's callbacks mean

class Workers : public Engine {
 public:
  explicit Workers(int count) : wanted_(std::clamp(count, 1, 64)) { engine = this; }
  ~Workers() override {
    page_stop_workers();
    if (engine == this) engine = nullptr;
  }
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  Id submit(const Request& request, int slot) override;
  const Progress* poll(Id id, double budget_ms) override;
  void cancel(Id id) override {
    queue_.remove(id);
    hurry();
  }
  bool busy() const override { return !queue_.finished(); }
  bool wants_frame() const override { return busy() && ready() == 0; }
  int workers() const override { return ready(); }
  long tiles_begun() const override { return queue_.taken(); }

  void is_ready(int worker);
  void is_lost(int worker);
  void is_done(int worker, int id, int tile, const float* rows, int count);

 private:
  struct Worker {
    bool ready = false;
    std::vector<Task> tasks;  // sent and not answered
  };
  int ready() const;
  void send();
  void hurry();

  double woken_ = 0;  // when a frame was last asked for
  TaskQueue queue_;
  int wanted_;
  bool started_ = false;
  std::vector<Worker> workers_;
};

int Workers::ready() const {
  return static_cast<int>(
      std::count_if(workers_.begin(), workers_.end(), [](const Worker& w) { return w.ready; }));
}

Id Workers::submit(const Request& request, int slot) {
  if (!started_) {
    started_ = true;
    if (page_start_workers(wanted_)) workers_.resize(static_cast<size_t>(wanted_));
  }
  const Id id = queue_.add(request, slot);
  send();
  hurry();
  return id;
}

const Progress* Workers::poll(Id id, double budget_ms) {
  if (ready() == 0) work_slice(queue_, budget_ms);
  const Job* job = queue_.find(id);
  return job ? &job->progress : nullptr;
}

/// Keeps every worker supplied, one tile each before anyone's second.
void Workers::send() {
  for (size_t depth = 1; depth <= queue; ++depth)
    for (size_t w = 0; w < workers_.size(); ++w) {
      if (!workers_[w].ready || workers_[w].tasks.size() >= depth) continue;
      Task task = queue_.take(static_cast<int>(w));
      if (!task.job) continue;  // a training is for whom it began with alone
      const std::string bytes = encode_request(task.job->request);
      page_post_tile(static_cast<int>(w), task.job->id, task.tile, bytes.data(),
                     static_cast<int>(bytes.size()));
      workers_[w].tasks.push_back(std::move(task));
    }
}

/// Who is at what nobody waits for any more should come back soon: a tile can be minutes of work.
void Workers::hurry() {
  for (size_t w = 0; w < workers_.size(); ++w)
    if (const std::vector<Task>& tasks = workers_[w].tasks; !tasks.empty() && !queue_.find(tasks[0].job->id))
      page_hurry_worker(static_cast<int>(w));
}

void Workers::is_ready(int worker) {
  workers_.at(static_cast<size_t>(worker)).ready = true;
  send();
}

void Workers::is_lost(int worker) {
  Worker& lost = workers_.at(static_cast<size_t>(worker));
  lost.ready = false;
  for (const Task& task : std::exchange(lost.tasks, {})) queue_.give_back(task);
  send();
  if (wake) wake();
}

/// A worker refuses what does not read as a request; whoever submitted it all the same gets it computed here.
void Workers::is_done(int worker, int id, int tile, const float* rows, int count) {
  std::erase_if(workers_.at(static_cast<size_t>(worker)).tasks,
                [&](const Task& task) { return task.job->id == id && task.tile == tile; });
  const Job* const asked = queue_.find(id);
  const bool shown = asked && asked->slot >= 0;
  const double pause =
      asked && asked->request.kind == Request::Kind::training ? training_piece_ms : progress_ms;
  bool finished = false;
  if (count > 0)
    finished = queue_.store(id, tile, {rows, rows + count});
  else if (Job* job = queue_.find(id)) {
    std::vector<float> whole;
    while (whole.empty()) whole = job->compute_slice(tile);
    finished = queue_.store(id, tile, std::move(whole));
  }
  send();
  const double now = emscripten_get_now();
  if (!wake || !shown || (!finished && now - woken_ < pause)) return;
  woken_ = now;
  wake();
}

}  // namespace

std::unique_ptr<Engine> make_workers(int workers) {
  return std::make_unique<Workers>(workers);
}

}  // namespace stride::jobs

// What the page's workers tell.
extern "C" {

EMSCRIPTEN_KEEPALIVE void stride_worker_ready(int worker) {
  if (stride::jobs::engine) stride::jobs::engine->is_ready(worker);
}

/// It has failed, or has not answered for too long; nothing more will come of it, unless another is told to be ready.
EMSCRIPTEN_KEEPALIVE void stride_worker_lost(int worker) {
  if (stride::jobs::engine) stride::jobs::engine->is_lost(worker);
}

EMSCRIPTEN_KEEPALIVE void stride_job_done(int worker, int id, int tile, const float* rows, int count) {
  if (stride::jobs::engine) stride::jobs::engine->is_done(worker, id, tile, rows, count);
}

}  // extern "C"

#endif  // __EMSCRIPTEN__
