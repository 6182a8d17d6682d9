#include <cmath>

#include "scenario/reading.h"

namespace stride {

namespace {

/// One level of the document under construction.
struct Level {
  Json* value;
  std::string key;  ///< of the member being read
};

/// Builds the value from the parser's events; the first fault ends the parse.
class Builder {
 public:
  Builder(std::string_view text, Json& root) : text_(text), root_(root) {}
  Error error;

  bool null() { return put(nullptr); }
  bool boolean(bool value) { return put(value); }
  bool number_integer(Json::number_integer_t value) { return put(value); }
  bool number_unsigned(Json::number_unsigned_t value) { return put(value); }
  bool number_float(double value, const std::string&) { return put(value); }
  bool string(std::string& value) { return put(std::move(value)); }
  bool binary(Json::binary_t&) { return false; }
  bool start_object(size_t) { return open(Json::object()); }
  bool start_array(size_t) { return open(Json::array()); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }

  bool key(std::string& name) {
    Level& top = levels_.back();
    if (top.value->contains(name)) {
      top.key = name;
      error = place(true) + "expected once, got it twice";
      return false;
    }
    top.key = std::move(name);
    return true;
  }

  template <class Exception>
  bool parse_error(size_t position, const std::string& token, const Exception& exception) {
    constexpr int out_of_range = 406;
    if (exception.id == out_of_range)
      error = place(true) + "expected a finite number, got " + plain_text(token);
    else
      error = where(position) + syntax(position, exception.what());
    return false;
  }

 private:
  bool put(Json value) { return insert(std::move(value)) != nullptr; }

  Json* insert(Json value) {
    if (levels_.empty()) {
      root_ = std::move(value);
      return &root_;
    }
    Level& top = levels_.back();
    if (top.value->is_array()) {
      top.value->push_back(std::move(value));
      return &top.value->back();
    }
    Json& slot = (*top.value)[top.key];
    slot = std::move(value);
    return &slot;
  }

  bool open(Json value) {
    if (static_cast<int>(levels_.size()) >= max_nesting) {
      error = place(true) + "expected at most " + std::to_string(max_nesting) + " levels of nesting";
      return false;
    }
    levels_.push_back({insert(std::move(value)), ""});
    return true;
  }

  bool close() {
    levels_.pop_back();
    return true;
  }

  /// The path to the value being read, or to the object around it.
  std::string place(bool of_member) const {
    std::string path;
    for (size_t i = 0; i < levels_.size(); ++i) {
      if (i + 1 == levels_.size() && !of_member) break;
      const bool array = levels_[i].value->is_array();
      // An element that is still open counts already; the one about to come does not.
      const size_t open_elements = i + 1 == levels_.size() ? 0 : 1;
      if (array)
        path += "[" + std::to_string(levels_[i].value->size() - open_elements) + "]";
      else
        path += (path.empty() ? "" : ".") + plain_text(levels_[i].key);
    }
    return path.empty() ? "" : path + ": ";
  }

  std::string where(size_t position) const {
    int line = 1, column = 0;
    const size_t end = position < text_.size() ? position : text_.size();
    for (size_t i = 0; i < end; ++i) {
      const auto byte = static_cast<unsigned char>(text_[i]);
      if (byte == '\n') {
        ++line;
        column = 0;
      } else if ((byte & 0xC0) != 0x80) {
        ++column;
      }
    }
    if (position > text_.size() || column == 0) ++column;
    return "line " + std::to_string(line) + ", column " + std::to_string(column) + ": ";
  }

  /// The parser's own message cut to what was expected and what stood there.
  std::string syntax(size_t position, std::string_view message) const {
    const auto says = [&](std::string_view words) { return message.find(words) != std::string_view::npos; };
    if (const size_t bad = message.find("invalid string: "); bad != std::string_view::npos)
      return std::string(message.substr(bad, message.find(';', bad) - bad));
    std::string_view wanted = levels_.empty() ? "an object" : "a value";
    if (says("while parsing object key"))
      wanted = "a key in quotes";
    else if (says("while parsing object separator"))
      wanted = "':' after the key";
    else if (says("while parsing object"))
      wanted = "',' or '}'";
    else if (says("while parsing array"))
      wanted = "',' or ']'";
    else if (says("; expected end of input"))
      wanted = "the end of the document";
    return "expected " + std::string(wanted) + ", got " + found(position, message);
  }

  std::string found(size_t position, std::string_view message) const {
    constexpr std::string_view unexpected = "unexpected ", literal = " literal";
    message = message.substr(0, message.find("; last read"));
    const size_t at = message.find(unexpected);
    if (position > text_.size() || message.find("end of input", at) < message.find(';', at))
      return "the end of the document";
    if (at != std::string_view::npos) {
      std::string_view token = message.substr(at + unexpected.size());
      token = token.substr(0, token.find(';'));
      if (token.ends_with(literal)) return "a " + std::string(token.substr(0, token.size() - literal.size()));
      return std::string(token);
    }
    size_t begin = position > 0 ? position - 1 : 0;
    const auto is_word = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
    // A word is found wrong at the character after it.
    if (begin > 0 && !is_word(text_[begin]) && is_word(text_[begin - 1])) position = begin--;
    while (begin > 0 && is_word(text_[begin]) && is_word(text_[begin - 1])) --begin;
    return shown(std::string(text_.substr(begin, position - begin)));
  }

  std::string_view text_;
  Json& root_;
  std::vector<Level> levels_;
};

}  // namespace

Error parse_json(std::string_view text, Json& out) {
  if (text.size() > static_cast<size_t>(max_document))
    return "expected a document of at most " + std::to_string(max_document) + " bytes, got " +
           std::to_string(text.size());
  Json root;
  Builder builder(text, root);
  if (!Json::sax_parse(text.begin(), text.end(), &builder))
    return builder.error.empty() ? "expected a JSON document" : builder.error;
  out = std::move(root);
  return {};
}

}  // namespace stride
