// Where in a JSON text a value stands. The text has been parsed before: this only counts.
#include "lesson/lesson_shared.h"

namespace stride {

namespace {

class Finder {
 public:
  Finder(std::string_view text, std::string_view place) : text_(text), place_(place) {}

  int find() {
    value("", 0);
    return best_line_;
  }

 private:
  void skip_space() {
    while (at_ < text_.size() &&
           (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\t' || text_[at_] == '\r'))
      line_ += text_[at_++] == '\n';
  }

  std::string string() {
    std::string out;
    for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
      if (text_[at_] == '\\') ++at_;
      if (at_ < text_.size()) out += text_[at_];
    }
    if (at_ < text_.size()) ++at_;
    return out;
  }

  /// A place that the wanted one begins with, on a boundary between its parts.
  void consider(const std::string& here) {
    if (!place_.starts_with(here) || here.size() < best_size_) return;
    if (place_.size() > here.size() && !here.empty() && place_[here.size()] != '.' &&
        place_[here.size()] != '[')
      return;
    best_size_ = here.size();
    best_line_ = line_;
  }

  void value(const std::string& here, int depth) {
    skip_space();
    consider(here);
    if (at_ >= text_.size() || depth > max_nesting) {
      at_ = text_.size();
      return;
    }
    if (text_[at_] == '{' || text_[at_] == '[') return container(here, depth);
    if (text_[at_] == '"') {
      string();
      return;
    }
    while (at_ < text_.size() && text_[at_] != ',' && text_[at_] != '}' && text_[at_] != ']' &&
           text_[at_] != '\n')
      ++at_;
  }

  void container(const std::string& here, int depth) {
    const bool object = text_[at_] == '{';
    ++at_;
    for (int i = 0; at_ < text_.size(); ++i) {
      skip_space();
      if (at_ >= text_.size()) return;
      if (text_[at_] == '}' || text_[at_] == ']') {
        ++at_;
        return;
      }
      const size_t before = at_;
      std::string inner = here;
      if (object) {
        if (text_[at_] == '"') inner += (here.empty() ? "" : ".") + string();
        skip_space();
        if (at_ < text_.size() && text_[at_] == ':') ++at_;
      } else {
        inner += "[" + std::to_string(i) + "]";
      }
      value(inner, depth + 1);
      skip_space();
      if (at_ < text_.size() && text_[at_] == ',') ++at_;
      if (at_ == before) ++at_;  // not JSON after all
    }
  }

  std::string_view text_, place_;
  size_t at_ = 0, best_size_ = 0;
  int line_ = 1, best_line_ = 1;
};

}  // namespace

int line_of(std::string_view json, std::string_view place) {
  return Finder(json, place).find();
}

}  // namespace stride
