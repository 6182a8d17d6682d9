#include "text/text.h"

#include <algorithm>

#include "core/math/digits.h"
#include "text/plural.h"

namespace stride {

namespace {

/// Languages whose files the project makes, in the order of the picker.
std::deque<Language>& table() {
  static std::deque<Language> all = {
      {"en", "English"}, {"de", "Deutsch"}, {"es", "Español"}, {"zh", "简体中文"}, {"he", "עברית"}};
  return all;
}

struct Speech {
  int row = 0;
  std::vector<Texts> texts{table().size()};
  Texts plain;         // English whose meaning is told apart, without what tells
  int with_point = 0;  // how many WithPoint live
};
Speech& speech() {
  static Speech s;
  return s;
}

/// The text of exactly this key in the language in use; null: none.
const std::string* text_of(std::string_view key) {
  const Texts& texts = speech().texts[static_cast<size_t>(speech().row)];
  // A test may give English texts of its own.
  const auto found = texts.empty() ? texts.end() : texts.find(key);
  return found == texts.end() ? nullptr : &found->second;
}

std::string filled(std::string_view pattern, std::initializer_list<std::string_view> values) {
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

}  // namespace

const std::deque<Language>& languages() {
  return table();
}

int find_language(std::string_view code) {
  for (size_t i = 0; i < table().size(); ++i) {
    const std::string& own = table()[i].code;
    if (code.starts_with(own) && (code.size() == own.size() || code[own.size()] == '-'))
      return static_cast<int>(i);
  }
  return -1;
}

int learn_language(Language language) {
  Speech& s = speech();  // made before the table grows
  for (size_t i = 0; i < table().size(); ++i)
    if (table()[i].code == language.code) {
      table()[i] = std::move(language);
      return static_cast<int>(i);
    }
  table().push_back(std::move(language));
  s.texts.resize(table().size());
  return static_cast<int>(table().size()) - 1;
}

const Language& language() {
  return table()[static_cast<size_t>(speech().row)];
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
  const std::string_view key(english);
  if (const std::string* text = text_of(key)) return text->c_str();
  const size_t bar = key.find('|');
  if (bar == std::string_view::npos) return english;
  return speech().plain.emplace(key, key.substr(0, bar)).first->second.c_str();
}

std::string tr(const std::string& english) {
  return tr(english.c_str());
}

std::string tr(const char* english, std::initializer_list<std::string_view> values) {
  return filled(tr(english), values);
}

std::string tr_count(int n, const char* one, const char* many) {
  const std::string number = localized(std::to_string(n)), key = std::string(many) + "#";
  for (const auto& [category, rule] : language().plurals)
    if (plural_rule_holds(rule, n) == true)
      if (const std::string* form = text_of(key + category)) return filled(*form, {number});
  if (const std::string* form = text_of(key + "other")) return filled(*form, {number});
  return n == 1 ? tr(one) : tr(many, {number});
}

std::string localized(std::string_view printed) {
  static const Language plain;
  const Language& l = speech().with_point > 0 ? plain : language();
  std::string out = typeset(printed);
  const size_t first = std::min(out.find_first_of("0123456789"), out.size());
  const size_t end = std::min(out.find_first_not_of("0123456789", first), out.size());
  if (end < out.size() && out[end] == '.') out.replace(end, 1, l.decimal);
  if (end - first >= 5)
    for (size_t at = end; at > first + 3;) out.insert(at -= 3, l.group);
  return out;
}

WithPoint::WithPoint() {
  ++speech().with_point;
}

WithPoint::~WithPoint() {
  --speech().with_point;
}

}  // namespace stride
