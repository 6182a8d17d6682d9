#include "ui/text_order.h"

#include <algorithm>
#include <cfloat>
#include <cmath>
#include <cstring>
#include <string_view>
#include <utility>
#include <vector>

#include "imgui.h"
#include "imgui_render_text.h"
#include "text/text.h"

namespace stride::ui {

namespace {

std::string (*ordered)(const std::string& line) = nullptr;

struct OrderedLine {
  std::string_view words;
  float width;
};

std::vector<OrderedLine> lines_of(ImFont& font, float size, std::string_view words, float wrap) {
  std::vector<OrderedLine> lines;
  while (true) {
    const size_t paragraph = std::min(words.find('\n'), words.size());
    size_t length = paragraph;
    if (wrap > 0)
      length = static_cast<size_t>(
          font.CalcWordWrapPosition(size, words.data(), words.data() + paragraph, wrap) - words.data());
    const std::string_view line = words.substr(0, length);
    lines.push_back({line, font.CalcTextSizeA(size, FLT_MAX, 0, line.data(), line.data() + length).x});
    if (length == words.size()) return lines;
    const bool breaks = words[length] == '\n' || words[length] == ' ';
    words.remove_prefix(std::max<size_t>(length + breaks, 1));
  }
}

void render_in_order(ImFont& font, ImDrawList& list, float size, const ImVec2& at, ImU32 colour,
                     const ImVec4& clip, const char* begin, const char* end, float wrap, bool fine) {
  const std::string_view words(begin, end ? static_cast<size_t>(end - begin) : std::strlen(begin));
  if (!from_right(words)) return font.RenderText(&list, size, at, colour, clip, begin, end, wrap, fine);
  const std::vector<OrderedLine> lines = lines_of(font, size, words, wrap);
  float right = wrap;
  if (wrap <= 0)
    for (const OrderedLine& line : lines) right = std::max(right, line.width);
  ImVec2 place = at;
  for (const OrderedLine& line : lines) {
    const std::string shown = ordered(std::string(line.words));
    place.x = at.x + std::max(std::floor(right - line.width), 0.f);
    font.RenderText(&list, size, place, colour, clip, shown.data(), shown.data() + shown.size(), 0, fine);
    place.y += size;
  }
}

}  // namespace

// By the first byte of each letter, from Hebrew to Syriac.
bool runs_left(std::string_view words) {
  return std::any_of(words.begin(), words.end(), [](unsigned char c) { return c >= 0xD6 && c <= 0xDB; });
}

bool from_right(std::string_view words) {
  return language().right_to_left && runs_left(words);
}

std::string in_order(const std::string& line) {
  return ordered ? ordered(line) : line;
}

void order_letters(std::string (*order)(const std::string& line)) {
  ordered = order;
  stride_render_text = render_in_order;
}

}  // namespace stride::ui
