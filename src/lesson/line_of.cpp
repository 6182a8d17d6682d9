// Where in a JSON text a value stands. The text has been parsed before: this only counts.
#include <algorithm>

#include "lesson/lesson_shared.h"

namespace stride {

namespace {

/// Goes through the text once; only on the way to the place are keys compared.
class Finder {
 public:
  Finder(std::string_view text, std::string_view place) : text_(text), place_(place) {}

  int find() {
    value(0, true);
    return best_line_;
  }

 private:
  bool ended() const { return at_ >= text_.size(); }
  bool sees(char c) const { return !ended() && text_[at_] == c; }

  void skip_space() {
    while (sees(' ') || sees('\n') || sees('\t') || sees('\r')) line_ += text_[at_++] == '\n';
  }

  /// What stands between the quotes, as it is written.
  std::string_view string() {
    const size_t begin = ++at_;
    for (; !ended() && text_[at_] != '"'; ++at_)
      if (text_[at_] == '\\') ++at_;
    const size_t end = std::min(at_, text_.size());
    at_ = std::min(end + 1, text_.size());
    return text_.substr(begin, end - begin);
  }

  /// `leads`: the places around this value are those of the wanted one. Does the part of it that comes next
  /// lead on through `part`, after the sign between the two?
  bool leads_on(bool leads, std::string_view between, std::string_view part) const {
    if (!leads) return false;
    const std::string_view rest = place_.substr(matched_);
    if (!rest.starts_with(between) || !rest.substr(between.size()).starts_with(part)) return false;
    const size_t end = between.size() + part.size();
    return rest.size() == end || rest[end] == '.' || rest[end] == '[';
  }

  void value(int depth, bool leads) {
    skip_space();
    if (leads) best_line_ = line_;
    if (ended() || depth > max_nesting) {
      at_ = text_.size();
    } else if (sees('{') || sees('[')) {
      container(depth, leads);
    } else if (sees('"')) {
      string();
    } else {
      while (!ended() && !sees(',') && !sees('}') && !sees(']') && !sees('\n')) ++at_;
    }
  }

  void container(int depth, bool leads) {
    const bool object = text_[at_++] == '{';
    const size_t matched = matched_;
    for (int i = 0; !ended(); ++i) {
      skip_space();
      if (ended()) return;
      const size_t before = at_;
      if (sees('}') || sees(']')) {
        ++at_;
        return;
      }
      std::string part;
      const std::string_view key = object && sees('"') ? string() : std::string_view();
      if (leads) part = object ? plain_text(std::string(key)) : "[" + std::to_string(i) + "]";
      const std::string_view between = object && matched > 0 ? "." : "";
      skip_space();
      if (object && sees(':')) ++at_;
      const bool on = leads_on(leads, between, part);
      if (on) matched_ = matched + between.size() + part.size();
      value(depth + 1, on);
      matched_ = matched;
      skip_space();
      if (sees(',')) ++at_;
      if (at_ == before) ++at_;  // not JSON after all
    }
  }

  std::string_view text_, place_;
  size_t at_ = 0, matched_ = 0;  // matched_: of place_, on the way to this value
  int line_ = 1, best_line_ = 1;
};

}  // namespace

int line_of(std::string_view json, std::string_view place) {
  return Finder(json, place).find();
}

}  // namespace stride
