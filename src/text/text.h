// Everything that a person reads, in the language that was chosen. English stands in the code where it is
// used and is the key; the other languages come from the catalogue, texts/catalogue.json.
#pragma once

#include <initializer_list>
#include <map>
#include <span>
#include <string>
#include <string_view>

namespace stride {

struct Language {
  const char* code;  ///< as in ?lang=
  const char* name;  ///< what its speakers call it
};
/// What the lab speaks, English first.
std::span<const Language> languages();
/// The row of `code`, "de" or "de-AT"; -1: none of ours.
int find_language(std::string_view code);

/// The language in use, one of languages().
const Language& language();

/// English texts and what they become.
using Texts = std::map<std::string, std::string, std::less<>>;
/// The texts of a language, which can be used from now on; those it had before are forgotten.
void set_texts(int row, Texts texts);
bool has_texts(int row);
/// Speaks language `row`; false, and nothing changes, where its texts are not here.
bool speak(int row);

/// The text in the language in use; itself where the catalogue doesn't have it. Where one English word has
/// two meanings, what follows a bar tells them apart and is not shown: "Step|noun". Stays until set_texts.
const char* tr(const char* english);
std::string tr(const std::string& english);
/// The same with {0}, {1}, … replaced by `values`, which are not translated.
std::string tr(const char* english, std::initializer_list<std::string_view> values);
/// Counted things: "1 step", "{0} steps", of which every language has its own two forms.
std::string tr_count(int n, const char* one, const char* many);

}  // namespace stride
