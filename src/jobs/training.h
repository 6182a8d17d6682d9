// A training as a job: its steps cut into tiles that follow on each other, so that whoever has computed one goes on
// with the next, and the lab shows what there is.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "core/networks/network.h"
#include "core/studies/study.h"
#include "core/table.h"
#include "scenario/scenario.h"

namespace stride::jobs {

struct Request;

/// What a training comes to, as far as it is known: its series, and the weights that it went through.
struct TrainingRows : Series {
  std::vector<double> batch_loss, accuracy, validation_loss, validation_accuracy;
  /// Lengths of each layer's weights, their gradient and step t's change: [row][layer].
  std::vector<double> weight_size, gradient_size, update_size;
  Scores average;        ///< of the average of the weights, where the run keeps one; else empty
  int layers = 0;        ///< that have weights
  int weight_count = 0;  ///< of all of them
  int kept_every = 1;
  std::vector<float> weights;  ///< of rows 0, kept_every, 2 kept_every, ...: [kept row][weight]
  bool ended = false;          ///< no further row will come
  /// The weights of the last kept row up to `row`; `kept`: which that is.
  std::span<const float> weights_at(int row, int& kept) const;
};

/// How a training is asked for: {"type": "training", "measure_every": 1, "single": false, "from": 0}. from: where weights
/// are kept of some rows only, those of the rows from there to the next kept one instead; 0: the kept ones.
std::span<const Param> training_params();
/// How the rows behind `kept` are asked for, exactly and as fast as can be.
Settings replay_from(int kept, const Run& run, int steps);
inline constexpr const char* training_key = "training";
/// Exact, as `stride run` prints it; or where that takes long a coarse one first, in single precision, with the whole loss
/// taken at some steps only.
std::vector<Settings> training_stages(const NetworkProblem& problem, int steps);

/// How many tiles the request for a training has.
int training_tiles(const Request& request);
/// The rows of one tile after the other, as numbers to be sent. A tile that does not follow the last one costs all steps
/// before it.
std::function<std::vector<float>(int tile)> make_training(const Request& request);
/// Whether the data to train on is here.
bool has_data(const Scenario& scenario);
/// About how long a whole training takes, exactly, in milliseconds of the page on an ordinary machine.
double training_ms(const NetworkProblem& problem, int steps);
/// Whether a training takes so little time that a sweep over its rates may follow the hand. Of a descent always.
bool is_quick(const Scenario& scenario);
/// Whether workers may sweep its rates once it rests itself.
bool is_bearable(const Scenario& scenario);
/// A study of descents asked of trainings: of a sweep a tile for each rate, of a map for each pixel or some of them; the
/// trainings of the others follow on each other, and their last tile has the rows.
int rate_tiles(const Request& request);
std::function<std::vector<float>(int tile)> make_rates(const Request& request);
/// Of tiles that stand each by itself, some milliseconds of one: no numbers until its last.
std::function<std::vector<float>(int tile)> make_rate_slices(const Request& request);
/// Whether its tiles stand each by itself.
bool rates_apart(const Request& request);
/// What a map has to know of a run's training.
StudyProblem outline_of(const Scenario& scenario, int run);
/// Widths of a map's pictures from coarse to fine: the first takes some tenths of a second, the last as long as a
/// learner may wait.
std::vector<double> map_sizes_of(const Scenario& scenario);
/// Adds a tile to what is known; tiles come in order.
void append_tile(std::span<const float> tile, TrainingRows& out);
/// Nothing known yet of a request's training.
TrainingRows no_rows(const NetworkProblem& problem, int steps);
/// The rows before the first whose rate is another one with this run than it was; that row has the new rate.
TrainingRows rows_before(const TrainingRows& rows, const Run& run, int steps);
/// The first rows, as many as take some milliseconds; with `all` every one.
TrainingRows first_rows(const Scenario& scenario, const Run& run, int steps, bool all);

}  // namespace stride::jobs
