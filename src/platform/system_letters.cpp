// Letters by the fonts of the system, in their order and forms.
#ifndef __EMSCRIPTEN__

#include "platform/system_letters.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>
#include <vector>

#include "imgui_internal.h"

namespace stride::platform {

namespace {

using Letters = std::vector<unsigned>;

/// An Arabic letter, and how many forms it has from `first` on: alone, at the end, at the beginning, between.
struct Forms {
  unsigned letter, first, count;
};

/// Unicode's Arabic Presentation Forms-B stand in the order of the letters; Persian ones in Forms-A.
std::vector<Forms> make_forms() {
  std::vector<Forms> all{{0x67E, 0xFB56, 4}, {0x686, 0xFB7A, 4}, {0x698, 0xFB8A, 2},
                         {0x6A9, 0xFB8E, 4}, {0x6AF, 0xFB92, 4}, {0x6CC, 0xFBFC, 4}};
  unsigned form = 0xFE80;
  const auto add = [&](unsigned letter, const char* counts) {
    for (; *counts; ++counts) {
      const auto count = static_cast<unsigned>(*counts - '0');
      all.push_back({letter++, form, count});
      form += count;
    }
  };
  add(0x621, "12222424244444222244444444");
  add(0x641, "4444444224");
  return all;
}

const Forms* forms_of(unsigned letter) {
  static const std::vector<Forms> all = make_forms();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Forms& f) { return f.letter == letter; });
  return found == all.end() ? nullptr : &*found;
}

constexpr unsigned tatweel = 0x640;

bool joins_next(unsigned letter) {
  const Forms* f = forms_of(letter);
  return letter == tatweel || (f && f->count == 4);
}

bool joins_last(unsigned letter) {
  const Forms* f = forms_of(letter);
  return letter == tatweel || (f && f->count > 1);
}

/// Points over and under letters, which fonts without rules of their own would set beside them.
bool is_point(unsigned c) {
  return (c >= 0x591 && c <= 0x5C7 && c != 0x5BE && c != 0x5C0 && c != 0x5C3) || (c >= 0x64B && c <= 0x65F) ||
         c == 0x670;
}

bool runs_left(unsigned c) {
  return (c >= 0x590 && c < 0x900) || (c >= 0xFB1D && c <= 0xFEFC);
}

bool runs_right(unsigned c) {
  constexpr unsigned minus = 0x2212;
  return c == minus || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
         (c >= 0xC0 && c < 0x590) || (c >= 0x660 && c <= 0x669) || (c >= 0x6F0 && c <= 0x6F9);
}

/// Whether c stays within a number or a word: 3.5, 1e-3.
bool binds(unsigned c) {
  return c == '.' || c == ',' || c == '-' || c == '_' || c == ':' || c == '/';
}

Letters shaped(const Letters& line) {
  constexpr unsigned lam = 0x644;
  constexpr std::array<unsigned, 4> alefs = {0x622, 0x623, 0x625, 0x627};
  Letters out;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const Forms* f = forms_of(line[i]);
    const bool last = i > 0 && joins_next(line[i - 1]) && joins_last(line[i]);
    const unsigned next = i + 1 < line.size() ? line[i + 1] : 0;
    const auto alef = std::find(alefs.begin(), alefs.end(), next);
    if (line[i] == lam && alef != alefs.end()) {
      out.push_back(0xFEF5 + 2 * static_cast<unsigned>(alef - alefs.begin()) + (last ? 1 : 0));
      ++i;
    } else if (f) {
      const bool on = f->count == 4 && joins_last(next);
      out.push_back(f->first + (on ? (last ? 3u : 2u) : (last ? 1u : 0u)));
    } else {
      out.push_back(line[i]);
    }
  }
  return out;
}

/// Within what has been turned round, words of other languages and numbers.
void turn_back(Letters::iterator first, Letters::iterator last) {
  for (auto at = first; at != last;) {
    auto end = at;
    while (end != last && (runs_right(*end) || (binds(*end) && end != at))) ++end;
    while (end != at && binds(end[-1])) --end;
    std::reverse(at, end);
    at = end == at ? at + 1 : end;
  }
}

/// From the first letter that runs to the left to the last.
void turn_round(Letters& line) {
  const auto first = std::find_if(line.begin(), line.end(), runs_left);
  const auto last = std::find_if(line.rbegin(), line.rend(), runs_left).base();
  if (first >= last) return;
  std::reverse(first, last);
  turn_back(first, last);
}

/// The whole line from right to left, with its words of other languages and its numbers from left to right.
void turn_line(Letters& line) {
  constexpr std::pair<unsigned, unsigned> pairs[] = {{'(', ')'}, {'[', ']'}, {'{', '}'}, {'<', '>'}};
  std::reverse(line.begin(), line.end());
  for (unsigned& c : line)
    for (const auto& [open, close] : pairs)
      if (c == open || c == close) {
        c = c == open ? close : open;
        break;
      }
  turn_back(line.begin(), line.end());
}

void append(std::string& out, const Letters& line) {
  for (const unsigned c : line) {
    char bytes[5];
    ImTextCharToUtf8(bytes, c);
    out += bytes;
  }
}

/// Of the most letters first; the first of each kind of system that is there.
constexpr const char* places[] = {
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/TTF/DejaVuSans.ttf",
    "/usr/share/fonts/dejavu-sans-fonts/DejaVuSans.ttf",
    "/usr/share/fonts/truetype/freefont/FreeSans.ttf",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-sans-cjk-fonts/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
    "/System/Library/Fonts/Supplemental/Arial Unicode.ttf",
    "C:/Windows/Fonts/arial.ttf",
    "C:/Windows/Fonts/msyh.ttc",
    "C:/Windows/Fonts/malgun.ttf",
    "C:/Windows/Fonts/seguisym.ttf",
};

}  // namespace

std::string from_left_to_right(const std::string& words) {
  std::string out;
  Letters line;
  const auto finish = [&] {
    line = shaped(line);
    turn_round(line);
    append(out, line);
    line.clear();
  };
  const char* end = words.data() + words.size();
  for (const char* at = words.data(); at < end;) {
    unsigned c = 0;
    at += ImTextCharFromUtf8(&c, at, end);
    if (c == '\n') finish(), out += '\n';
    if (c != '\n' && !is_point(c)) line.push_back(c);
  }
  finish();
  return out;
}

std::string line_from_right(const std::string& words) {
  Letters line;
  const char* end = words.data() + words.size();
  for (const char* at = words.data(); at < end;) {
    unsigned c = 0;
    at += ImTextCharFromUtf8(&c, at, end);
    if (!is_point(c)) line.push_back(c);
  }
  line = shaped(line);
  turn_line(line);
  std::string out;
  append(out, line);
  return out;
}

void add_system_fonts() {
  for (const char* place : places) {
    std::error_code none;
    if (!std::filesystem::is_regular_file(place, none)) continue;
    std::ifstream file(place, std::ios::binary);
    static std::vector<std::string> contents;  // as long as ImGui may ask for a letter
    if (contents.capacity() == 0) contents.reserve(std::size(places));
    contents.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    for (ImFont* font : ImGui::GetIO().Fonts->Fonts) {
      ImFontConfig config;
      config.MergeMode = true;
      config.DstFont = font;
      config.FontDataOwnedByAtlas = false;
      ImGui::GetIO().Fonts->AddFontFromMemoryTTF(contents.back().data(),
                                                 static_cast<int>(contents.back().size()), 14, &config);
    }
  }
}

}  // namespace stride::platform

#endif  // __EMSCRIPTEN__
