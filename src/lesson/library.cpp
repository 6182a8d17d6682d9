// The lessons that Stride carries within itself or, in the page, fetches.
#include <algorithm>
#include <cstdlib>
#include <map>
#include <utility>

#include "assets/lessons.h"
#include "lesson/lesson_shared.h"
#include "text/plural.h"

namespace stride {

namespace {

/// Lessons that came with a language file, by their English file's name.
std::map<std::string, Texts, std::less<>>& translations() {
  static std::map<std::string, Texts, std::less<>> all;
  return all;
}

std::map<std::string, std::vector<Lesson>, std::less<>>& loaded() {
  static std::map<std::string, std::vector<Lesson>, std::less<>> all;
  return all;
}

/// Every lesson, the first of these that can be read: in the language, in English that was fetched, in
/// English that is built in.
std::vector<Lesson> load(const std::string& language) {
  Texts built_in;
  for (const assets::LessonFile& file : assets::lesson_files()) built_in.emplace(file.name, file.text);
  const std::pair<std::string, const Texts&> sources[] = {
      {language, translations()[language]}, {"en", translations()["en"]}, {"en", built_in}};
  std::map<std::string, Lesson> found;  // by name, which begins with the number
  for (const auto& [spoken, texts] : sources)
    for (const auto& [name, text] : texts) {
      Lesson lesson;
      if (found.contains(name) || read_lesson(text, name, lesson)) continue;
      lesson.language = spoken;
      found.emplace(name, std::move(lesson));
    }
  std::vector<Lesson> all;
  for (auto& [name, lesson] : found) all.push_back(std::move(lesson));
  return all;
}

Error texts_of(const Json& document, const char* key, Texts& out) {
  const Json* texts = member(document, key);
  if (!texts || !texts->is_object()) return expected_not({nullptr, key}, "an object of texts");
  for (const auto& [english, text] : texts->items()) {
    if (text.is_string()) {
      out.emplace(english, text.get<std::string>());
      continue;
    }
    // Of what is counted, a form for each plural category.
    if (!text.is_object()) return expected({nullptr, key}, "a text for " + shown(english), text);
    for (const auto& [category, form] : text.items()) {
      if (!form.is_string()) return expected({nullptr, key}, "a text for " + shown(english), form);
      out.emplace(english + "#" + category, form.get<std::string>());
    }
  }
  return {};
}

Error word_of(const Json& document, const char* key, std::string& out) {
  const Json* word = member(document, key);
  if (!word) return {};
  if (!word->is_string() || word->get_ref<const std::string&>().size() > 40)
    return expected({nullptr, key}, "a short text", *word);
  out = word->get<std::string>();
  return {};
}

/// How the language of the file writes; what the file doesn't say stays as it was.
Error head_of(const Json& document, Language& out) {
  if (Error error = word_of(document, "name", out.name)) return error;
  if (Error error = word_of(document, "decimal", out.decimal)) return error;
  if (out.decimal != "." && out.decimal != ",") return expected_not({nullptr, "decimal"}, "\".\" or \",\"");
  if (Error error = word_of(document, "group", out.group)) return error;
  std::string direction = out.right_to_left ? "rtl" : "ltr";
  if (Error error = word_of(document, "direction", direction)) return error;
  if (direction != "rtl" && direction != "ltr")
    return expected_not({nullptr, "direction"}, "\"ltr\" or \"rtl\"");
  out.right_to_left = direction == "rtl";
  const Json* plurals = member(document, "plurals");
  if (!plurals) return {};
  if (!plurals->is_object()) return expected({nullptr, "plurals"}, "an object of rules", *plurals);
  out.plurals.clear();
  for (const auto& [category, rule] : plurals->items()) {
    if (!rule.is_string() || !plural_rule_holds(rule.get_ref<const std::string&>(), 1))
      return expected({nullptr, "plurals"}, "a rule as the Unicode CLDR writes it", rule);
    out.plurals.emplace_back(category, rule.get<std::string>());
  }
  return {};
}

}  // namespace

Error read_language_code(const Json& value, const Path& path, std::string& out) {
  const std::string code = value.is_string() ? value.get<std::string>() : "";
  if ((code.size() != 2 && code.size() != 3) ||
      code.find_first_not_of("abcdefghijklmnopqrstuvwxyz") != std::string::npos)
    return expected_not(path, "the code of a language, as \"de\"");
  out = code;
  return {};
}

Error read_language(std::string_view json) {
  Json document;
  if (Error error = parse_json(json, document)) return error;
  const Json* code = document.is_object() ? member(document, "language") : nullptr;
  Language known;
  if (Error error = read_language_code(code ? *code : Json(), {nullptr, "language"}, known.code))
    return error;
  if (const int row = find_language(known.code); row >= 0) known = languages()[static_cast<size_t>(row)];
  if (Error error = head_of(document, known)) return error;
  if (known.name.empty()) return expected_not({nullptr, "name"}, "what the language's speakers call it");
  Texts texts, lessons;
  if (Error error = texts_of(document, "texts", texts)) return error;
  if (Error error = texts_of(document, "lessons", lessons)) return error;
  translations()[known.code] = std::move(lessons);
  set_texts(learn_language(std::move(known)), std::move(texts));
  loaded().clear();  // the others fall back on English
  return {};
}

bool use_language(int row) {
  if (row < 0) return false;
  if (!has_texts(row))
    for (const assets::LanguageFile& file : assets::language_files())
      if (languages()[static_cast<size_t>(row)].code == file.code) read_language(file.json);
  return speak(row);
}

std::span<const Lesson> lessons() {
  const std::string code = language().code;
  auto found = loaded().find(code);
  if (found == loaded().end()) found = loaded().emplace(code, load(code)).first;
  return found->second;
}

std::vector<int> teaching_order() {
  const std::span<const Lesson> all = lessons();
  std::vector<int> order;
  std::vector<bool> taken(all.size());
  const auto take = [&](size_t i) {
    for (; i < all.size() && !taken[i];) {
      taken[i] = true;
      order.push_back(static_cast<int>(i));
      const auto next = std::find_if(all.begin(), all.end(),
                                     [&](const Lesson& lesson) { return lesson.name == all[i].next; });
      i = static_cast<size_t>(next - all.begin());
    }
  };
  for (size_t i = 0; i < all.size(); ++i) take(i);
  return order;
}

int lesson_after(int index) {
  const std::vector<int> order = teaching_order();
  const auto at = std::find(order.begin(), order.end(), index);
  return at == order.end() || at + 1 == order.end() ? -1 : at[1];
}

int lesson_of_link(std::string_view link) {
  link = link.substr(0, link.find('#'));
  const size_t question = link.find('?');
  if (question == std::string_view::npos) return -1;
  std::string_view query = link.substr(question + 1);
  while (!query.empty()) {
    const size_t end = query.find('&');
    const std::string_view one = query.substr(0, end);
    query.remove_prefix(end == std::string_view::npos ? query.size() : end + 1);
    if (!one.starts_with("lesson=")) continue;
    const std::string number(one.substr(7));
    if (number.empty() || number.size() > 3 || number.find_first_not_of("0123456789") != std::string::npos)
      return -1;
    const int n = std::atoi(number.c_str());
    return n >= 1 && n <= static_cast<int>(lessons().size()) ? n - 1 : -1;
  }
  return -1;
}

}  // namespace stride
