// Which rate suits a training: the studies of rates, asked of networks.
#include <algorithm>
#include <optional>
#include <utility>

#include "core/networks/network_study.h"
#include "core/networks/side_by_side/trainings_side_by_side.h"
#include "core/studies/study_shared.h"

namespace stride {

namespace {

using study::endless, study::param, study::whole_param, study::Sweep;

/// What moves the weights at another rate: of its optimizer, or of a schedule that sets it.
TrainingsSideBySide::Mover at_rate(const NetworkRun& run, double lr) {
  TrainingsSideBySide::Mover mover{run.optimizer, run.schedule};
  mover.optimizer.values[0] = {lr};
  const Schedule& row = schedules()[static_cast<std::size_t>(run.schedule.row)];
  if (const int i = find_param(row.params, "max_lr"); row.sets_rate && i >= 0)
    mover.schedule.values[static_cast<std::size_t>(i)] = {lr};
  return mover;
}

TrainingRun begin_at_rate(const NetworkRun& run, double lr) {
  const TrainingsSideBySide::Mover mover = at_rate(run, lr);
  return {run.problem, run.steps, mover.optimizer, mover.schedule, Precision::single};
}

float final_loss(const Series& training) {
  return training.diverged_at >= 0 ? endless : static_cast<float>(training.loss.back());
}

double rate_of(const Sweep& sweep, int i) {
  return study::log_spaced(sweep.lr_min, sweep.lr_max, i, sweep.count);
}

std::vector<float> sweep_row(const Sweep& sweep, int i, const Series& training) {
  const auto& losses = training.loss;
  const auto near =
      std::find_if(losses.begin(), losses.end(), [&](double l) { return l <= sweep.tolerance; });
  const double least = *std::min_element(losses.begin(), losses.end());
  return {static_cast<float>(rate_of(sweep, i)), final_loss(training), static_cast<float>(least),
          training.diverged_at >= 0 ? basin_diverged : basin_none,
          static_cast<float>(near == losses.end() ? -1 : near - losses.begin())};
}

// ---- map

/// The loss after the last step alone: of batches it is not asked for at every step.
TrainingRun begin_pixel(const NetworkRun& run, StudyProblem& numbers, const MapView& view, int pixel) {
  const Point place = map_point(view, pixel % view.size, pixel / view.size);
  set_axis_value(numbers, view.x, place.x);
  set_axis_value(numbers, view.y, place.y);
  NetworkProblem problem = run.problem;
  if (numbers.samples > 0) problem.batch_size = numbers.batch_size;
  TrainingRun training(problem, run.steps, numbers.optimizer, numbers.schedule, Precision::single);
  if (!ScheduleRun(numbers.schedule, numbers.optimizer.number(0), run.steps).listens())
    training.measure_every(max_steps);
  return training;
}

std::vector<float> pixel_row(const Training& training) {
  const float loss = final_loss(training);
  return loss < endless ? std::vector{loss, basin_none} : std::vector{endless, basin_diverged};
}

// ---- the trainings of a study, one after the other

struct Way {
  virtual ~Way() = default;
  virtual int steps() const = 0;
  /// Goes on for so many steps; the study's rows once it has come to its end.
  virtual std::vector<float> advance(int steps) = 0;
};

class OneByOne : public Way {
 public:
  std::vector<float> advance(int steps) override {
    std::vector<float> rows;
    while (steps > 0 && rows.empty()) {
      if (!training_) training_ = begin();
      const int before = training_->result().size();
      const bool goes_on = training_->advance(steps);
      steps -= std::max(1, training_->result().size() - before);
      if (goes_on) continue;
      rows = end(training_->result());
      training_.reset();
    }
    return rows;
  }

 private:
  virtual TrainingRun begin() = 0;
  /// What has come of the one begun last; the study's rows once it was the last of all.
  virtual std::vector<float> end(const Training& done) = 0;
  std::optional<TrainingRun> training_;  // under way
};

/// A sweep's rows first .. last - 1, some trainings at a time.
class SideBySide final : public Way {
 public:
  SideBySide(const NetworkRun& run, const Settings& settings, int first, int last)
      : run_(run), sweep_(study::sweep_of(settings)), at_(first), last_(std::min(last, sweep_.count)) {
    const int groups = study::tiles_for(last_ - first, TrainingsSideBySide::most);
    steps_ = groups * (run.steps + 1);
  }
  int steps() const override { return steps_; }

  std::vector<float> advance(int steps) override {
    while (steps > 0 && at_ < last_) {
      if (!trainings_) begin();
      const int before = trainings_->size();
      const bool go_on = trainings_->advance(steps);
      steps -= std::max(1, trainings_->size() - before);
      if (go_on) continue;
      for (const Series& done : trainings_->results()) {
        const std::vector<float> row = sweep_row(sweep_, at_++, done);
        rows_.insert(rows_.end(), row.begin(), row.end());
      }
      trainings_.reset();
    }
    return at_ < last_ ? std::vector<float>() : std::move(rows_);
  }

 private:
  void begin() {
    std::vector<TrainingsSideBySide::Mover> movers;
    for (int i = at_; i < std::min(last_, at_ + TrainingsSideBySide::most); ++i)
      movers.push_back(at_rate(run_, rate_of(sweep_, i)));
    trainings_.emplace(run_.problem, run_.steps, movers);
  }

  NetworkRun run_;
  Sweep sweep_;
  int at_, last_, steps_ = 0;
  std::optional<TrainingsSideBySide> trainings_;  // under way
  std::vector<float> rows_;
};

/// Rows that stand each by itself: of a sweep or of a map.
class Apart final : public OneByOne {
 public:
  Apart(const NetworkRun& run, const Settings& settings, bool sweeps, int first, int last)
      : run_(run), numbers_(outline_of(run)), sweeps_(sweeps), at_(first) {
    if (sweeps)
      sweep_ = study::sweep_of(settings);
    else
      view_ = map_view(numbers_, settings);
    last_ = std::min(last, sweeps ? sweep_.count : view_.size * view_.size);
    steps_ = (last_ - first) * (run.steps + 1);
  }
  int steps() const override { return steps_; }

 private:
  TrainingRun begin() override {
    return sweeps_ ? begin_at_rate(run_, rate_of(sweep_, at_)) : begin_pixel(run_, numbers_, view_, at_);
  }
  std::vector<float> end(const Training& done) override {
    const std::vector<float> row = sweeps_ ? sweep_row(sweep_, at_, done) : pixel_row(done);
    rows_.insert(rows_.end(), row.begin(), row.end());
    return ++at_ < last_ ? std::vector<float>() : std::move(rows_);
  }

  NetworkRun run_;
  StudyProblem numbers_;
  bool sweeps_;
  Sweep sweep_{};
  MapView view_{};
  int at_, last_ = 0, steps_ = 0;
  std::vector<float> rows_;
};

class RangeTest final : public OneByOne {
 public:
  RangeTest(const NetworkRun& run, const Settings& settings) : run_(run), settings_(settings) {}
  int steps() const override { return whole_param(settings_, "steps"); }

 private:
  TrainingRun begin() override {
    const study::Rising way =
        study::rising(run_.optimizer, param(settings_, "lr_min"), param(settings_, "lr_max"), steps());
    return {run_.problem, steps() - 1, way.optimizer, way.schedule, Precision::single};
  }
  std::vector<float> end(const Training& done) override {
    return study::range_rows(done.lr, done.batch_loss, 0, param(settings_, "smoothing"));
  }

  NetworkRun run_;
  Settings settings_;
};

/// Two sweeps that seek the best rate, then starts at it.
class Comparison final : public OneByOne {
 public:
  Comparison(const NetworkRun& run, const Settings& settings)
      : run_(run),
        starts_(whole_param(settings, "starts")),
        wide_(study::wide_sweep(optimizers()[static_cast<std::size_t>(run.optimizer.row)].params[0],
                                param(settings, "tolerance"))) {}

  int steps() const override {
    return (wide_.count + study::narrow_sweep(wide_, 0).count + starts_) * (run_.steps + 1);
  }

 private:
  TrainingRun begin() override {
    if (sweeps()) return begin_at_rate(run_, rate_of(sweep(), rate()));
    NetworkRun start = run_;
    const unsigned other = static_cast<unsigned>(at_ - wide_.count - narrow_.count);
    start.problem.init_seed += other;
    start.problem.seed += other;
    return begin_at_rate(start, static_cast<double>(best_.lr));
  }

  std::vector<float> end(const Training& done) override {
    if (!sweeps()) {
      ++at_;
      losses_.push_back(final_loss(done));
      if (static_cast<int>(losses_.size()) < starts_) return {};
      return study::comparison_row(best_, std::move(losses_));
    }
    const std::vector<float> row = sweep_row(sweep(), rate(), done);
    std::vector<float>& all = at_ < wide_.count ? wide_rows_ : narrow_rows_;
    all.insert(all.end(), row.begin(), row.end());
    if (++at_ == wide_.count)
      if (const int middle = best_row(wide_rows_); middle >= 0) narrow_ = study::narrow_sweep(wide_, middle);
    if (!sweeps()) best_ = study::best_of(wide_rows_, narrow_rows_);
    return {};
  }

  const Sweep& sweep() const { return at_ < wide_.count ? wide_ : narrow_; }
  int rate() const { return at_ < wide_.count ? at_ : at_ - wide_.count; }
  bool sweeps() const { return at_ < wide_.count + narrow_.count; }

  NetworkRun run_;
  int starts_, at_ = 0;
  Sweep wide_, narrow_{};
  SweepRow best_{};
  std::vector<float> wide_rows_, narrow_rows_, losses_;
};

std::unique_ptr<Way> trainings_of(const NetworkRun& run, const Settings& settings, int first, int last) {
  const std::string_view key = studies()[static_cast<std::size_t>(settings.row)].key;
  if (key == "compare") return std::make_unique<Comparison>(run, settings);
  if (key == "range-test") return std::make_unique<RangeTest>(run, settings);
  if (key == "sweep" && last - first > 1 && TrainingsSideBySide::suits(run.optimizer))
    return std::make_unique<SideBySide>(run, settings, first, last);
  return std::make_unique<Apart>(run, settings, key == "sweep", first, last);
}

}  // namespace

struct TrainingsInTurn::State {
  std::unique_ptr<Way> way;
  std::vector<float> rows;
};

TrainingsInTurn::TrainingsInTurn(const NetworkRun& run, const Settings& settings, int first, int last)
    : state_(std::make_unique<State>()) {
  state_->way = trainings_of(run, settings, first, last);
}
TrainingsInTurn::~TrainingsInTurn() = default;
TrainingsInTurn::TrainingsInTurn(TrainingsInTurn&&) noexcept = default;

int TrainingsInTurn::steps() const {
  return state_->way->steps();
}

void TrainingsInTurn::advance(int steps) {
  if (state_->rows.empty()) state_->rows = state_->way->advance(steps);
}

const std::vector<float>& TrainingsInTurn::rows() const {
  return state_->rows;
}

// ---- all of them

StudyProblem outline_of(const NetworkRun& run) {
  StudyProblem outline;
  outline.objective.weights = 0;
  outline.steps = run.steps;
  outline.optimizer = run.optimizer;
  outline.schedule = run.schedule;
  if (!run.problem.batches.empty()) return outline;
  outline.samples = training_samples_of(run.problem.data);
  const int size = run.problem.batch_size;
  outline.batch_size = size <= 0 || size > outline.samples ? outline.samples : size;
  return outline;
}

bool asks_of_training(std::string_view key) {
  return key == "sweep" || key == "map" || key == "range-test" || key == "compare";
}

std::vector<float> training_study(const NetworkRun& run, const Settings& settings) {
  return rows_of_trainings(run, settings, 0, all_rows);
}

std::vector<float> rows_of_trainings(const NetworkRun& run, const Settings& settings, int first, int last) {
  TrainingsInTurn trainings(run, settings, first, last);
  while (trainings.rows().empty()) trainings.advance(trainings.steps());
  return trainings.rows();
}

}  // namespace stride
