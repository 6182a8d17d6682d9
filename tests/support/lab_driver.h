// A lab without a window: ImGui fed by hand, frames counted, controls found by name. What a learner does, a
// test does through it.
#pragma once

#include <doctest/doctest.h>

#include <cstring>
#include <memory>
#include <string>

#include "imgui.h"
#include "lab/session/edits.h"
#include "lab/shell/lab.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace stride::lab {

using namespace ui;

class Driver {
 public:
  explicit Driver(float css_width = 1440, float css_height = 900, float pixel_ratio = 1,
                  Scenario scenario = default_scenario())
      : ratio_(pixel_ratio) {
    context_ = ImGui::CreateContext();
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
    io.BackendFlags |= ImGuiBackendFlags_RendererHasTextures;
    io.DisplaySize = {css_width * pixel_ratio, css_height * pixel_ratio};
    load_fonts();
    init(lab, std::move(scenario));
    frames(3);
  }
  ~Driver() { ImGui::DestroyContext(context_); }
  Driver(const Driver&) = delete;
  Driver& operator=(const Driver&) = delete;

  void resize(float css_width, float css_height, float pixel_ratio) {
    ratio_ = pixel_ratio;
    ImGui::GetIO().DisplaySize = {css_width * pixel_ratio, css_height * pixel_ratio};
    frames(4);
  }

  void frames(int count) {
    for (int i = 0; i < count; ++i) {
      ImGuiIO& io = ImGui::GetIO();
      io.DeltaTime = static_cast<float>(frame_seconds);
      now_ += frame_seconds;
      ImGui::NewFrame();
      frame(lab, now_, io.DisplaySize.x, io.DisplaySize.y, ratio_);
      ImGui::Render();
      for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) {
        if (texture->Status == ImTextureStatus_WantDestroy)
          texture->SetStatus(ImTextureStatus_Destroyed);
        else if (texture->Status != ImTextureStatus_Destroyed) {
          texture->SetTexID(1);
          texture->SetStatus(ImTextureStatus_OK);
        }
      }
    }
  }

  /// The control, or null. `group` empty: of whatever group.
  const Control* find(const std::string& role, const std::string& name, const std::string& group = "") const {
    for (const Control& c : controls())
      if (word_of(c.role) == role && c.name == name && (group.empty() || c.group == group)) return &c;
    return nullptr;
  }
  Control get(const std::string& role, const std::string& name, const std::string& group = "") const {
    const Control* c = find(role, name, group);
    REQUIRE_MESSAGE(c != nullptr, "no " << role << " named " << name);
    return *c;
  }

  void move(float x, float y) {
    ImGui::GetIO().AddMousePosEvent(x, y);
    frames(1);
  }
  void press() {
    ImGui::GetIO().AddMouseButtonEvent(0, true);
    frames(1);
  }
  void release() {
    ImGui::GetIO().AddMouseButtonEvent(0, false);
    frames(2);
  }
  void click(const std::string& role, const std::string& name, const std::string& group = "") {
    const Control c = get(role, name, group);
    move(c.at.x + c.size.x / 2, c.at.y + c.size.y / 2);
    press();
    release();
    frames(2);
  }
  void drag(float x0, float y0, float x1, float y1, bool let_go = true) {
    move(x0, y0);
    press();
    for (int i = 1; i <= 4; ++i) move(x0 + (x1 - x0) * float(i) / 4, y0 + (y1 - y0) * float(i) / 4);
    if (let_go) release();
  }
  void drag_slider(const std::string& name, float fraction, bool let_go = true) {
    const Control c = get("slider", name);
    const float y = c.at.y + c.size.y / 2;
    drag(c.at.x + c.size.x / 2, y, c.at.x + c.size.x * fraction, y, let_go);
  }
  void key(ImGuiKey k, ImGuiKey modifier = ImGuiKey_None) {
    ImGuiIO& io = ImGui::GetIO();
    if (modifier != ImGuiKey_None) io.AddKeyEvent(modifier, true);
    io.AddKeyEvent(k, true);
    frames(1);
    io.AddKeyEvent(k, false);
    if (modifier != ImGuiKey_None) io.AddKeyEvent(modifier, false);
    frames(2);
  }
  void type(const char* words) {
    ImGui::GetIO().AddInputCharactersUTF8(words);
    frames(2);
  }
  /// Chooses `option` in the drop-down `name`.
  void choose(const std::string& name, const std::string& option, const std::string& group = "") {
    click("combobox", name, group);
    scroll_to("option", option);
    click("option", option);
  }
  /// Turns the wheel over the control's window until the control is in sight.
  void scroll_to(const std::string& role, const std::string& name) {
    for (int i = 0; i < 60; ++i) {
      const Control c = get(role, name);
      if (c.visible) return;
      const bool below = c.at.y > ImGui::GetIO().DisplaySize.y / 2;
      ImGui::GetIO().AddMouseWheelEvent(0, below ? -1.f : 1.f);
      frames(2);
    }
  }

  Lab lab;
  double frame_seconds = 1 / 60.0;  ///< how long a frame of this machine takes

 private:
  ImGuiContext* context_;
  float ratio_;
  double now_ = 0;
};

}  // namespace stride::lab
