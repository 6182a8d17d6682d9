// The update rule as mathematics, and below each line the same with the numbers of the step that is shown;
// what the pointer rests on lights up on the surface.
#include <algorithm>
#include <cmath>
#include <cstdio>

#include "core/optimizers/custom/custom_rule.h"
#include "lab/explain/explaining.h"
#include "lab/session/edits.h"
#include "lab/session/locks.h"
#include "text/text.h"
#include "ui/target.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace stride::lab {

using namespace ui;

namespace {

using Role = RuleLine::Role;
using Kind = FormulaPiece::Kind;

/// The step told: from this row of the run to the next.
int step_told(const RunResult& result, int step) {
  return std::min(row_at(result, step), result.path.size() - 2);
}

std::vector<Term> terms_of(const RunResult& result, const Run& run, int step, Explaining& explaining) {
  if (explaining.replay_of != result.id) explaining.replay = {};
  explaining.replay_of = result.id;
  return explain(result.path, run.optimizer, run.schedule, step_told(result, step), &explaining.replay);
}

/// Sets a formula in type: exponents raised, hats over their letters, broken at spaces within `width`.
struct FormulaSetter {
  ImVec2 origin;
  float width;
  ImU32 colour;
  float x = 0, y = 0;

  float line_height() const { return std::round(ImGui::GetFontSize() * 1.45f); }

  float advance(std::string_view text, float size) const {
    return ImGui::GetFont()->CalcTextSizeA(size, 1e6f, 0, text.data(), text.data() + text.size()).x;
  }
  void put(std::string_view text, float size, float lift) {
    ImGui::GetWindowDrawList()->AddText(ImGui::GetFont(), size,
                                        {origin.x + x, std::round(origin.y + y - lift)}, colour, text.data(),
                                        text.data() + text.size());
    x += advance(text, size);
  }
  void symbol(std::string_view text, float size, float lift) {
    static constexpr std::string_view hat = "\u0302";
    const size_t at = text.find(hat);
    if (at == std::string_view::npos) return put(text, size, lift);
    const std::string_view base = text.substr(0, at), above = "ˆ";
    const float middle = x + (advance(base, size) - advance(above, size)) / 2, before = x;
    x = middle;
    put(above, size, lift + size * 0.08f);
    x = before;
    put(base, size, lift);
    put(text.substr(at + hat.size()), size, lift);
  }
  /// The words up to the next space that may break, so that none runs over the edge.
  void run(std::string_view text) {
    const std::vector<FormulaPiece> pieces = formula_pieces(text);
    const float full = ImGui::GetFontSize();
    int raised = -1;  // depth of brackets within an exponent; -1: none
    for (size_t i = 0; i < pieces.size(); ++i) {
      const FormulaPiece& p = pieces[i];
      if (p.text == "^") {
        raised = 0;
        continue;
      }
      const bool up = raised >= 0;
      if (p.kind == Kind::space && !up && x + word_after(pieces, i + 1) > width) {
        x = u(20);
        y += line_height();
        continue;
      }
      const float size = up ? std::round(full * 0.75f) : full;
      symbol(p.text, size, up ? full * 0.22f : 0);
      if (!up) continue;
      raised += (p.text == "(") - (p.text == ")");
      if (raised == 0) raised = -1;
    }
  }
  float word_after(const std::vector<FormulaPiece>& pieces, size_t i) const {
    float sum = 0;
    for (; i < pieces.size() && pieces[i].kind != Kind::space; ++i)
      sum += advance(pieces[i].text, ImGui::GetFontSize());
    return sum + advance(" ", ImGui::GetFontSize());
  }
  void new_line() { x = 0, y += line_height(); }
};

/// The formula with its numbers as the language writes them.
std::string with_numbers(std::string_view formula) {
  std::string out;
  for (const FormulaPiece& p : formula_pieces(formula))
    out += p.kind == Kind::number ? localized(p.text) : std::string(p.text);
  return out;
}

std::string result_of(const Term& term, int i) {
  const std::string value = readable(term.value[i]), numbers = with_numbers(term.numbers[i]);
  return numbers.empty() || numbers == value ? value : numbers + " = " + value;
}

ImU32 role_colour(Role role) {
  const Theme& t = theme();
  switch (role) {
    case Role::gradient:
      return t.text;
    case Role::velocity:
      return t.dark ? IM_COL32(204, 151, 255, 255) : IM_COL32(126, 60, 190, 255);
    case Role::size:
      return t.dark ? IM_COL32(86, 211, 200, 255) : IM_COL32(10, 120, 112, 255);
    default:
      return t.accent;
  }
}

void line(const Term& term, int index, RuleLine::Role& lit) {
  const Theme& t = theme();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x - u(8);
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  ImDrawList* draw = ImGui::GetWindowDrawList();
  // What lies under the text is painted first: on a channel of its own, as its height is known afterwards.
  draw->ChannelsSplit(2);
  draw->ChannelsSetCurrent(1);
  FormulaSetter set{{at.x + u(6), at.y + u(4)}, width - u(12), t.text};
  set.run(term.symbol + (term.given ? " " : " ← "));
  if (term.given) set.colour = t.muted;
  const std::string formula = term.given ? tr(term.formula) : term.formula;
  // Words from right to left are turned round as a whole.
  if (term.given && language().right_to_left)
    set.put(formula, ImGui::GetFontSize(), 0);
  else
    set.run(formula);
  const bool same = term.numbers[0] == term.numbers[1] && term.value[0] == term.value[1];
  std::string spoken = formula + ": ";
  for (int i = 0; i < (same ? 1 : 2); ++i) {
    set.new_line();
    set.colour = t.muted;
    if (!same) set.put(i == 0 ? "x" : "y", ImGui::GetFontSize(), 0);
    set.x = same ? 0 : u(16);
    set.colour = term.role == Role::other ? t.text : role_colour(term.role);
    const std::string words = result_of(term, i);
    set.run(words);
    spoken += (same ? "" : i == 0 ? "x " : "; y ") + words;
  }
  set.new_line();
  const ImVec2 end{at.x + width, at.y + set.y + u(6)};
  const bool over =
      ImGui::IsWindowHovered() && mouse.x >= at.x && mouse.x < end.x && mouse.y >= at.y && mouse.y < end.y;
  draw->ChannelsSetCurrent(0);
  if (over) draw->AddRectFilled(at, end, t.field, u(6));
  draw->ChannelsMerge();
  ImGui::PushID(index);
  ImGui::Dummy({width, end.y - at.y});
  ImGui::PopID();
  if (over) lit = term.role;
  tooltip(term.meaning.c_str());
  const std::string name = numbered(term.symbol.c_str(), index);
  note(ui::Role::text, {name.c_str(), name}, at, {width, end.y - at.y}, {.value = spoken},
       term.meaning.c_str());
}

}  // namespace

void arithmetic_panel(Session& session, const Results& results, Explaining& explaining, Pointing& pointing,
                      int step, float height) {
  pointing.next_lit = Role::other;
  const RunResult& result = results[static_cast<size_t>(session.selected)];
  if (result.path.size() < 2)
    return text(tr("This run ends where it starts: there is no step to show."), TextLook::muted, true);
  begin_group(keyed("arithmetic", tr("Rule")));
  const float top = ImGui::GetCursorPosY();
  const Run run = selected_run(session);
  text(tr("Step {0} of {1}", {readable_whole(step_told(result, step) + 1),
                              elide(name_of(run), ImGui::GetContentRegionAvail().x * 0.4f)}),
       TextLook::heading);
  toggle("Show the state on the surface", explaining.show_state,
         "The velocity as an arrow, and the size of recent gradients along x and y as an ellipse. Both show "
         "directions and proportions; their longest side is fixed.");
  const std::vector<Term> terms = terms_of(result, run, step, explaining);
  if (result.path.asked.empty())
    cost_line(explaining.cost, run.optimizer, terms);
  else
    asking_line(run.optimizer, result.path);
  const std::string rule = run.optimizer.formula.empty() ? rule_as_text(run.optimizer) : "";
  if (!rule.empty() &&
      button("Edit a copy", icon::copy, ButtonLook::quiet, !is_locked(session, lock_runs | lock_optimizer),
             "Another run with this rule as a few lines of text, to change as you like."))
    copy_rule(session, rule);
  const float left = std::max(height - (ImGui::GetCursorPosY() - top) - u(8), u(120));
  if (ImGui::BeginChild("terms", {0, left}, ImGuiChildFlags_NavFlattened)) {
    int index = 0;
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, u(2)));
    for (const Term& term : terms) line(term, index++, pointing.next_lit);
    ImGui::PopStyleVar();
  }
  ImGui::EndChild();
  end_group();
}

namespace {

struct Marker {
  const Stage& stage;
  const View& view;
  Domain domain;
  Point at;
  ImVec2 screen(double x, double y) const {
    const render::ScreenPoint s = stage.view.project(view, stage.area, x, y);
    return {s.x, s.y};
  }
  /// The direction (dx, dy) of the domain as one of `length` pixels on the screen.
  ImVec2 towards(double dx, double dy, float length) const {
    const Domain& d = domain;
    const double size = std::hypot(dx, dy), reach = 0.02 * std::min(d.xmax - d.xmin, d.ymax - d.ymin);
    const ImVec2 a = screen(at.x, at.y);
    if (!(size > 0) || !std::isfinite(size)) return a;
    const ImVec2 b = screen(at.x + dx / size * reach, at.y + dy / size * reach);
    const float seen = std::hypot(b.x - a.x, b.y - a.y);
    if (!(seen > 0)) return a;
    return {a.x + (b.x - a.x) / seen * length, a.y + (b.y - a.y) / seen * length};
  }
};

void arrow(ImVec2 from, ImVec2 to, ImU32 colour, float width) {
  const float length = std::hypot(to.x - from.x, to.y - from.y);
  if (!(length > u(3))) return;
  const ImVec2 d{(to.x - from.x) / length, (to.y - from.y) / length};
  const float head = std::min(u(10), length * 0.6f);
  const ImVec2 neck{to.x - d.x * head, to.y - d.y * head};
  ImDrawList* draw = ImGui::GetWindowDrawList();
  draw->AddLine(from, neck, theme().panel, width + u(3));
  draw->AddLine(from, neck, colour, width);
  draw->AddTriangleFilled(to, {neck.x - d.y * head * 0.5f, neck.y + d.x * head * 0.5f},
                          {neck.x + d.y * head * 0.5f, neck.y - d.x * head * 0.5f}, colour);
}

/// An ellipse in the domain around the walker with the term's proportions.
void ellipse(const Marker& m, const Term& term, ImU32 colour) {
  const double a = std::sqrt(std::fabs(term.value[0])), b = std::sqrt(std::fabs(term.value[1]));
  const Domain& d = m.domain;
  const double most = std::max(a, b), reach = 0.07 * std::min(d.xmax - d.xmin, d.ymax - d.ymin);
  if (!(most > 0) || !std::isfinite(most)) return;
  ImVec2 points[48];
  for (int i = 0; i < 48; ++i) {
    const double angle = i * 6.283185307179586 / 48;
    points[i] =
        m.screen(m.at.x + reach * a / most * std::cos(angle), m.at.y + reach * b / most * std::sin(angle));
  }
  ImDrawList* draw = ImGui::GetWindowDrawList();
  draw->AddPolyline(points, 48, theme().panel, ImDrawFlags_Closed, u(5));
  draw->AddPolyline(points, 48, colour, ImDrawFlags_Closed, u(2));
}

}  // namespace

void arithmetic_marks(const Session& session, const Results& results, const Stage& stage,
                      Explaining& explaining, Pointing& pointing, int step) {
  const Role lit = pointing.lit;
  pointing.lit = pointing.next_lit;
  pointing.next_lit = Role::other;
  if (lit == Role::other && !explaining.show_state) return;
  const RunResult& result = results[static_cast<size_t>(session.selected)];
  const Trajectory& path = result.path;
  if (is_hidden(session.scenario, session.selected) || path.size() < 2) return;
  const size_t t = static_cast<size_t>(step_told(result, step));
  const Marker m{stage, session.scenario.view, domain_of(session.scenario), {path.x[t], path.y[t]}};
  const ImVec2 at = m.screen(m.at.x, m.at.y);
  const Term *velocity = nullptr, *size = nullptr;
  const std::vector<Term> terms = terms_of(result, selected_run(session), step, explaining);
  for (const Term& term : terms) {
    if (term.role == Role::velocity) velocity = &term;
    if (term.role == Role::size) size = &term;
  }
  if (velocity && (explaining.show_state || lit == Role::velocity))
    arrow(at, m.towards(-velocity->value[0], -velocity->value[1], u(64)), role_colour(Role::velocity), u(3));
  if (size && (explaining.show_state || lit == Role::size)) ellipse(m, *size, role_colour(Role::size));
  if (lit == Role::gradient)
    arrow(at, m.towards(-path.grad_x[t], -path.grad_y[t], u(52)), role_colour(Role::gradient), u(4));
  if (lit == Role::step || lit == Role::rate || lit == Role::position) {
    const ImVec2 to = m.screen(path.x[t + 1], path.y[t + 1]);
    if (lit != Role::position && std::isfinite(to.x) && std::isfinite(to.y))
      arrow(at, to, theme().accent, u(4));
    ImGui::GetWindowDrawList()->AddCircle(at, u(11), theme().accent, 0, u(3));
  }
}

}  // namespace stride::lab
