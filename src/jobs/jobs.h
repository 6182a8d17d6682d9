// Heavy work out of the frame: submit a study, poll for what is ready, cancel. Natively threads, on the web
// workers that share the compiled module, and where neither can be had slices within the frame. Results are
// the same bits whoever computes them.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/studies/study.h"
#include "scenario/scenario.h"

namespace stride::jobs {

/// What a worker receives, as bytes, beside the number of a tile: a scenario, the run in question, the study.
struct Request {
  Scenario scenario;  ///< a descent, or a network that is trained; the view is left out
  int run = 0;
  Settings study;
  /// What is asked: a study; the training itself (`study` belongs to
  /// training_params()); or of a training a study of network_studies(): its
  /// landscape or its sharpness.
  enum class Kind { study, training, landscape, sharpness } kind = Kind::study;
  bool operator==(const Request&) const = default;
};
/// One line of JSON, {"run": 0, "study": {"type": "sweep", "count": 256}}, then the scenario's own document.
std::string encode_request(const Request& request);
/// Untrusted bytes back into a request: empty, or what was wrong, and then `out` is untouched.
Error decode_request(std::string_view bytes, Request& out);
/// Whether each tile goes on where the last one ended.
bool in_turn(const Request& request);
/// How many tiles a request has.
int tiles_of(const Request& request);
/// What computes them. Of a study any number of threads may call it at once, of a training one after the other.
/// `nothing`: the tile has no rows of its own, it went a part of the way to those of a later one.
using Tiles = std::function<std::vector<float>(int tile)>;
std::vector<float> nothing();
Tiles make_tiles(const Request& request);
/// The same where a frame waits, by one thread alone: a tile that takes long is gone through in slices and has no numbers
/// before its last.
Tiles make_slices(const Request& request);
Tiles make_descent_slices(const Request& request);

/// The minima known and found in a problem's domain, remembered; its slices may end before.
std::vector<Minimum> minima_of(const StudyProblem& problem);
/// The problem that a request describes, with the minima known and found in its domain; these are remembered.
/// May be called by several threads at once.
StudyProblem problem_of(const Request& request);
/// The same without minima, which may take a while to find. No study's number of tiles depends on them.
StudyProblem problem_without_minima(const Request& request);
/// The same where the objective is at hand: an expression need not be read again.
StudyProblem problem_without_minima(const Scenario& scenario, int run, Objective objective);

/// What has come of a submitted study so far.
struct Progress {
  int tiles = 0, done = 0;
  bool finished() const { return tiles > 0 && done == tiles; }
  std::vector<std::vector<float>> rows;  ///< by tile; empty: not yet, or none of its own
};

using Id = int;  ///< from 1

/// Where work is done. One of three kinds; which one is the platform's choice. All calls come from one
/// thread.
class Engine {
 public:
  virtual ~Engine() = default;
  /// Starts a study. `slot`: one stream of requests (a strip, a map): a newer request supersedes the older
  /// one of the same slot, whose unstarted tiles are dropped, so that dragging never queues up work. The same
  /// request again is no newer one: its id is returned. Slots take turns, the newest request first.
  /// Slots below 0 belong to the page around the lab, which polls: on the web nobody is woken for them.
  virtual Id submit(const Request& request, int slot) = 0;
  /// What has been finished since; call once a frame. Inline engines work here, for at most `budget_ms`
  /// beyond the slice under way, whatever the id. Null for what was cancelled or superseded; a request that
  /// had finished before it was superseded stays readable until the slot has finished a newer one. Valid
  /// until the next submit or cancel.
  virtual const Progress* poll(Id id, double budget_ms) = 0;
  virtual void cancel(Id id) = 0;
  /// Whether anything is under way.
  virtual bool busy() const = 0;
  /// Whether the work needs another frame to go on: true only while it is done inside poll(). Elsewhere
  /// `wake` asks for a frame when there is something to see.
  virtual bool wants_frame() const = 0;
  virtual int workers() const = 0;       ///< 0: within the frame
  virtual long tiles_begun() const = 0;  ///< since the engine was made, wanted to the end or not

  /// Called when there is something new to see, from any thread: on the web the end of a study, and now and
  /// then its progress. Set it before the first submit.
  std::function<void()> wake;
};

std::unique_ptr<Engine> make_inline();
#ifndef __EMSCRIPTEN__
std::unique_ptr<Engine> make_threads(int workers);
#else
/// Falls back to inline where no worker starts, and works inline until the first has started. One engine of
/// this kind a module; the page's part is web/workers.js.
std::unique_ptr<Engine> make_workers(int workers);
#endif

}  // namespace stride::jobs
