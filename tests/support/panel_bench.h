// One panel of the lab alone in a column, with an engine that computes within the frame.
#pragma once

#include <cmath>

#include "jobs/jobs.h"
#include "support/lab_driver.h"

namespace stride::lab {

inline Scenario with_runs(std::initializer_list<const char*> keys, const char* surface = "quad_k10") {
  Scenario s = default_scenario();
  surface_of(s).surface = find_surface(surface);
  s.runs.clear();
  for (const char* key : keys) s.runs.push_back(default_run(find_optimizer(key)));
  return s;
}

using PanelCall = void (*)(Lab&, float height);
inline void range(Lab& lab, float height) {
  range_panel(lab.session, lab.results, lab.studies.range, study_desk(lab), height);
}
inline void map(Lab& lab, float height) {
  map_panel(lab.session, lab.results, lab.studies.map, study_desk(lab), false, height);
}
inline void compare(Lab& lab, float) {
  compare_panel(lab.session, lab.studies.compare, study_desk(lab));
}

/// One panel alone in a column of the given width, with an engine that works within the frame.
struct Bench {
  Driver d;
  std::unique_ptr<jobs::Engine> engine = jobs::make_inline();
  PanelCall panel;
  float width, height;

  Bench(PanelCall p, Scenario s, float w = 420, float h = 420)
      : d(1440, 900, 1, std::move(s)), panel(p), width(w), height(h) {
    d.lab.services.engine = engine.get();
  }
  void frame() {
    static double now = 1000;
    now += 1 / 60.0;
    d.lab.services.now = now;
    ImGuiIO& io = ImGui::GetIO();
    io.DeltaTime = 1 / 60.f;
    ImGui::NewFrame();
    apply_theme(is_dark(d.lab.session.scenario.view, d.lab.services.host), 1);
    begin_controls();
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize({width, 900});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(16, 12));
    ImGui::Begin("panel", nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoSavedSettings);
    ImGui::PopStyleVar();
    push_type(Type::body);
    panel(d.lab, height);
    pop_type();
    ImGui::End();
    if (!ImGui::IsAnyItemActive()) commit(d.lab.session);
    released();
    ImGui::Render();
    for (ImTextureData* texture : ImGui::GetPlatformIO().Textures)
      if (texture->Status != ImTextureStatus_Destroyed)
        texture->SetTexID(1), texture->SetStatus(ImTextureStatus_OK);
  }
  void frames(int count) {
    while (count-- > 0) frame();
  }
  /// Until no study is under way and nothing asks for more.
  void rest() {
    frames(3);
    for (int i = 0; i < 20000 && engine->busy(); ++i) frames(2);
    frames(3);
    REQUIRE(!engine->busy());
  }
  void move(float x, float y) {
    ImGui::GetIO().AddMousePosEvent(x, y);
    frames(2);
  }
  void button(int which, bool down) {
    ImGui::GetIO().AddMouseButtonEvent(which, down);
    frames(2);
  }
  void click_at(float x, float y) {
    move(x, y);
    button(0, true);
    button(0, false);
    frames(2);
  }
  void click(const std::string& role, const std::string& name) {
    const Control c = d.get(role, name);
    click_at(c.at.x + c.size.x / 2, c.at.y + c.size.y / 2);
  }
  void choose(const std::string& name, const std::string& option) {
    click("combobox", name);
    click("option", option);
  }
  void key(ImGuiKey k, ImGuiKey modifier = ImGuiKey_None) {
    ImGuiIO& io = ImGui::GetIO();
    for (const bool down : {true, false}) {
      if (modifier != ImGuiKey_None) io.AddKeyEvent(modifier, down);
      io.AddKeyEvent(k, down);
      frames(2);
    }
  }
  double lr(size_t run = 0) const { return d.lab.session.scenario.runs[run].optimizer.number(0); }
};

inline bool contains(const std::string& words, const std::string& part) {
  return words.find(part) != std::string::npos;
}

inline bool says(const std::string& part) {
  for (const Control& c : controls())
    if ((c.role == Role::text || c.role == Role::status) && c.visible && contains(c.name, part)) return true;
  return false;
}

/// Nothing cut off, over the edge or on top of another. The table's rows hold no other control.
inline void check_sound(float width, const std::string& where) {
  std::vector<Control> seen;
  for (const Control& c : controls()) {
    if (holds_others(c.role)) continue;
    CHECK_MESSAGE(!c.clipped, where << ": clipped: " << word_of(c.role) << " " << c.name << " = " << c.value);
    CHECK_MESSAGE((c.at.x >= 15 && c.at.x + c.size.x <= width - 15),
                  where << ": over the edge: " << word_of(c.role) << " " << c.name);
    seen.push_back(c);
  }
  CHECK(seen.size() > 3);
  for (size_t i = 0; i < seen.size(); ++i)
    for (size_t j = i + 1; j < seen.size(); ++j) {
      const Control &a = seen[i], &b = seen[j];
      const float w = std::min(a.at.x + a.size.x, b.at.x + b.size.x) - std::max(a.at.x, b.at.x);
      const float h = std::min(a.at.y + a.size.y, b.at.y + b.size.y) - std::max(a.at.y, b.at.y);
      CHECK_MESSAGE(!(w > 2 && h > 2), where << ": " << word_of(a.role) << " " << a.name << " lies on "
                                             << word_of(b.role) << " " << b.name);
    }
}

}  // namespace stride::lab
