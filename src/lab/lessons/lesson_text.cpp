#include "lab/lessons/lesson_text.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "lab/lessons/formula_type.h"
#include "lab/lessons/line_order.h"
#include "lesson/glossary.h"
#include "text/text.h"
#include "ui/line_breaks.h"
#include "ui/target.h"
#include "ui/text_order.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace stride::lab {

using namespace ui;

namespace {

/// What stays together on a line: a word, a formula, or all that is pressed at once.
struct Piece {
  std::string words;
  FormulaRow formula;
  const LessonSpan* span = nullptr;
  const GlossaryTerm* term = nullptr;
  bool strong = false;
  float before = 0;     ///< the space before it, within a line
  bool breaks = false;  ///< a line may end before it
  float size = 0;       ///< of its type
  Extent extent;
  ImVec2 at;  ///< its left end, on its line's axis
};

/// Its words; nothing where it is a formula of more than words.
std::string said(const Piece& p) {
  const bool words = p.formula.size() == 1 && p.formula[0].kind == FormulaBox::Kind::words;
  return words ? p.formula[0].words : p.words;
}

bool is_live(const Piece& p) {
  return p.term || !p.span->sets.empty();
}

/// Sets pieces one after another, each of their lines as high as it needs.
class TextSetter {
 public:
  TextSetter(PageText& page, bool heading, bool from_right, float width)
      : page_(page), heading_(heading), from_right_(from_right), width_(width) {}

  void put(const LessonSpan& span) {
    const bool strong = span.bold || heading_;
    push_type(strong ? Type::heading : Type::body);
    Piece piece;
    piece.span = &span;
    piece.strong = strong;
    piece.size = ImGui::GetFontSize();
    line_ = piece.size * 1.45f;
    const GlossaryTerm* term = span.bold && !span.formula ? find_term(span.words) : nullptr;
    if (term && std::find(page_.terms.begin(), page_.terms.end(), term) == page_.terms.end()) {
      page_.terms.push_back(term);
      piece.term = term;
    }
    if (span.formula) {
      put_formula(piece, span.words);
    } else if (is_live(piece)) {
      add_words(std::move(piece), span.words);
    } else {
      put_words(piece, span.words);
    }
    pop_type();
  }

  /// Where each piece stands, from `start` on; how high all of it is.
  float place(ImVec2 start) {
    float y = start.y;
    for (size_t first = 0; first < pieces_.size();) {
      size_t end = first;
      float x = 0, up = 0, down = 0;
      for (; end < pieces_.size(); ++end) {
        Piece& p = pieces_[end];
        const float space = end > first ? p.before : 0;
        // A bracket and the term in it have no space between them, and go on together.
        float together = p.extent.width;
        for (size_t i = end + 1; i < pieces_.size() && !pieces_[i].breaks; ++i)
          together += pieces_[i].extent.width;
        if (end > first && x + space + together > width_ && p.breaks) break;
        p.at.x = start.x + x + space;
        x += space + p.extent.width;
        widest_ = std::max(widest_, x);
        up = std::max(up, p.extent.up);
        down = std::max(down, p.extent.down);
      }
      if (from_right_) turn_round(first, end, start.x + width_);
      for (size_t i = first; i < end; ++i) pieces_[i].at.y = std::round(y + up);
      y += std::max(line_, up + down + line_ * 0.25f);
      first = end;
    }
    return y - start.y;
  }

  const std::vector<Piece>& pieces() const { return pieces_; }
  bool is_clipped() const { return widest_ > width_ + 0.5f; }

 private:
  void add(Piece piece) {
    const std::string_view last = pieces_.empty() ? "" : std::string_view(pieces_.back().words);
    piece.before = std::exchange(space_, 0.f);
    piece.breaks = piece.before > 0 || (!last.empty() && !piece.words.empty() &&
                                        may_part(last_letter(last), first_letter(piece.words)));
    pieces_.push_back(std::move(piece));
  }
  /// A line that is written from right to left, its first piece at `right`.
  void turn_round(size_t first, size_t end, float right) {
    std::vector<LinePart> parts;
    for (size_t i = first; i < end; ++i) parts.push_back({said(pieces_[i]), pieces_[i].before > 0});
    const std::vector<int> order = from_left(parts);
    for (size_t i = first; i < end; ++i) {
      if (pieces_[i].span->formula || pieces_[i].words == parts[i - first].words) continue;
      pieces_[i].words = parts[i - first].words;  // a bracket that was turned round
      pieces_[i].extent = words_extent(pieces_[i].words, pieces_[i].size);
    }
    const float space = ImGui::CalcTextSize(" ").x;
    float x = right;
    for (size_t i = order.size(); i-- > 0;) {
      if (order[i] < 0) {
        x -= space;
        continue;
      }
      Piece& p = pieces_[first + static_cast<size_t>(order[i])];
      x -= p.extent.width;
      p.at.x = x;
    }
  }
  void add_words(Piece piece, std::string_view words) {
    piece.words = joined(words);
    piece.extent = words_extent(piece.words, piece.size);
    add(std::move(piece));
  }
  /// What stands between two spaces of a formula stays together.
  void put_formula(const Piece& like, std::string_view written) {
    FormulaRow row, together;
    read_formula(written, row);
    const auto end_part = [&] {
      if (together.empty()) return;
      Piece piece = like;
      piece.formula = std::exchange(together, {});
      piece.extent = set_formula(piece.formula, piece.size);
      add(std::move(piece));
    };
    for (FormulaBox& box : row) {
      if (box.kind != FormulaBox::Kind::words) {
        together.push_back(std::move(box));
        continue;
      }
      std::string_view words = box.words;
      for (size_t end = 0; end != words.npos; words.remove_prefix(end + 1)) {
        end = words.find(' ');
        if (!words.substr(0, end).empty())
          together.push_back({FormulaBox::Kind::words, std::string(words.substr(0, end)), {}, {}});
        if (end == words.npos) break;
        end_part();
        space_ = ImGui::CalcTextSize(" ").x;
      }
    }
    end_part();
  }
  void put_words(const Piece& like, std::string_view words) {
    while (!words.empty()) {
      if (words.front() == ' ') {
        space_ = ImGui::CalcTextSize(" ").x;
        words.remove_prefix(1);
        continue;
      }
      const std::string_view word = words.substr(0, together(words));
      words.remove_prefix(word.size());
      if (!from_right_) {
        add_words(like, word);
        continue;
      }
      for (const std::string& part : without_signs(word)) add_words(like, part);
    }
  }

  PageText& page_;
  bool heading_, from_right_;
  float width_, line_ = 0, space_ = 0, widest_ = 0;
  std::vector<Piece> pieces_;
};

/// What a setting is about lights up with it.
void light_setting(LessonState& lesson, std::string_view sets) {
  light(lesson, control_of(sets.substr(0, sets.find('='))));
}

/// What can be pressed: a setting is taken, a term tells its line or goes back to saying nothing.
void live_piece(PageText& page, const Piece& p) {
  LessonState& lesson = page.desk.lesson;
  const ImVec2 at{p.at.x, top_of(p.at.y, p.size) - u(1)}, size{p.extent.width, p.size + u(3)};
  ImGui::SetCursorScreenPos(at);
  const std::string key =
      p.term ? std::string("term ") + p.term->forms : numbered("setting", ++page.settings);
  const Target it = target(Role::button, {key.c_str(), p.span->words}, size,
                           p.term ? "What it means, and where it is in the lab" : "Try it in the lab");
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const float foot = std::round(at.y + size.y);
  if (it.hovered || it.focused)
    draw->AddRectFilled({at.x - u(2), at.y}, {at.x + size.x + u(2), foot}, theme().field_hover, u(3));
  if (!p.term) draw->AddLine({at.x, foot}, {at.x + size.x, foot}, theme().accent, u(1.2f));
  for (float x = 0; p.term && x < size.x; x += u(4))
    draw->AddLine({at.x + x, foot}, {std::min(at.x + x + u(2), at.x + size.x), foot}, theme().accent,
                  u(1.2f));
  if (!it.pressed) return;
  if (p.term) {
    const bool open = lesson.term == p.term->forms;
    lesson.term = open ? "" : p.term->forms;
    if (!open) light(lesson, p.term->control);
    return;
  }
  take_setting(page.desk, p.span->sets);
  light_setting(lesson, p.span->sets);
}

/// Letters that no heavy font here has are made so by being drawn twice.
void draw_words(const Piece& p, ImU32 colour, ImDrawList* draw) {
  const ImVec2 at{std::round(p.at.x), std::round(top_of(p.at.y, p.size))};
  draw->AddText(at, colour, p.words.c_str());
  if (p.strong && is_far(p.words)) draw->AddText({at.x + u(0.6f), at.y}, colour, p.words.c_str());
}

void draw_pieces(PageText& page, const std::vector<Piece>& pieces) {
  const Theme& t = theme();
  for (const Piece& p : pieces) {
    push_type(p.strong ? Type::heading : Type::body);
    if (is_live(p)) live_piece(page, p);
    ImDrawList* draw = ImGui::GetWindowDrawList();
    const ImU32 colour = p.span->link ? t.accent : t.text;
    if (p.span->formula)
      set_formula(p.formula, p.size, p.at, colour, draw);
    else
      draw_words(p, colour, draw);
    pop_type();
  }
}

/// The line of the glossary under the block whose term was pressed.
void show_term(const PageText& page, const std::vector<Piece>& pieces) {
  for (const Piece& p : pieces)
    if (p.term && page.desk.lesson.term == p.term->forms) {
      const std::string words = name_of(*p.term) + ": " + tr(p.term->line);
      const ImVec2 at = ImGui::GetCursorScreenPos();
      const float width = ImGui::GetContentRegionAvail().x;
      const bool right = from_right(words);
      ImGui::SetCursorScreenPos({at.x + (right ? 0 : u(10)), at.y});
      set_width(width - u(10));
      text(words, TextLook::body, true);
      set_width(0);
      const float foot = ImGui::GetCursorScreenPos().y - ImGui::GetStyle().ItemSpacing.y,
                  x = right ? at.x + width - u(3) : at.x;
      ImGui::GetWindowDrawList()->AddRectFilled({x, at.y}, {x + u(3), foot}, theme().accent);
      ImGui::Dummy({0, u(5)});
    }
}

}  // namespace

void show_block(PageText& page, const LessonBlock& block) {
  const bool item = block.kind == LessonBlock::Kind::item, right = from_right(plain_words(block));
  const float indent = item ? u(14) : 0, all = ImGui::GetContentRegionAvail().x,
              room = right ? all : std::min(all, longest_line() + indent), width = room - indent;
  const ImVec2 at = ImGui::GetCursorScreenPos(), start{at.x + (right ? 0 : indent), at.y};
  if (item)
    ImGui::GetWindowDrawList()->AddCircleFilled({at.x + (right ? room - u(4) : u(4)), at.y + u(9)}, u(2.2f),
                                                theme().accent);
  TextSetter setter(page, block.kind == LessonBlock::Kind::heading, right, width);
  for (const LessonSpan& s : block.spans) setter.put(s);
  const ImVec2 size{width, setter.place(start)};
  note(Role::text, {"", plain_words(block)}, start, size, {.clipped = setter.is_clipped()});
  draw_pieces(page, setter.pieces());
  ImGui::SetCursorScreenPos(start);
  ImGui::Dummy(size);
  show_term(page, setter.pieces());
  ImGui::Dummy({0, item ? u(1) : u(5)});
}

void draw_tick(ImVec2 c, bool done) {
  const Theme& t = theme();
  ImDrawList* draw = ImGui::GetWindowDrawList();
  if (!done) return draw->AddCircle(c, u(6.5f), t.muted, 0, u(1.5f));
  draw->AddCircleFilled(c, u(7), t.accent);
  const ImVec2 tick[] = {
      {c.x - u(3.4f), c.y}, {c.x - u(0.8f), c.y + u(2.8f)}, {c.x + u(3.6f), c.y - u(2.8f)}};
  draw->AddPolyline(tick, 3, t.on_accent, 0, u(1.8f));
}

void light(LessonState& lesson, std::string_view control) {
  lesson.lit.clear();
  lesson.lit_until = 0;
  if (!control.empty()) lesson.lit.emplace_back(control);
}

void draw_light(LessonState& lesson, const Services& services) {
  if (lesson.lit.empty()) return;
  constexpr double seconds = 2.5;
  if (lesson.lit_until == 0) {
    lesson.lit_until = services.now + seconds;
    if (services.host.wake_after) services.host.wake_after(seconds + 0.05);
  }
  if (services.now >= lesson.lit_until) return lesson.lit.clear();
  const auto is_lit = [&](const Control& c) {
    return c.visible && std::any_of(lesson.lit.begin(), lesson.lit.end(),
                                    [&](const std::string& end) { return c.id.ends_with(end); });
  };
  const float out = u(3);
  for (const Control& c : controls())
    if (is_lit(c))
      ImGui::GetForegroundDrawList()->AddRect({c.at.x - out, c.at.y - out},
                                              {c.at.x + c.size.x + out, c.at.y + c.size.y + out},
                                              theme().accent, u(8), 0, u(3));
}

}  // namespace stride::lab
