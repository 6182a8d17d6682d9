// The runs' names over the surface, each in its colour with its outcome: which is which, and what became of
// it.
#include <algorithm>

#include "lab/session/edits.h"
#include "lab/session/ground.h"
#include "lab/stage/stage.h"
#include "text/text.h"
#include "ui/target.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace stride::lab {

using namespace ui;

namespace {

ImU32 outcome_colour(Outcome::Kind kind) {
  const Theme& t = theme();
  using K = Outcome::Kind;
  switch (kind) {
    case K::diverged:
      return t.error;
    case K::converged:
      return t.dark ? IM_COL32(86, 211, 144, 255) : IM_COL32(20, 120, 64, 255);
    case K::local_minimum:
    case K::saddle:
    case K::oscillating:
      return t.dark ? IM_COL32(240, 190, 90, 255) : IM_COL32(146, 96, 0, 255);
    default:
      return t.muted;
  }
}

ImU32 veil(ImU32 colour) {
  return (colour & ~IM_COL32_A_MASK) | (225u << IM_COL32_A_SHIFT);
}

/// As much of it as has room; a loss that has none goes whole, for half a number is another one.
std::string fitting(const std::string& words, float room) {
  const size_t comma = words.rfind(", ");
  const bool whole = comma == std::string::npos || ImGui::CalcTextSize(words.c_str()).x <= room;
  return elide(whole ? words : words.substr(0, comma), room);
}

void card(Session& session, const Results& results, int r, float width) {
  const Theme& t = theme();
  const RunResult& result = results[static_cast<size_t>(r)];
  const std::string name = name_of(session.scenario.runs[static_cast<size_t>(r)]);
  const bool hidden = is_hidden(session.scenario, r);
  const float h = target_height(30), eye = h;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const std::string shown = joined(elide(name, width * 0.5f));
  const float name_width = ImGui::CalcTextSize(shown.c_str()).x;
  const float room = width - u(32) - name_width - eye - u(14);
  const std::string words = card_words(result), outcome = fitting(words, room);
  const float whole = u(32) + name_width + u(14) + ImGui::CalcTextSize(outcome.c_str()).x + eye;
  begin_group({numbered("run", r + 1).c_str(), tr("run {0}", {std::to_string(r + 1)})});
  const Target it = target(Role::button, keyed("card", name), {whole - eye, h});
  const bool hovered = it.hovered;
  if (it.pressed) session.selected = r;
  ImDrawList* draw = ImGui::GetWindowDrawList();
  draw->AddRectFilled(at, {at.x + whole, at.y + h}, veil(hovered ? t.field_hover : t.panel), u(6));
  if (r == session.selected && results.size() > 1)
    draw->AddRect(at, {at.x + whole, at.y + h}, t.runs[r], u(6), 0, u(1.5f));
  run_mark(draw, {at.x + u(16), at.y + h / 2}, u(5), r);
  const float y = at.y + (h - ImGui::GetFontSize()) / 2;
  draw->AddText({at.x + u(30), y}, hidden ? t.muted : t.text, shown.c_str());
  draw->AddText({at.x + u(30) + name_width + u(10), y},
                hidden ? t.muted : outcome_colour(result.outcome.kind), outcome.c_str());
  set_state(it, {.value = words, .checked = r == session.selected});
  ImGui::SetCursorScreenPos({at.x + whole - eye, at.y});
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const Target visible = target(Role::toggle, "visible", {eye, h});
  if (visible.pressed) set_hidden(session.scenario, r, !hidden);
  const char* symbol = hidden ? icon::hidden : icon::visible;
  draw->AddText({corner.x + (eye - ImGui::CalcTextSize(symbol).x) / 2, y}, visible.hovered ? t.text : t.muted,
                symbol);
  set_state(visible, {.value = tr(hidden ? "off" : "on"), .checked = !hidden});
  end_group();
  ImGui::SetCursorScreenPos({at.x, at.y + h + u(4)});
}

float row_height() {
  return target_height(30) + u(4);
}

bool is_small(const render::Rect& a) {
  return a.w < u(560);
}

bool is_map(const Scenario& s) {
  return s.view.flat && has_surface(s);
}

struct Cards {
  int columns, rows;
  float width;  ///< of a column
};

/// A column of them; on a map rows, of a small one the selected run's alone. Only as many as leave the valley
/// to be seen.
Cards cards_of(const Session& session, const render::Rect& a) {
  const bool map = is_map(session.scenario), small = is_small(a);
  const float picture = network_of(session.scenario) ? beside_cards(a) : 0,
              room = a.w - u(36) - buttons_width(a, 4) - picture,
              share = map     ? (small ? 0 : 0.4f)
                      : small ? 0.6f
                              : 0.9f;
  const int runs = static_cast<int>(session.scenario.runs.size());
  const int columns = map ? std::clamp(static_cast<int>(room / u(340)), 1, runs) : 1;
  int most = std::max(static_cast<int>((a.h * share - u(12)) / row_height()), 1);
  if (network_of(session.scenario))
    most = std::min(most, a.h < u(420) ? 1 : 4);  // what is drawn of the data begins below
  return {columns, std::min(most, (runs + columns - 1) / columns),
          std::min(room / static_cast<float>(columns), u(444))};
}

}  // namespace

float beside_cards(const render::Rect& a) {
  return a.h < u(150) ? std::max(std::min(a.h - u(8), a.w * 0.4f), 1.f) : 0;
}

void clear_edges(const Session& session, Stage& stage) {
  render::Rect& a = stage.area;
  if (!is_map(session.scenario) || a.h < u(150)) return;
  const Cards cards = cards_of(session, a);
  a.top = u(14) + row_height() * static_cast<float>(cards.rows);
  a.right = u(44);
  a.bottom = u(is_small(a) ? 72 : 66);  // three and two lines of narration
}

void run_cards(Session& session, const Results& results, const Stage& stage) {
  begin_group(keyed("cards", tr("what became of the runs")));
  const Cards cards = cards_of(session, stage.area);
  const ImVec2 first = ImGui::GetCursorScreenPos();
  push_type(is_small(stage.area) ? Type::small : Type::body);
  int shown = 0;
  for (int r = 0; r < static_cast<int>(results.size()); ++r) {
    if (r != session.selected && shown + (r < session.selected) >= cards.rows * cards.columns) continue;
    const int column = shown % cards.columns, row = shown / cards.columns;
    ImGui::SetCursorScreenPos({first.x + cards.width * static_cast<float>(column),
                               first.y + row_height() * static_cast<float>(row)});
    card(session, results, r, cards.width - u(4));
    ++shown;
  }
  pop_type();
  end_group();
}

}  // namespace stride::lab
