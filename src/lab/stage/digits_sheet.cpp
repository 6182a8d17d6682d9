// Handwritten digits as a sheet: each with what the network says of it, in a frame of the error's colour where that is
// wrong; below them what the units of the first layer look for.
#include <algorithm>
#include <cmath>

#include "lab/stage/network_picture.h"
#include "text/text.h"
#include "ui/target.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace stride::lab {

using namespace ui;

namespace {

constexpr int side = 8;

struct Cells {
  int columns, rows;
  float width, height;
};

/// The sheet above the weights, which have a part of the place as soon as it holds a row of either.
float weights_height(const render::Rect& a) {
  return a.h < u(120) ? 0 : std::clamp(0.38f * a.h, u(62), u(112));
}

Cells cells_of(const render::Rect& a) {
  const float size = u(a.w < u(420) ? 34 : 40), height = size + u(14);
  const float room = a.h - weights_height(a);
  Cells cells{std::max(static_cast<int>(a.w / (size + u(6))), 1),
              std::max(static_cast<int>(room / (height + u(4))), 1), 0, 0};
  cells.width = a.w / static_cast<float>(cells.columns);
  cells.height = height + u(4);
  return cells;
}

/// 64 numbers from the top left; `ink` makes a colour of one, 0: none.
template <class Ink>
void draw_pixels(ImVec2 at, float size, const Ink& ink) {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const float each = size / side;
  for (int i = 0; i < side * side; ++i) {
    const ImU32 colour = ink(i);
    if ((colour & IM_COL32_A_MASK) == 0) continue;
    const int row = i / side, column = i % side;
    const ImVec2 corner{at.x + each * static_cast<float>(column), at.y + each * static_cast<float>(row)};
    draw->AddRectFilled(corner, {corner.x + each, corner.y + each}, colour);
  }
}

void draw_digit(const NetworkPicture& p, size_t shown, ImVec2 at, float size) {
  const size_t sample = static_cast<size_t>(p.first) + shown;
  const Theme& t = theme();
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const double* pixels = p.data.x.data() + sample * side * side;
  const int label = static_cast<int>(p.data.label[sample]), says = p.says[shown];
  const bool wrong = label != says;
  draw->AddRectFilled(at, {at.x + size, at.y + size}, t.field, u(3));
  draw_pixels(at, size, [&](int i) { return faded(t.text, static_cast<float>(pixels[i])); });
  if (wrong)
    draw->AddRect({at.x - u(2), at.y - u(2)}, {at.x + size + u(2), at.y + size + u(2)}, t.error, u(4), 0,
                  u(2));
  const std::string words =
      wrong ? std::to_string(says) + " ≠ " + std::to_string(label) : std::to_string(says);
  const float width = ImGui::CalcTextSize(words.c_str()).x;
  draw->AddText({at.x + (size - width) / 2, at.y + size + u(2)}, wrong ? t.error : t.muted, words.c_str());
}

/// Squares of a size in rows, as large as they can be.
struct Squares {
  int columns = 1;
  float size = 0;
};

Squares squares_in(float width, float height, int count, float gap) {
  Squares best;
  for (int rows = 1; rows <= count; ++rows) {
    const int columns = (count + rows - 1) / rows;
    const float size = std::min((width - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns),
                                (height - gap * static_cast<float>(rows - 1)) / static_cast<float>(rows));
    if (size > best.size) best = {columns, size};
  }
  return best;
}

/// What each unit of the first layer weighs, pixel by pixel: one colour for, one against.
void draw_weights(const NetworkPicture& p, const render::Rect& a, float top) {
  const Theme& t = theme();
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const int units = p.problem.layers[1];
  const size_t pixels = side * side;
  push_type(Type::small);
  draw->AddText({a.x, top}, t.muted, tr("What each unit of the first layer looks for"));
  pop_type();
  const float gap = u(4), y0 = top + u(18), room = a.y + a.h - y0;
  const auto [columns, size] = squares_in(a.w, room, units, gap);
  float most = 1e-6f;
  for (size_t i = 0; i < static_cast<size_t>(units) * pixels; ++i)
    most = std::max(most, std::fabs(p.weights[i]));
  for (int unit = 0; unit < units; ++unit) {
    const int row = unit / columns, column = unit % columns;
    const ImVec2 at{a.x + (size + gap) * static_cast<float>(column),
                    y0 + (size + gap) * static_cast<float>(row)};
    draw->AddRectFilled(at, {at.x + size, at.y + size}, t.field, u(2));
    const float* w = p.weights.data() + static_cast<size_t>(unit) * pixels;
    draw_pixels(at, size, [&](int i) { return faded(class_colour(w[i] > 0), std::fabs(w[i]) / most); });
  }
  note(Role::img, "first layer", {a.x, y0}, {a.w, room}, {.now = static_cast<double>(units)});
}

}  // namespace

int digits_shown(const render::Rect& area, const NetworkPicture&) {
  const Cells cells = cells_of(area);
  return cells.columns * cells.rows;
}

void digits_sheet(const NetworkPicture& p, const render::Rect& a) {
  const Cells cells = cells_of(a);
  const size_t shown = p.says.size();
  const float size = cells.height - u(18);
  int wrong = 0;
  push_type(Type::small);
  for (size_t i = 0; i < shown; ++i) {
    const size_t columns = static_cast<size_t>(cells.columns), row = i / columns, column = i % columns;
    const ImVec2 at{a.x + cells.width * static_cast<float>(column) + (cells.width - size) / 2,
                    a.y + cells.height * static_cast<float>(row)};
    draw_digit(p, i, at, size);
    wrong += p.says[i] != static_cast<int>(p.data.label[static_cast<size_t>(p.first) + i]);
  }
  pop_type();
  note(Role::img, "digits", {a.x, a.y}, {a.w, a.h - weights_height(a)},
       {.value = tr("{0} of {1} wrong", {readable_whole(wrong), readable_whole(shown)}),
        .now = static_cast<double>(wrong)});
  if (weights_height(a) > 0) draw_weights(p, a, a.y + a.h - weights_height(a) + u(6));
}

}  // namespace stride::lab
