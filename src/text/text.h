// Everything that a person reads, in the language that was chosen. English stands in the code where it is
// used and is the key; the other languages come from the catalogue, texts/catalogue.json.
#pragma once

#include <deque>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stride {

/// How a language writes. Where its row is known before its file is here, all but code and name come with that.
struct Language {
  std::string code;           ///< as in ?lang=
  std::string name;           ///< what its speakers call it
  std::string decimal = ".";  ///< before the decimals of a number
  std::string group = "";  ///< between the thousands of a number of five digits or more before the decimals
  bool right_to_left = false;
  /// CLDR's categories but "other", each with the rule that says which numbers are of it (text/plural.h).
  std::vector<std::pair<std::string, std::string>> plurals = {};
};
/// What the lab speaks, English first. Rows are added and never go.
const std::deque<Language>& languages();
/// Puts `language` in the place of the row of its code, or adds one. The row.
int learn_language(Language language);
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
/// Counted things, n ≥ 0: "1 step", "{0} steps". Other languages have a form for each of their plural categories, the
/// texts "{0} steps#few"; "#other" is for what no rule names.
std::string tr_count(int n, const char* one, const char* many);

/// A number as programs print it, "-12345.6", as the language in use writes it: −12 345,6. Powers stay: 1e−5.
std::string localized(std::string_view printed);
/// While it lives, numbers are written with a point and ungrouped: for what leaves the lab.
struct WithPoint {
  WithPoint();
  ~WithPoint();
  WithPoint(const WithPoint&) = delete;
  WithPoint& operator=(const WithPoint&) = delete;
};

}  // namespace stride
