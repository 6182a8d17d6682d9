#include "lab/lessons/line_order.h"

#include <algorithm>
#include <array>
#include <utility>

#include "imgui_internal.h"
#include "ui/line_breaks.h"
#include "ui/text_order.h"

namespace stride::lab {

namespace {

enum class Way { right_to_left, left_to_right, number, sign };

/// What stands for a part while the line is put in order: letters of its way that no lesson has.
struct Stand {
  unsigned first;
  size_t count;
};
constexpr std::array<Stand, 3> stands = {{{0x7CA, 33}, {0x500, 40}, {0x2488, 20}}};

bool is_operator(const std::string& words) {
  constexpr std::string_view all[] = {"+", "−", "×", "·", "/", "=", "<", ">", "≤", "≥", "≈", "^", "←"};
  return std::find(std::begin(all), std::end(all), words) != std::end(all);
}

Way way_of(const std::string& words) {
  if (ui::runs_left(words)) return Way::right_to_left;
  if (is_operator(words)) return Way::sign;
  const auto is_letter = [](unsigned char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= 0xC3 && c <= 0xD5);
  };
  if (words.empty() || std::any_of(words.begin(), words.end(), is_letter)) return Way::left_to_right;
  return words.find_first_of("0123456789") == words.npos ? Way::sign : Way::number;
}

/// Parts that keep their order: a word, or a sum as "2 (1 + μ)/λ = 0.05".
struct Unit {
  Way way;
  std::vector<int> parts;
};

/// The sum within parts [begin, end), which are numbers, names, operators and brackets: without what belongs to the
/// sentence around it. Empty where nothing is reckoned.
std::pair<size_t, size_t> sum_within(const std::vector<LinePart>& parts, size_t begin, size_t end) {
  const auto is = [&](size_t i, std::string_view words) { return parts[i].words == words; };
  int open = 0;  // brackets without their other half
  for (size_t i = begin; i < end; ++i) open += is(i, "(") - is(i, ")");
  while (begin < end) {
    if (is_operator(parts[begin].words)) {
      ++begin;
    } else if (is_operator(parts[end - 1].words)) {
      --end;
    } else if (open > 0 && is(begin, "(")) {
      ++begin, --open;
    } else if (open < 0 && is(end - 1, ")")) {
      --end, ++open;
    } else {
      break;
    }
  }
  for (size_t i = begin; i < end; ++i)
    if (is_operator(parts[i].words) || parts[i].words.find('/') != std::string::npos) return {begin, end};
  return {begin, begin};
}

std::vector<Unit> units_of(const std::vector<LinePart>& parts) {
  const auto may_sum = [&](const LinePart& p) {
    const Way way = way_of(p.words);
    return way == Way::number || way == Way::left_to_right || is_operator(p.words) || p.words == "(" ||
           p.words == ")";
  };
  std::vector<Unit> units;
  for (size_t i = 0; i < parts.size();) {
    size_t end = i;
    while (end < parts.size() && may_sum(parts[end])) ++end;
    const auto [first, last] = sum_within(parts, i, end);
    for (end = std::max(end, i + 1); i < end; ++i) {
      if (i > first && i < last)
        units.back().parts.push_back(static_cast<int>(i));
      else
        units.push_back(
            {i == first && i < last ? Way::left_to_right : way_of(parts[i].words), {static_cast<int>(i)}});
    }
  }
  return units;
}

std::string letter(unsigned code) {
  char bytes[5];
  ImTextCharToUtf8(bytes, code);
  return bytes;
}

std::vector<int> reversed(const std::vector<LinePart>& parts) {
  std::vector<int> order;
  for (size_t i = parts.size(); i-- > 0;) {
    order.push_back(static_cast<int>(i));
    if (i > 0 && parts[i].spaced) order.push_back(-1);
  }
  return order;
}

void append_unit(std::vector<int>& order, const Unit& unit, const std::vector<LinePart>& parts) {
  for (size_t i = 0; i < unit.parts.size(); ++i) {
    if (i > 0 && parts[static_cast<size_t>(unit.parts[i])].spaced) order.push_back(-1);
    order.push_back(unit.parts[i]);
  }
}

}  // namespace

std::vector<int> from_left(std::vector<LinePart>& parts) {
  const std::vector<Unit> units = units_of(parts);
  std::array<std::vector<const Unit*>, 3> standing;
  std::vector<int> signs, order;
  std::string line;
  for (const Unit& unit : units) {
    const LinePart& first = parts[static_cast<size_t>(unit.parts[0])];
    if (unit.parts[0] > 0 && first.spaced) line += ' ';
    if (unit.way == Way::sign) {
      signs.push_back(unit.parts[0]);
      line += first.words;
      continue;
    }
    const size_t way = static_cast<size_t>(unit.way);
    if (standing[way].size() == stands[way].count) return reversed(parts);
    line += letter(stands[way].first + static_cast<unsigned>(standing[way].size()));
    standing[way].push_back(&unit);
  }
  const std::string shown = ui::in_order(line);
  for (const char *at = shown.data(), *end = at + shown.size(); at < end;) {
    unsigned code = 0;
    at += ImTextCharFromUtf8(&code, at, end);
    const auto stand =
        std::find_if(stands.begin(), stands.end(), [&](const Stand& s) { return code - s.first < s.count; });
    if (code == ' ') {
      order.push_back(-1);
    } else if (stand != stands.end()) {
      const auto& all = standing[static_cast<size_t>(stand - stands.begin())];
      if (code - stand->first < all.size()) append_unit(order, *all[code - stand->first], parts);
    } else if (!signs.empty()) {
      const auto same = std::find_if(signs.rbegin(), signs.rend(), [&](int i) {
        return parts[static_cast<size_t>(i)].words == letter(code);
      });
      const int sign = same == signs.rend() ? signs.back() : *same;
      std::erase(signs, sign);
      parts[static_cast<size_t>(sign)].words = letter(code);
      order.push_back(sign);
    }
  }
  return order.size() < parts.size() ? reversed(parts) : order;
}

std::vector<std::string> without_signs(std::string_view word) {
  constexpr std::string_view signs = "()[],.:;!?\"'“”„…";
  std::vector<std::string> before, after;
  const auto is_sign = [&](std::string_view c) { return signs.find(c) != signs.npos; };
  while (!word.empty() && is_sign(ui::first_letter(word))) {
    before.emplace_back(ui::first_letter(word));
    word.remove_prefix(before.back().size());
  }
  while (!word.empty() && is_sign(ui::last_letter(word))) {
    after.emplace_back(ui::last_letter(word));
    word.remove_suffix(after.back().size());
  }
  if (!word.empty()) before.emplace_back(word);
  before.insert(before.end(), after.rbegin(), after.rend());
  return before;
}

}  // namespace stride::lab
