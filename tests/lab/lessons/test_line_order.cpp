// Lines of lessons that are written from right to left.
#include <doctest/doctest.h>

#include <algorithm>

#include "imgui_internal.h"
#include "lab/lessons/line_order.h"
#include "ui/text_order.h"

using namespace stride;
using namespace stride::lab;

namespace {

/// The simplest order: each letter before the one that it follows.
std::string turned(const std::string& line) {
  std::string out;
  for (const char *at = line.data(), *end = at + line.size(); at < end;) {
    unsigned code = 0;
    const int bytes = ImTextCharFromUtf8(&code, at, end);
    const std::string letter(at, static_cast<size_t>(bytes));
    out = (letter == "(" ? ")" : letter == ")" ? "(" : letter) + out;
    at += bytes;
  }
  return out;
}

/// The words as they stand from left to right.
std::string shown(std::vector<LinePart> parts) {
  std::string out;
  for (const int i : from_left(parts)) out += i < 0 ? " " : parts[static_cast<size_t>(i)].words;
  return out;
}

}  // namespace

TEST_CASE("a line from right to left keeps each word, turns brackets round and leaves sums as they are") {
  ui::order_letters(turned);
  CHECK(shown({{"קצב"}, {"0.15", true}, {","}, {"Adam", true}}) == "Adam ,0.15 קצב");
  CHECK(shown({{"קצב"}, {"(", true}, {"0.5"}}) == "0.5) קצב");
  CHECK(shown({{"שיפוע"}, {"2", true}, {"×", true}, {"3", true}, {"=", true}, {"6", true}, {"."}}) ==
        ".2 × 3 = 6 שיפוע");
  CHECK(shown({{"קערה"},
               {":"},
               {"f", true},
               {"=", true},
               {"(", true},
               {"x²"},
               {"+", true},
               {"y²", true},
               {")"},
               {"/2"},
               {"."}}) == ".f = (x² + y²)/2 :קערה");
  CHECK(shown({{"(", true}, {"גבול"}, {"2/λ", true}, {")"}}) == "(2/λ גבול)");
  CHECK(shown({{"צעד"}, {"=", true}, {"קצב", true}}) == "קצב = צעד");
  CHECK(shown({{"א"}, {"≈", true}, {"ב", true}, {"×", true}, {"", true}}) == " × ב ≈ א");
  CHECK(shown({}) == "");
  // More words than there are letters that stand for them.
  std::vector<LinePart> many(50, {"5", true});
  many[0].words = "6";
  CHECK(shown(many).ends_with(" 6"));
  CHECK(from_left(many).size() == 99);
}

TEST_CASE("signs come off a word, and nothing is lost") {
  using Words = std::vector<std::string>;
  CHECK(without_signs("(0.25),") == Words{"(", "0.25", ")", ","});
  CHECK(without_signs("„קצב”") == Words{"„", "קצב", "”"});
  CHECK(without_signs("ב-0.15") == Words{"ב-0.15"});
  CHECK(without_signs(").") == Words{")", "."});
  CHECK(without_signs("") == Words{});
}
