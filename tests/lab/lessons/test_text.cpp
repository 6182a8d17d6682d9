// No text of the lessons and of the narration stays English.
#include "support/marked_language.h"

using namespace stride;
using namespace stride::lab;

TEST_CASE("no text stays English: the narration of every kind of run") {
  const Marked language;
  std::set<std::string> outcomes;
  for (const char* surface : {"quad_k10", "rastrigin", "saddle", "beale"}) {
    const int row = find_surface(surface);
    REQUIRE(row >= 0);
    Room room(1440, 900, three_runs());
    Driver& d = room.d;
    pick_surface(d.lab.session, row);
    d.lab.session.scenario.runs[1].schedule = default_settings(
        find_schedule("StepLR"), schedules()[static_cast<size_t>(find_schedule("StepLR"))].params);
    for (double factor : {0.01, 0.3, 1.0, 1.9, 10.0, 1e6}) {
      d.lab.session.scenario.runs[0].optimizer.values[0] = {surfaces()[static_cast<size_t>(row)].lr * factor};
      surface_of(d.lab.session.scenario).noise.sigma = factor == 0.3 ? 5 : 0;
      for (int r = 0; r < 3; ++r) {
        d.lab.session.selected = r;
        for (int step : {0, 1, 2, 30, 31, 60, d.lab.session.scenario.steps}) {
          d.lab.session.scenario.view.cursor = step;
          d.frames(2);
          REQUIRE(d.find("status", "«narration»"));
          check_marked(d, surface);
        }
        outcomes.insert(card_words(d.lab.results[static_cast<size_t>(r)]).substr(0, 12));
      }
    }
  }
  CHECK(outcomes.size() >= 4);
}

TEST_CASE("no text stays English: every page of every lesson, and the blindfold") {
  const Marked language;
  for (const float width : {1440.f, 390.f}) {
    Room room(width, width > 500 ? 900.f : 844.f);
    Driver& d = room.d;
    for (int i = 0; i < static_cast<int>(lessons().size()); ++i) {
      open_lesson(lesson_desk(d.lab), i);
      CHECK(d.lab.lesson.open->language == "de");
      for (int page = 0; page < page_count(*d.lab.lesson.open); ++page) {
        turn_to(lesson_desk(d.lab), page);
        d.frames(3);
        check_marked(d, lessons()[static_cast<size_t>(i)].name);
        for (const char* typed : {"«much»", "-1", "1000"}) {
          if (!wants_number(d.lab.lesson)) break;
          d.lab.lesson.typed = typed;
          hand_in_number(lesson_desk(d.lab));
          d.frames(3);
          check_marked(d, lessons()[static_cast<size_t>(i)].name);
        }
        if (!is_asking(d.lab.lesson) || d.lab.lesson.open->prediction->after != page) continue;
        run(d.lab, Command::play);
        answer(lesson_desk(d.lab), 0);
        d.frames(3);
        check_marked(d, lessons()[static_cast<size_t>(i)].name);
      }
      if (d.lab.lesson.blindfold) {
        for (int step = 0; step < 3; ++step) {
          d.click("button", "«step»");
          check_marked(d, "walk");
        }
        d.click("button", "«lift the fog»");
        check_marked(d, "lifted");
      }
      d.lab.lesson.blindfold = false;
      d.lab.session.scenario = *d.lab.lesson.open->solution;
      d.frames(3);
      for (int more = 0; more < 2000 && !d.lab.lesson.report.met; ++more)
        d.frames(1);  // a training takes its time
      CHECK(d.lab.lesson.report.met);
      check_marked(d, lessons()[static_cast<size_t>(i)].name + " solved");
    }
  }
}
