// The rate in the learner's hand while the runs play.
#include <cmath>

#include "lab/session/locks.h"
#include "lab/session/playback.h"
#include "support/lab_driver.h"

using namespace stride;
using namespace stride::lab;

namespace {

void set(Driver& d, const std::string& id, double value) {
  REQUIRE(request(id, "set", std::to_string(value)) == "");
  d.frames(1);
}

}  // namespace

TEST_CASE("while the runs play a rate acts from the cursor on; undo takes it back") {
  for (const char* schedule : {"ConstantLR", "CosineAnnealingLR", "ExponentialLR"}) {
    CAPTURE(schedule);
    Driver d;
    Session& session = d.lab.session;
    const std::string id = d.get("slider", "Learning rate").id;
    const int row = find_schedule(schedule);
    selected_run(session).schedule = default_settings(row, schedules()[size_t(row)].params);
    d.frames(2);
    const Trajectory before = d.lab.results[0].path;
    const Run was = selected_run(session);
    seek(session, d.lab.playback, 0);
    toggle_play(session, d.lab.playback);
    d.frames(60);
    const double rate = was.optimizer.number(0) * 0.3;
    set(d, id, rate);
    const Trajectory& path = d.lab.results[0].path;
    int step = 0;
    while (step < path.size() && std::fabs(path.lr[size_t(step)] - rate) > 1e-3 * rate) ++step;
    REQUIRE(step > 20);
    REQUIRE(step < 40);
    for (int t = 0; t <= step; ++t)
      CHECK(path.x[size_t(t)] == doctest::Approx(before.x[size_t(t)]).epsilon(1e-12));
    CHECK(path.lr.back() == doctest::Approx(rate).epsilon(1e-3));
    CHECK(selected_run(session).optimizer == was.optimizer);
    d.frames(2);
    undo(session);
    CHECK(selected_run(session) == was);
  }
}

TEST_CASE("while nothing plays, and where the schedule is locked, a rate is that of the whole run") {
  for (const bool locked : {false, true}) {
    Driver d;
    Session& session = d.lab.session;
    const std::string id = d.get("slider", "Learning rate").id;
    if (locked) {
      session.locks = lock_schedule;
      toggle_play(session, d.lab.playback);
      d.frames(10);
    }
    set(d, id, 1e-4);
    CHECK(selected_run(session).optimizer.number(0) == doctest::Approx(1e-4));
    CHECK(selected_run(session).schedule.row != find_schedule("Points"));
  }
}
