#include "text/text.h"

#include <utility>
#include <vector>

namespace stride {

namespace {

constexpr Language table[] = {{"en", "English"}, {"de", "Deutsch"}, {"es", "Español"}};

struct Speech {
  int row = 0;
  std::vector<Texts> texts{std::size(table)};
  Texts plain;  // English whose meaning is told apart, without what tells
};
Speech& speech() {
  static Speech s;
  return s;
}

}  // namespace

std::span<const Language> languages() {
  return table;
}

int find_language(std::string_view code) {
  for (size_t i = 0; i < std::size(table); ++i)
    if (code == table[i].code || (code.starts_with(table[i].code) && code.substr(2, 1) == "-"))
      return static_cast<int>(i);
  return -1;
}

const Language& language() {
  return table[speech().row];
}

void set_texts(int row, Texts texts) {
  speech().texts.at(static_cast<size_t>(row)) = std::move(texts);
}

bool has_texts(int row) {
  return row == 0 || (row > 0 && !speech().texts.at(static_cast<size_t>(row)).empty());
}

bool speak(int row) {
  if (!has_texts(row)) return false;
  speech().row = row;
  return true;
}

const char* tr(const char* english) {
  Speech& s = speech();
  const std::string_view key(english);
  // A test may give English texts of its own.
  const Texts& texts = s.texts[static_cast<size_t>(s.row)];
  if (!texts.empty())
    if (const auto found = texts.find(key); found != texts.end()) return found->second.c_str();
  const size_t bar = key.find('|');
  if (bar == std::string_view::npos) return english;
  return s.plain.emplace(key, key.substr(0, bar)).first->second.c_str();
}

std::string tr(const std::string& english) {
  return tr(english.c_str());
}

std::string tr(const char* english, std::initializer_list<std::string_view> values) {
  const std::string_view pattern(tr(english));
  std::string out;
  for (size_t i = 0; i < pattern.size(); ++i) {
    const size_t which = static_cast<size_t>(i + 2 < pattern.size() ? pattern[i + 1] - '0' : -1);
    if (pattern[i] == '{' && which < values.size() && pattern[i + 2] == '}') {
      out += values.begin()[which];
      i += 2;
    } else {
      out += pattern[i];
    }
  }
  return out;
}

std::string tr_count(int n, const char* one, const char* many) {
  return n == 1 ? tr(one) : tr(many, {std::to_string(n)});
}

}  // namespace stride
