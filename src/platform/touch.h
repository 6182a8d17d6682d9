// Fingers, told to ImGui as a mouse. One finger presses and drags, except that a drag up or down a panel that
// can scroll scrolls it, unless it begins on a grip; two fingers zoom (as the wheel) and pan (as the right
// button).
#pragma once

#include "imgui.h"

struct ImGuiWindow;

namespace stride::platform {

struct Touch {
  /// Positions in device pixels. `id` tells fingers apart; a third finger is ignored.
  void down(int id, ImVec2 at);
  void move(int id, ImVec2 at);
  void up(int id);
  void cancel();
  /// The finger that is down stays where it is for long: the right button's click there, and no tap
  /// afterwards.
  void rest();
  /// A finger rests elsewhere: on a plot it points, in a panel that scrolls too.
  void point();
  /// Applies the scrolling gathered since the last frame; inside a frame.
  void scroll();

  float scale = 1;  ///< device pixels per CSS pixel

 private:
  enum class State { idle, undecided, pressing, scrolling, pinching };
  struct Finger {
    int id = -1;
    ImVec2 start = {}, at = {};
  };
  Finger* find(int id);
  void press(ImVec2 at);
  void begin_pinch();
  void pinch();

  State state = State::idle;
  Finger fingers[2];
  float distance = 0;   // between two fingers at the last report
  float scroll_by = 0;  // device pixels that wait for the next frame
  ImGuiID panel = 0;    // what is being scrolled
};

}  // namespace stride::platform
