// Every control acted on by request does what it does under a hand; what cannot be done is refused by a
// sentence; ids and places in the tree are the same from frame to frame and in every language.
#include <doctest/doctest.h>

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "imgui.h"
#include "text/text.h"
#include "ui/target.h"
#include "ui/theme.h"
#include "ui/widgets.h"

using namespace stride;
using namespace stride::ui;

namespace {

/// What the controls of the panel below have been set to.
struct Values {
  int presses = 0, option = 0, tab = 0, marks = 0, released = 0;
  double slid = 1, typed = 2, whole = 3, at[2] = {0, 0};
  bool on = false, open = false, painted = false;
  std::string words;
  bool operator==(const Values&) const = default;
};

void draw_panel(Values& v) {
  begin_group("panel", Role::region);
  text("Heading", TextLook::heading);
  text("some words");
  if (button("button", "Button")) ++v.presses;
  if (button("disabled", "Disabled", ButtonLook::plain, false)) ++v.presses;
  slider("slider", v.slid, {0, 10, false, false, "", ""}, -100, 100);
  number("number", v.typed, -5, 5, false, "");
  number("whole", v.whole, 0, 9, true, "");
  choice("choice", v.option, {"first", "second", "third"});
  toggle("toggle", v.on);
  if (tab("one", v.tab == 0)) v.tab = 0;
  if (tab("two", v.tab == 1)) v.tab = 1;
  text_field("field", v.words, "");
  fold("fold", v.open);
  const Target painted = target(Role::toggle, "painted", {40, 24});
  if (painted.pressed) v.painted = !v.painted;
  set_state(painted, {.checked = v.painted});
  const Target place =
      target_within(Role::slider, "place", ImGui::GetCursorScreenPos(), {20, 20}, "", true, two_numbers);
  if (const double* wanted = number_asked(place)) v.at[0] = wanted[0], v.at[1] = wanted[1];
  if (const double* steps = steps_asked(place)) v.at[0] += steps[0], v.at[1] += steps[1];
  end_group();
  v.released += released();
}

class Bench {
 public:
  Values values;

  Bench() {
    context_ = ImGui::CreateContext();
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
    io.BackendFlags |= ImGuiBackendFlags_RendererHasTextures;
    io.DisplaySize = {600, 900};
    load_fonts();
    frames(3);
  }
  ~Bench() { ImGui::DestroyContext(context_); }

  void frames(int count) {
    for (int i = 0; i < count; ++i) {
      ImGui::GetIO().DeltaTime = 1 / 60.f;
      ImGui::NewFrame();
      apply_theme(true, 1);
      begin_controls();
      ImGui::SetNextWindowPos({0, 0});
      ImGui::SetNextWindowSize({600, 900});
      ImGui::Begin("bench", nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove);
      push_type(Type::body);
      draw_panel(values);
      pop_type();
      ImGui::End();
      ImGui::Render();
      for (ImTextureData* texture : ImGui::GetPlatformIO().Textures)
        if (texture->Status != ImTextureStatus_WantDestroy)
          texture->SetTexID(1), texture->SetStatus(ImTextureStatus_OK);
    }
  }

  const Control& control(const std::string& id) const {
    for (const Control& c : controls())
      if (c.id == id) return c;
    FAIL("no control " << id);
    return controls().front();
  }

  void click(const std::string& id, float fraction = 0.5f) {
    const Control c = control(id);
    ImGuiIO& io = ImGui::GetIO();
    io.AddMousePosEvent(c.at.x + c.size.x * fraction, c.at.y + c.size.y / 2);
    frames(1);
    io.AddMouseButtonEvent(0, true);
    frames(1);
    io.AddMouseButtonEvent(0, false);
    frames(3);
  }
  void type(const char* words) {
    ImGui::GetIO().AddInputCharactersUTF8(words);
    frames(2);
    ImGui::GetIO().AddKeyEvent(ImGuiKey_Enter, true);
    frames(1);
    ImGui::GetIO().AddKeyEvent(ImGuiKey_Enter, false);
    frames(2);
  }
  void ask(const char* id, const char* action, const char* value = "") {
    CHECK(request(id, action, value) == "");
    frames(1);
    CHECK(requests_wait());  // what it did stands in the next frame's record
    frames(2);
    CHECK_FALSE(requests_wait());
  }

 private:
  ImGuiContext* context_;
};

struct Way {
  const char *id, *action, *value;
  std::function<void(Bench&)> hand;
};

}  // namespace

TEST_CASE("requests: every role does what it does under a hand") {
  const Way ways[] = {
      {"panel/button button", "press", "", [](Bench& b) { b.click("panel/button button"); }},
      {"panel/switch toggle", "press", "", [](Bench& b) { b.click("panel/switch toggle"); }},
      {"panel/switch painted", "press", "", [](Bench& b) { b.click("panel/switch painted"); }},
      {"panel/tab two", "press", "", [](Bench& b) { b.click("panel/tab two"); }},
      {"panel/button fold", "press", "", [](Bench& b) { b.click("panel/button fold"); }},
      {"panel/button fold", "open", "", [](Bench& b) { b.click("panel/button fold"); }},
      {"panel/slider slider", "set", "5", [](Bench& b) { b.click("panel/slider slider"); }},
      {"panel/spinbutton number", "set", "4.5",
       [](Bench& b) { b.click("panel/spinbutton number"), b.type("4.5"); }},
      {"panel/spinbutton number", "type", "-1e9",
       [](Bench& b) { b.click("panel/spinbutton number"), b.type("-1e9"); }},
      {"panel/spinbutton whole", "set", "6.7",
       [](Bench& b) { b.click("panel/spinbutton whole"), b.type("7"); }},
      {"panel/spinbutton whole", "type", "nonsense",
       [](Bench& b) { b.click("panel/spinbutton whole"), b.type("nonsense"); }},
      {"panel/textbox field", "type", "x^2 + ü",
       [](Bench& b) { b.click("panel/textbox field"), b.type("x^2 + ü"); }},
      {"panel/combobox choice", "choose", "third",
       [](Bench& b) {
         b.click("panel/combobox choice");
         b.click("panel/listbox choice/option third");
       }},
  };
  for (const Way& w : ways) {
    CAPTURE(w.id);
    CAPTURE(w.value);
    Values by_hand, by_request, untouched;
    {
      Bench b;
      untouched = b.values;
      w.hand(b);
      by_hand = b.values;
    }
    {
      Bench b;
      b.ask(w.id, w.action, w.value);
      by_request = b.values;
    }
    CHECK(by_request == by_hand);
    const bool refused = w.value == std::string("nonsense") || w.value == std::string("-1e9");
    CHECK((by_request == untouched) == refused);
  }
}

TEST_CASE("requests: a list is opened and chosen from, step by step") {
  Bench b;
  b.ask("panel/combobox choice", "open");
  b.ask("panel/listbox choice/option second", "press");
  CHECK(b.values.option == 1);
  CHECK(request("panel/listbox choice/option third", "press") != "");  // the list has closed
}

TEST_CASE("requests: a number being typed, a place, a fold that is open already") {
  Bench b;
  b.ask("panel/spinbutton number", "press");
  b.frames(2);
  CHECK(ImGui::GetIO().WantTextInput);
  b.ask("panel/spinbutton number", "type", "1.5");
  CHECK(b.values.typed == 1.5);
  CHECK_FALSE(ImGui::GetIO().WantTextInput);
  b.ask("panel/slider place", "set", "-1.5,2e3");
  CHECK(b.values.at[0] == -1.5);
  CHECK(b.values.at[1] == 2000);
  CHECK(request("panel/slider place", "move", "1,0") == "");
  b.ask("panel/slider place", "move", "1,-10");  // from where the first has led
  b.frames(2);
  CHECK(b.values.at[0] == 0.5);
  CHECK(b.values.at[1] == 1990);
  b.ask("panel/button fold", "open");
  b.ask("panel/button fold", "open");
  CHECK(b.values.open);
  b.ask("panel/slider slider", "set", "1e9");
  CHECK(b.values.slid == 10);
}

TEST_CASE("requests: the keyboard's place is where a request puts it") {
  Bench b;
  for (const char* id :
       {"panel/button button", "panel/slider slider", "panel/spinbutton number", "panel/combobox choice",
        "panel/switch toggle", "panel/tab two", "panel/textbox field", "panel/switch painted"}) {
    CAPTURE(id);
    b.ask(id, "focus");
    CHECK(b.control(id).focused);
  }
}

TEST_CASE("requests: each is taken by one frame, in turn") {
  Bench b;
  for (int i = 0; i < 3; ++i) CHECK(request("panel/button button", "press") == "");
  b.frames(1);
  CHECK(b.values.presses == 1);
  b.frames(2);
  CHECK(b.values.presses == 3);
  b.frames(2);
  CHECK(b.values.presses == 3);
}

TEST_CASE("requests: what cannot be done is refused, and nothing happens") {
  Bench b;
  const Values before = b.values;
  const struct {
    std::string id, action, value, sentence;
  } refused[] = {
      {"panel/button nobody", "press", "",
       R"(expected the id of a control that is shown, got "panel/button nobody")"},
      {"", "press", "", R"(expected the id of a control that is shown, got "")"},
      {"a\nb", "press", "", "expected the id of a control that is shown, got 3 bytes"},
      {"panel", "press", "", "panel: a region cannot take press"},
      {"panel/button button", "fly", "",
       R"(expected press, set, move, type, choose, open or focus, got "fly")"},
      {"panel/button button", "set", "1", "panel/button button: a button cannot take set"},
      {"panel/button button", "open", "", "panel/button button: a button cannot take open"},
      {"panel/button disabled", "press", "", "panel/button disabled: it cannot be used now"},
      {"panel/slider slider", "press", "", "panel/slider slider: a slider cannot take press"},
      {"panel/slider place", "focus", "", "panel/slider place: a slider cannot take focus"},
      {"panel/slider slider", "set", "", R"(panel/slider slider: expected a number, got "")"},
      {"panel/slider slider", "set", "nan", R"(panel/slider slider: expected a number, got "nan")"},
      {"panel/slider slider", "set", "1e999", R"(panel/slider slider: expected a number, got "1e999")"},
      {"panel/slider slider", "set", "1,2", R"(panel/slider slider: expected a number, got "1,2")"},
      {"panel/slider slider", "move", "1,0", "panel/slider slider: a slider cannot take move"},
      {"panel/slider place", "move", "1", R"(panel/slider place: expected two numbers, got "1")"},
      {"panel/slider place", "set", "1", R"(panel/slider place: expected two numbers, got "1")"},
      {"panel/combobox choice", "choose", "fourth",
       R"(panel/combobox choice: expected one of its options, got "fourth")"},
      {"panel/textbox field", "type", std::string(5000, 'x'),
       "panel/textbox field: expected a value of at most 4096 bytes, got 5000 bytes"},
  };
  for (const auto& r : refused) CHECK(request(r.id, r.action, r.value) == r.sentence);
  CHECK_FALSE(requests_wait());
  b.frames(3);
  CHECK(b.values == before);
  for (int i = 0; i < 256; ++i) CHECK(request("panel/button button", "press") == "");
  CHECK(request("panel/button button", "press") == "panel/button button: too many requests wait");
  b.frames(300);
  CHECK(b.values.presses == 256);
}

TEST_CASE("the record is a tree of ids, the same in every frame and language") {
  Bench b;
  const auto ids = [] {
    std::vector<std::string> all;
    for (const Control& c : controls()) all.push_back(c.id);
    return all;
  };
  std::set<std::string> known = {""};
  for (const Control& c : controls()) {
    CHECK_MESSAGE(known.count(c.parent) == 1, c.id);  // what holds it stands before it
    CHECK_MESSAGE(known.insert(c.id).second, c.id);
  }
  const std::vector<std::string> english = ids();
  CHECK(b.control("panel/heading 1").name == "Heading");
  CHECK(b.control("panel/text 2").name == "some words");
  const Control panel = b.control("panel"), toggle = b.control("panel/switch toggle");
  CHECK(panel.role == Role::region);
  CHECK((panel.at.y <= toggle.at.y && panel.at.y + panel.size.y >= toggle.at.y + toggle.size.y));
  CHECK(b.control("panel/combobox choice").options == std::vector<std::string>{"first", "second", "third"});
  CHECK(b.control("panel/spinbutton number").input == InputMode::decimal);
  CHECK(b.control("panel/textbox field").input == InputMode::text);
  set_texts(1, {{"toggle", "Schalter"}, {"panel", "Tafel"}, {"second", "zweite"}});
  REQUIRE(speak(1));
  b.frames(2);
  CHECK(ids() == english);
  CHECK(b.control("panel/switch toggle").name == "Schalter");
  CHECK(b.control("panel").name == "Tafel");
  b.ask("panel/combobox choice", "choose", "zweite");
  CHECK(b.values.option == 1);
  speak(0);
}
