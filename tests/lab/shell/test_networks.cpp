// The lab with a network in it: the training, its decision regions or digits at the cursor's step, what is chosen of it.
#include <chrono>
#include <cmath>
#include <thread>

#include "core/networks/network_study.h"
#include "lab/session/edits.h"
#include "lab/session/ground.h"
#include "lab/session/playback.h"
#include "lab/setup/setup.h"
#include "lab/stage/network_picture.h"
#include "support/lab_driver.h"
#include "support/sentences.h"

using namespace stride;
using namespace stride::lab;

namespace {

Scenario on_network(const std::string& members, const std::string& rest = R"("steps": 60)") {
  Scenario s;
  REQUIRE(sentence(read_scenario(
              R"({"stride": 1, "problem": {"type": "network")" + members + "}, " + rest + "}", s)) == "");
  return s;
}

constexpr const char* networks[] = {
    "", R"(, "data": {"type": "iris", "validation": 0.2}, "batch_size": 8)",
    R"(, "data": {"type": "digits", "samples": 200, "validation": 0.3}, "layers": [64, 16, 10])",
    R"(, "data": {"type": "points", "points": [[0, 1, 0], [1, 0, 1]]}, "layers": [2, 2])"};

}  // namespace

TEST_CASE("every network is drawn with every page and tool open, at every size") {
  for (const char* members : networks)
    for (const auto& [w, h] :
         {std::pair(1280.0f, 800.0f), std::pair(390.0f, 844.0f), std::pair(360.0f, 640.0f)}) {
      Driver d(w, h, 1, on_network(members));
      CAPTURE(members);
      for (int page = 0; page < 4; ++page)
        for (int tool = 0; tool < tool_total; ++tool) {
          d.lab.shell.sheet_open = true;
          d.lab.shell.page = Page(page);
          d.lab.shell.tool = Tool(tool);
          d.lab.shell.problem_open = true;
          d.frames(2);
          CHECK(d.get("img", "network").value.starts_with("step 60: loss "));
          for (const Control& c : controls()) CHECK_MESSAGE(!c.clipped, c.name << " is clipped");
        }
    }
}

TEST_CASE("scrubbing shows the network as it was: the same bits as the command line's") {
  Driver d(
      1280, 800, 1,
      on_network(
          "",
          R"("steps": 200, "runs": [{"optimizer": {"type": "Adam", "lr": 0.02}}], "view": {"cursor": 0})"));
  const std::vector<float> first = d.lab.stage.network->regions;
  REQUIRE(!first.empty());
  const Training whole =
      train(*network_of(d.lab.session.scenario), 200, d.lab.session.scenario.runs[0].optimizer,
            d.lab.session.scenario.runs[0].schedule);
  CHECK(d.lab.results[0].path.loss == whole.loss);
  d.lab.session.scenario.view.cursor = 200;
  d.frames(2);
  CHECK(d.lab.stage.network->regions != first);
  for (size_t i = 0; i < whole.weights.size(); ++i)
    CHECK(d.lab.stage.network->weights[i] == static_cast<float>(whole.weights[i]));
  d.lab.session.scenario.view.cursor = 0;
  d.frames(2);
  CHECK(d.lab.stage.network->regions == first);
}

TEST_CASE("between kept weights a large network is trained again, to the same bits") {
  Driver d(1280, 800, 1,
           on_network(R"(, "data": {"samples": 20}, "layers": [2, 64, 64, 1])",
                      R"("steps": 1600, "runs": [{"optimizer": {"type": "Adam", "lr": 0.01}}])"));
  const std::unique_ptr<jobs::Engine> engine = jobs::make_threads(2);
  d.lab.services.engine = engine.get();
  d.lab.results.forget();
  const auto wait = [&](const auto& done) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(120);
    while (!done()) {
      REQUIRE(std::chrono::steady_clock::now() < end);
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
      d.frames(1);
    }
  };
  d.frames(2);
  wait([&] { return d.lab.results[0].training->ended && d.lab.trainings.runs[0].id < 0; });
  REQUIRE(d.lab.results[0].training->kept_every == 2);
  const Run& run = d.lab.session.scenario.runs[0];
  TrainingRun again(*network_of(d.lab.session.scenario), 1600, run.optimizer, run.schedule);
  for (const int step : {0, 301, 302, 1599}) {
    CAPTURE(step);
    d.lab.session.scenario.view.cursor = step;
    wait([&] { return d.lab.stage.network->row == step && d.lab.stage.network->kept == step; });
    again.advance(step + 1 - again.result().size());
    const std::vector<double>& weights = again.result().weights;
    CHECK(d.lab.stage.network->weights == std::vector<float>(weights.begin(), weights.end()));
  }
  d.lab.services.engine = nullptr;
}

TEST_CASE("a training goes on in threads while the lab draws, and is superseded when the rate moves") {
  Driver d(
      1280, 800, 1,
      on_network(
          R"(, "layers": [2, 32, 32, 1], "data": {"type": "spiral", "samples": 1000}, "batch_size": 100)",
          R"("steps": 1500)"));
  const std::unique_ptr<jobs::Engine> engine = jobs::make_threads(2);
  d.lab.services.engine = engine.get();
  d.lab.results.forget();
  d.frames(2);
  const int early = d.lab.results[0].path.size();
  CHECK(early > 1);
  CHECK(early < 1501);
  const auto finish = [&] {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(120);
    while (d.lab.results[0].path.size() <= 1500 || d.lab.trainings.under_way) {
      REQUIRE(std::chrono::steady_clock::now() < end);
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
      d.frames(1);
    }
  };
  selected_run(d.lab.session).optimizer.values[0] = {0.3};
  d.frames(3);
  selected_run(d.lab.session).optimizer.values[0] = {0.2};
  finish();
  CHECK(d.lab.results[0].path.lr.back() == 0.2);
  d.lab.session.scenario.problem = default_problem(0);
  d.frames(2);
  CHECK(d.lab.trainings.runs.empty());
  d.lab.services.engine = nullptr;
}

TEST_CASE("a training that takes long can be stopped: it stays where it is until something changes") {
  Driver d(1280, 800, 1);
  const std::unique_ptr<jobs::Engine> engine = jobs::make_inline();
  d.lab.services.engine = engine.get();
  d.lab.session.scenario = on_network(
      R"(, "layers": [2, 64, 64, 1], "data": {"type": "spiral", "samples": 2000}, "batch_size": 100)",
      R"("steps": 20000)");
  d.lab.results.forget();
  for (int i = 0; i < 200 && !d.find("button", "stop the training"); ++i) d.frames(1);
  d.click("button", "stop the training");
  const int reached = d.lab.results[0].path.size();
  CHECK(reached > 1);
  CHECK(reached < 20001);
  d.frames(20);
  CHECK(d.lab.results[0].path.size() == reached);
  CHECK(!d.lab.trainings.under_way);
  CHECK(!d.find("button", "stop the training"));
  selected_run(d.lab.session).optimizer.values[0] = {0.03};
  d.frames(3);
  CHECK(d.lab.trainings.under_way);
  d.lab.services.engine = nullptr;
}

TEST_CASE("digits are a sheet, wrong ones counted, with the first layer's weights") {
  Driver d(
      1280, 800, 1,
      on_network(
          networks[2],
          R"("steps": 80, "runs": [{"optimizer": {"type": "Adam", "lr": 0.02}}], "view": {"cursor": 0})"));
  const double wrong = d.get("img", "digits").now;
  CHECK(wrong > 10);
  CHECK(d.get("img", "first layer").now == 16);
  CHECK(d.lab.stage.network->first == 140);
  d.lab.session.scenario.view.cursor = 80;
  d.frames(2);
  CHECK(d.get("img", "digits").now < wrong / 2);
  d.resize(390, 844, 1);
  const Control stage = d.get("img", "network"), digits = d.get("img", "digits"),
                first = d.get("img", "first layer");
  CHECK(first.now == 16);
  CHECK(first.size.y > 30);
  CHECK(first.at.y >= digits.at.y + digits.size.y);
  CHECK(first.at.y + first.size.y <= stage.at.y + stage.size.y);
}

TEST_CASE("every set of data can be picked; another problem may follow each") {
  Driver d(1280, 800, 1, default_scenario());
  for (int row = 0; row < static_cast<int>(datasets().size()); ++row) {
    CAPTURE(datasets()[size_t(row)].key);
    pick_network(d.lab.session, network_on(row));
    d.lab.session.scenario.steps = 5;
    d.frames(3);
    REQUIRE(network_of(d.lab.session.scenario));
    CHECK(network_of(d.lab.session.scenario)->data.row == row);
    CHECK(d.find("img", "network"));
    d.lab.session.scenario.runs[0] = default_run(find_optimizer("Muon"));
    d.frames(2);
    pick_surface(d.lab.session, 0);
    d.frames(2);
    CHECK(d.find("img", "loss surface"));
    CHECK(is_surface(d.lab.session.committed));
  }
}

TEST_CASE("layers are typed; what is none stays a sentence") {
  Driver d(1280, 800, 1, on_network(""));
  d.lab.shell.problem_open = true;
  d.frames(2);
  const auto layers = [&] { return network_of(d.lab.session.scenario)->layers; };
  const auto type = [&](const char* words) {
    REQUIRE(request(d.get("textbox", "hidden layers").id, "type", words) == "");
    d.frames(4);
  };
  type("16, 4");
  CHECK(layers() == std::vector<int>{2, 16, 4, 1});
  for (const char* wrong : {"16, x", "65", "0", "1, 1, 1, 1, 1, 1, 1"}) {
    type(wrong);
    CHECK(layers() == std::vector<int>{2, 16, 4, 1});
    CHECK(d.lab.shell.notice.is_error);
  }
  type("");
  CHECK(layers() == std::vector<int>{2, 1});
}

TEST_CASE("data, activation, initial weights and sizes are chosen in the setup") {
  Driver d(1280, 1600, 1, on_network(""));
  d.lab.shell.problem_open = true;
  d.frames(2);
  const auto network = [&]() -> const NetworkProblem& { return *network_of(d.lab.session.scenario); };
  for (const auto& [name, option] : {std::pair("data", "Irises"),
                                     {"activation", "relu"},
                                     {"initial weights", "kaiming"},
                                     {"data", "own points"}}) {
    REQUIRE(request(d.get("combobox", name).id, "choose", option) == "");
    d.frames(4);
  }
  CHECK(network().data.row == own_points);
  CHECK(network().data.points.size() == 600);
  CHECK(network().activation == Activation::relu);
  CHECK(network().init == Init::kaiming);
  REQUIRE(request(d.get("slider", "Validation part").id, "set", "0.25") == "");
  d.frames(3);
  REQUIRE(request(d.get("slider", "Batch size").id, "set", "10") == "");
  d.frames(3);
  CHECK(network().data.validation == 0.25);
  CHECK(network().batch_size == 10);
  CHECK(d.get("img", "network").value.find("held out: loss ") != std::string::npos);
}

TEST_CASE("the loss landscape lies around the cursor's weights, with the way through it") {
  Driver d(
      1280, 800, 1,
      on_network(
          "", R"("steps": 40, "runs": [{"optimizer": {"type": "SGD", "lr": 0.5}}], "view": {"cursor": 40})"));
  const std::unique_ptr<jobs::Engine> engine = jobs::make_threads(2);
  d.lab.services.engine = engine.get();
  d.lab.results.forget();
  LossLandscape& landscape = d.lab.studies.landscape;
  d.frames(2);
  d.click("button", "loss landscape");
  const auto finish = [&](int size) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (landscape.picture.size != size) {
      REQUIRE(std::chrono::steady_clock::now() < end);
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
      d.frames(1);
    }
  };
  const Run& run = d.lab.session.scenario.runs[0];
  const NetworkRun of{*network_of(d.lab.session.scenario), 40, run.optimizer, run.schedule};
  for (const bool principal : {false, true}) {
    CAPTURE(principal);
    finish(65);
    const Settings asked =
        jobs::network_study("landscape", {{"size", 65}, {"step", 40}, {"directions", principal ? 1.0 : 0.0}});
    const std::vector<double> rows = landscape_rows(of, asked, Precision::single),
                              path = landscape_path(of, asked);
    REQUIRE(rows.size() == 3 * landscape.picture.losses.size());
    for (size_t i = 0; i < landscape.picture.losses.size(); ++i)
      CHECK(landscape.picture.losses[i] == static_cast<float>(rows[3 * i + 2]));
    REQUIRE(landscape.way.x.size() == 41);
    CHECK(landscape.way.x[0] == doctest::Approx(path[1]));
    CHECK(std::fabs(landscape.way.x[40]) < 1e-6);  // the cursor's weights are the centre
    CHECK(d.get("status", "what the landscape shows").value.find("Two of 105 directions") == 0);
    if (principal) break;
    landscape.picture = {};
    d.click("button", "directions");
  }
  d.lab.session.scenario.view.cursor = 0;
  landscape.picture = {};
  finish(17);
  CHECK(std::fabs(landscape.way.x[0]) < 1e-6);
  d.click("button", "loss landscape");
  CHECK(d.find("img", "network"));
  d.lab.services.engine = nullptr;
}

TEST_CASE("the limit of stability beside a training's rate is that of its sharpness") {
  Driver d(1280, 900, 1,
           on_network("", R"("steps": 40, "runs": [{"optimizer": {"type": "SGD", "lr": 0.5}}])"));
  const std::unique_ptr<jobs::Engine> engine = jobs::make_threads(1);
  d.lab.services.engine = engine.get();
  d.lab.results.forget();
  TrainingLimit& limit = d.lab.plots.limit;
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (limit.of == 0) {
    REQUIRE(std::chrono::steady_clock::now() < end);
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
    d.frames(1);
  }
  d.frames(2);
  const Run& run = d.lab.session.scenario.runs[0];
  const std::vector<double> rows = network_studies()[size_t(find_network_study("sharpness"))].rows(
      {*network_of(d.lab.session.scenario), 40, run.optimizer, run.schedule},
      jobs::network_study("sharpness", {{"every", 1}, {"iterations", 60}, {"tolerance", 1e-3}}));
  REQUIRE(rows.size() == 4 * limit.step.size());
  for (size_t i = 0; i < limit.step.size(); ++i)
    CHECK(limit.limit[i] == doctest::Approx(rows[4 * i + 3]).epsilon(1e-6));
  CHECK(d.get("img", "learning-rate plot").value.find("2/λ") != std::string::npos);
  d.lab.services.engine = nullptr;
}

TEST_CASE(
    "the rate taken in hand while a training plays acts from the cursor on; what was before stays as it is") {
  Driver d(1280, 800, 1,
           on_network(R"(, "layers": [2, 16, 16, 1])",
                      R"("steps": 300, "runs": [{"optimizer": {"type": "Adam", "lr": 0.02}}])"));
  const std::unique_ptr<jobs::Engine> engine = jobs::make_threads(1);
  d.lab.services.engine = engine.get();
  d.lab.results.forget();
  const auto finish = [&] {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (!d.lab.results[0].training->ended) {
      REQUIRE(std::chrono::steady_clock::now() < end);
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
      d.frames(1);
    }
  };
  d.frames(2);
  finish();
  const std::vector<double> before = d.lab.results[0].path.loss;
  seek(d.lab.session, d.lab.playback, 0);
  toggle_play(d.lab.session, d.lab.playback);
  d.frames(90);
  const int cursor = d.lab.session.scenario.view.cursor;
  REQUIRE(cursor > 20);
  REQUIRE(request(d.get("slider", "Learning rate from here on").id, "set", "0.002") == "");
  d.frames(1);
  CHECK(d.lab.results[0].path.size() > cursor);  // nothing starts anew
  finish();
  const Trajectory& path = d.lab.results[0].path;
  const Settings& schedule = selected_run(d.lab.session).schedule;
  CHECK(schedule.row == find_schedule("Points"));
  int same = 0;
  while (path.loss[size_t(same)] == before[size_t(same)]) ++same;
  CHECK(same > 20);
  CHECK(same < 120);
  CHECK(path.lr.back() == doctest::Approx(0.002).epsilon(1e-3));
  const Training whole =
      train(*network_of(d.lab.session.scenario), 300, selected_run(d.lab.session).optimizer, schedule);
  CHECK(path.loss == whole.loss);
  undo(d.lab.session);
  d.frames(1);
  finish();
  CHECK(d.lab.results[0].path.loss == before);
  d.lab.services.engine = nullptr;
}

TEST_CASE("the strip under the rate, the range test and the comparison work on networks") {
  Driver d(1280, 900, 1,
           on_network("", R"("steps": 15, "runs": [{"optimizer": {"type": "SGD", "lr": 0.5}}])"));
  const std::unique_ptr<jobs::Engine> engine = jobs::make_threads(2);
  d.lab.services.engine = engine.get();
  d.lab.results.forget();
  const auto wait = [&](const auto& done) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(120);
    while (!done()) {
      REQUIRE(std::chrono::steady_clock::now() < end);
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
      d.frames(1);
    }
  };
  wait([&] { return d.find("img", "rates strip") && d.get("img", "rates strip").now == 64; });
  CHECK(d.get("img", "rates strip").value.starts_with("best "));
  d.click("button", "take the best rate");
  CHECK(selected_run(d.lab.session).optimizer.number(0) != 0.5);
  d.click("tab", "Range test", "tools");
  wait([&] { return !d.lab.studies.range.curves[0].lr.empty(); });
  CHECK(d.lab.studies.range.curves[0].advice.steepest > 0);
  d.click("tab", "Compare", "tools");
  d.click("button", "compare");
  wait([&] { return d.lab.studies.compare.rows.size() == 1; });
  CHECK(d.lab.studies.compare.rows[0].best_lr > 0);
  d.click("tab", "Map", "tools");
  MapTool& map = d.lab.studies.map;
  wait([&] { return !map.study.rows.empty() && map.study.id < 0; });
  REQUIRE(request(d.get("combobox", "upwards").id, "choose", "batch size") == "");
  d.frames(2);
  wait([&] { return map.wanted_y == "batch_size" && map.study.id < 0 && map.study.stage > 0; });
  const Control picture = d.get("img", "map");
  CHECK(picture.value.starts_with("final loss over lr "));
  d.move(picture.at.x + picture.size.x * 0.3f, picture.at.y + picture.size.y * 0.5f);
  d.press();
  d.release();
  d.frames(2);
  const int batch = network_of(d.lab.session.scenario)->batch_size;
  CHECK(batch > 1);
  CHECK(batch < 200);
  const int of = map.study.id;
  d.frames(2);
  CHECK(map.study.id == of);  // the picture doesn't depend on where in it the run lies
  d.lab.services.engine = nullptr;
}

TEST_CASE("a long training has its strip once it rests, where there are workers") {
  Driver d(
      1280, 900, 1,
      on_network(R"(, "data": {"type": "digits", "samples": 100}, "layers": [64, 8, 10], "batch_size": 16)",
                 R"("steps": 400)"));
  REQUIRE(!jobs::is_quick(d.lab.session.scenario));
  for (const int workers : {0, 2}) {
    const std::unique_ptr<jobs::Engine> engine =
        workers > 0 ? jobs::make_threads(workers) : jobs::make_inline();
    d.lab.services.engine = engine.get();
    d.lab.results.forget();
    d.frames(2);
    CHECK((d.find("img", "rates strip") && d.get("img", "rates strip").now > 0) == false);
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(120);
    while (!d.lab.results[0].training->ended ||
           (workers > 0 && !(d.find("img", "rates strip") && d.get("img", "rates strip").now == 64))) {
      REQUIRE(std::chrono::steady_clock::now() < end);
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
      d.frames(1);
    }
    CHECK((d.find("img", "rates strip") != nullptr) == (workers > 0));
    d.lab.services.engine = nullptr;
  }
}

TEST_CASE("points of one's own are clicked in the class that is chosen, dragged and erased") {
  Driver d(1280, 800, 1,
           on_network(R"(, "data": {"type": "points", "points": [[0, 1, 0], [1, 0, 1], [1, 1, 0]]})"));
  const auto points = [&]() -> const std::vector<double>& {
    return network_of(d.lab.session.scenario)->data.points;
  };
  const Control area = d.get("img", "network");
  const ImVec2 at{area.at.x + area.size.x * 0.45f, area.at.y + area.size.y * 0.75f};
  const double before = d.lab.results[0].path.loss[0];
  d.click("button", "label of a new point");
  d.move(at.x, at.y);
  d.press();
  d.release();
  d.frames(30);
  REQUIRE(points().size() == 12);
  CHECK(points()[11] == 1);
  CHECK(d.lab.results[0].path.loss[0] != before);
  undo(d.lab.session);
  d.frames(2);
  CHECK(points().size() == 9);
  CHECK(d.lab.results[0].path.loss[0] == before);
}
