#include "jobs/task_queue.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace stride::jobs {

namespace {

bool is_same(const Request& mine, const Request& other) {
  if (mine.run != other.run || mine.kind != other.kind || mine.study != other.study ||
      !same_numbers(mine.scenario, other.scenario))
    return false;
  return !is_descent(mine.scenario) || domain_of(mine.scenario) == domain_of(other.scenario);
}

}  // namespace

std::vector<float> Job::compute(int tile) {
  std::call_once(made_, [this] { tiles_ = make_tiles(request); });
  return tiles_(tile);
}

std::vector<float> Job::compute_slice(int tile) {
  if (!tiles_) tiles_ = make_slices(request);
  return tiles_(tile);
}

Id TaskQueue::add(const Request& request, int slot) {
  for (auto job = jobs_.rbegin(); job != jobs_.rend(); ++job)
    if ((*job)->slot == slot) {
      if (is_same((*job)->request, request)) return (*job)->id;
      break;
    }
  supersede(slot);
  auto job = std::make_shared<Job>();
  job->id = ++last_;
  job->slot = slot;
  job->request = request;
  job->tiles = tiles_of(request);
  job->progress.tiles = job->tiles;
  job->progress.rows.resize(static_cast<size_t>(job->tiles));
  job->stored.resize(static_cast<size_t>(job->tiles));
  jobs_.push_back(job);
  if (job->tiles > 0) open_.push_front(job);
  return job->id;
}

/// Drops what the slot has not finished, and all that it has finished but the last.
void TaskQueue::supersede(int slot) {
  Id last_finished = 0;
  for (const auto& job : jobs_)
    if (job->slot == slot && job->progress.finished()) last_finished = job->id;
  const auto old = [&](const auto& job) { return job->slot == slot && job->id != last_finished; };
  std::erase_if(jobs_, old);
  std::erase_if(open_, old);
}

void TaskQueue::remove(Id id) {
  const auto is = [id](const auto& job) { return job->id == id; };
  std::erase_if(jobs_, is);
  std::erase_if(open_, is);
}

Job* TaskQueue::find(Id id) const {
  for (const auto& job : jobs_)
    if (job->id == id) return job.get();
  return nullptr;
}

size_t TaskQueue::next_for(int taker) const {
  size_t i = 0;
  while (i < open_.size() && in_turn(open_[i]->request) && open_[i]->owner >= 0 && open_[i]->owner != taker)
    ++i;
  return i;
}

Task TaskQueue::take(int taker) {
  size_t next = next_for(taker);
  if (next == open_.size()) return {};
  std::shared_ptr<Job> job = open_[next];
  for (; next > 0; --next) open_[next].swap(open_[next - 1]);
  open_.pop_front();
  ++taken_;
  job->owner = taker;
  Task task{job, 0};
  if (job->returned.empty()) {
    task.tile = job->next++;
  } else {
    task.tile = job->returned.front();
    job->returned.pop_front();
  }
  if (job->next < job->tiles || !job->returned.empty()) open_.push_back(std::move(job));
  return task;
}

void TaskQueue::give_back(const Task& task) {
  --taken_;  // it is taken again
  if (!find(task.job->id)) return;
  task.job->returned.push_front(task.tile);
  task.job->owner = -1;
  std::erase(open_, task.job);
  open_.push_front(task.job);
}

bool TaskQueue::store(Id id, int tile, std::vector<float> rows) {
  Job* job = find(id);
  if (!job || tile < 0 || tile >= job->tiles) return false;
  const auto place = static_cast<size_t>(tile);
  if (job->stored[place]) return false;
  assert(!rows.empty());
  job->stored[place] = true;
  if (rows.size() > 1 || !std::isnan(rows[0])) job->progress.rows[place] = std::move(rows);
  return ++job->progress.done == job->tiles;
}

bool TaskQueue::finished() const {
  return std::all_of(jobs_.begin(), jobs_.end(),
                     [](const auto& job) { return job->progress.done == job->tiles; });
}

}  // namespace stride::jobs
