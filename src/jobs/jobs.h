// Heavy work out of the frame: submit a study, poll for what is ready, cancel. Natively threads, on the web workers that share the compiled
// module, and where neither can be had slices within the frame. Results are the same bits whoever computes them.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/study.h"
#include "scenario/scenario.h"

namespace stride::jobs {

/// What a worker receives: bytes. A scenario, the run in question, the study and one tile.
struct Request {
  Scenario scenario;  ///< the view is left out
  int run = 0;
  Spec study;
  bool operator==(const Request&) const = default;
};
std::string encode_request(const Request& request);
/// Untrusted bytes back into a request: empty or what was wrong.
Error decode_request(std::string_view bytes, Request& out);
/// The problem that a request describes (minima resolved).
StudyProblem problem_of(const Request& request);

/// What has come of a submitted study so far.
struct Progress {
  int tiles = 0, done = 0;
  bool finished() const { return tiles > 0 && done == tiles; }
  std::vector<std::vector<float>> rows;  ///< by tile; empty: not yet
};

using Id = int;

/// Where work is done. One of three kinds; which one is the platform's choice.
class Engine {
 public:
  virtual ~Engine() = default;
  /// Starts a study. `slot`: one stream of requests (a strip, a map): a newer request supersedes the older one of the same slot, whose
  /// unstarted tiles are dropped, so that dragging never queues up work.
  virtual Id submit(const Request& request, int slot) = 0;
  /// What has been finished since; call once a frame. Inline engines work here, for at most `budget_ms`.
  virtual const Progress* poll(Id id, double budget_ms) = 0;
  virtual void cancel(Id id) = 0;
  /// Whether anything is under way (the frame loop then asks for another frame).
  virtual bool busy() const = 0;
  virtual int workers() const = 0;  ///< 0: within the frame
};

std::unique_ptr<Engine> make_inline();
#ifndef __EMSCRIPTEN__
std::unique_ptr<Engine> make_threads(int workers);
#else
/// Falls back to inline where no worker starts.
std::unique_ptr<Engine> make_workers(int workers);
#endif

}  // namespace stride::jobs
