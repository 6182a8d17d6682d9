// Logs of real trainings in the lab: opened as a file is, drawn beside the runs, told in words, gone on with as a schedule.
#include <algorithm>
#include <cmath>

#include "lab/recordings/recordings.h"
#include "support/files.h"
#include "support/lab_driver.h"
#include "support/sentences.h"
#include "text/text.h"

using namespace stride;
using namespace stride::lab;

namespace {

std::string contents(const std::string& name) {
  return test::text_of("logs/" + name);
}

/// A training of `steps` with the rate of a StepLR and a loss that falls.
std::string stepped(int steps) {
  std::string csv = "step,lr,loss,val_loss\n";
  for (int t = 0; t < steps; ++t)
    csv += std::to_string(t) + ',' + std::to_string(std::pow(0.5, t / 50)) + ',' +
           std::to_string(2 * std::exp(-t / 60.0) + 0.1) + ',' +
           std::to_string(2 * std::exp(-t / 60.0) + 0.2) + '\n';
  return csv;
}

}  // namespace

TEST_CASE("a log of any kind is opened beside the runs and changes neither scenario nor history") {
  for (const char* name : {"keras.csv", "results.csv", "tabelle.csv", "wandb.csv", "log.jsonl",
                           "trainer_state.json", "history.json"}) {
    CAPTURE(name);
    Driver d(1280, 800);
    const Scenario before = d.lab.session.scenario;
    open_document(d.lab, contents(name), name);
    d.frames(3);
    REQUIRE(d.lab.recordings.runs.size() == 1);
    CHECK(!d.lab.shell.notice.is_error);
    CHECK(d.lab.session.scenario == before);
    CHECK(d.lab.session.undo.empty());
    CHECK(d.get("region", name).size.x > 0);
    CHECK(last_recorded(d.lab.recordings) > 0);
  }
}

TEST_CASE("the curves of one training, a file for each, join") {
  Driver d(1280, 800);
  for (const char* name : {"run-default-tag-learning_rate.csv", "run-default-tag-train_loss.csv",
                           "run-default-tag-epoch_val_loss.csv"})
    open_document(d.lab, contents(name), name);
  REQUIRE(d.lab.recordings.runs.size() == 1);
  const Recording& r = d.lab.recordings.runs[0].log.recording;
  CHECK(!(r.lr.empty() || r.loss.empty() || r.val_loss.empty()));
}

TEST_CASE("a log that grows takes its own place, and what is looked at stays") {
  Driver d(1280, 800);
  open_document(d.lab, stepped(20), "mine.csv");
  d.lab.shell.tool = Tool::curves;
  d.lab.shell.notice = {};
  open_document(d.lab, stepped(30), "mine.csv");
  d.frames(3);
  REQUIRE(d.lab.recordings.runs.size() == 1);
  CHECK(last_recorded(d.lab.recordings) == 29);
  CHECK(d.lab.shell.tool == Tool::curves);
  CHECK(d.lab.shell.notice.words.empty());
  open_document(d.lab, stepped(10), "other.csv");
  CHECK(d.lab.recordings.runs.size() == 2);
}

TEST_CASE("the axis reaches as far as the log; its schedule becomes a run; it is taken away again") {
  Driver d(1280, 800);
  open_document(d.lab, stepped(300), "mine.csv");
  d.frames(3);
  d.lab.shell.tool = Tool::curves;
  d.frames(3);
  CHECK(d.get("img", "loss plot").max == 299);
  d.lab.shell.tool = Tool::log;
  d.frames(3);
  const size_t runs = d.lab.session.scenario.runs.size();
  d.scroll_to("button", "Make it a run");
  d.click("button", "Make it a run");
  REQUIRE(d.lab.session.scenario.runs.size() == runs + 1);
  const Run& made = d.lab.session.scenario.runs.back();
  CHECK(std::string(schedules()[static_cast<size_t>(made.schedule.row)].key) == "StepLR");
  CHECK(made.optimizer.number(0) == doctest::Approx(1));
  CHECK(made.name == "mine.csv");
  CHECK(d.lab.session.undo.size() == 1);
  d.scroll_to("button", "Remove");
  d.click("button", "Remove");
  CHECK(d.lab.recordings.runs.empty());
  d.frames(3);
  CHECK(d.lab.shell.tool == Tool::curves);
}

TEST_CASE("another column is taken; what cannot be read is told and leaves everything") {
  Driver d(1280, 800);
  open_document(d.lab, "step,lr,loss,other_loss\n0,0.1,3,4\n1,0.1,2,3\n2,0.1,1,9\n", "two.csv");
  REQUIRE(d.lab.recordings.runs.size() == 1);
  LogColumns columns{"step", "lr", "other_loss", ""};
  CHECK(!take_columns(d.lab.recordings.runs[0], columns));
  CHECK(d.lab.recordings.runs[0].log.recording.loss.value.back() == 9);
  columns.loss = "none such";
  CHECK(take_columns(d.lab.recordings.runs[0], columns));
  CHECK(d.lab.recordings.runs[0].log.recording.loss.value.back() == 9);
  open_document(d.lab, "{\"step\": 1, \"loss\": ", "broken.jsonl");
  CHECK(d.lab.shell.notice.is_error);
  CHECK(d.lab.recordings.runs.size() == 1);
}

TEST_CASE(
    "every text of the panel stands within it, and the tabs beside it, in every size, language and theme") {
  for (int row = 0; row < int(languages().size()); ++row) {
    REQUIRE(use_language(row));
    for (const char* theme : {"light", "projector"})
      for (const auto& [w, h] :
           {std::pair(1280.0f, 800.0f), std::pair(390.0f, 844.0f), std::pair(844.0f, 390.0f),
            std::pair(360.0f, 640.0f), std::pair(820.0f, 1180.0f)}) {
        Driver d(w, h);
        d.lab.session.scenario.view.theme = theme;
        open_document(d.lab, stepped(300), "a training with a name that is rather long for a heading.csv");
        d.frames(4);
        for (const Control& c : controls())
          if (c.visible)
            CHECK_MESSAGE(!c.clipped,
                          language().code << " " << theme << " " << w << ": " << c.name << " " << c.value);
      }
  }
  REQUIRE(use_language(0));
}
