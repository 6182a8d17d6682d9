#include "ui/line_breaks.h"

#include <algorithm>

namespace stride::ui {

namespace {

/// By its first bytes, a Chinese letter or a sign as wide as one.
bool is_wide(std::string_view letter) {
  const auto first = static_cast<unsigned char>(letter[0]);
  return (first >= 0xE3 && first <= 0xE9) || letter.starts_with("\xEF\xBC");
}

}  // namespace

std::string_view first_letter(std::string_view words) {
  size_t end = std::min<size_t>(1, words.size());
  while (end < words.size() && (words[end] & 0xC0) == 0x80) ++end;
  return words.substr(0, end);
}

std::string_view last_letter(std::string_view words) {
  size_t begin = words.size();
  while (begin > 0 && (words[--begin] & 0xC0) == 0x80)
    ;
  return words.substr(begin);
}

bool may_part(std::string_view before, std::string_view after) {
  constexpr std::string_view opening = "([“‘（《「【", closing = ")]”’）》」】、。，！：；？…—,.;:!?%°";
  return (is_wide(before) || is_wide(after)) && opening.find(before) == opening.npos &&
         closing.find(after) == closing.npos;
}

size_t together(std::string_view words) {
  std::string_view before = first_letter(words);
  size_t end = before.size();
  while (end < words.size() && words[end] != ' ' && words[end] != '\n') {
    const std::string_view after = first_letter(words.substr(end));
    if (may_part(before, after)) break;
    before = after;
    end += after.size();
  }
  return end;
}

}  // namespace stride::ui
