// JSON text to a value, built from the parser's events; a fault says where in the text it stands.
#include <algorithm>

#include "scenario/documents/reading.h"

namespace stride {

namespace {

constexpr size_t max_members = 4096;  // of an object

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
  bool end_object() { return names_differ() && close(); }
  bool end_array() { return close(); }

  bool key(std::string& name) {
    Level& top = levels_.back();
    if (top.value->size() >= max_members) {
      error = expected_not({nullptr, place(false)}, "at most " + std::to_string(max_members) + " members");
      return false;
    }
    top.key = std::move(name);
    after_key_ = true;
    return true;
  }

  template <class Exception>
  bool parse_error(size_t position, const std::string& token, const Exception& exception) {
    constexpr int out_of_range = 406;
    if (exception.id == out_of_range)
      error = expected_not({nullptr, place(true)}, "a finite number", plain_text(token));
    else
      error = syntax(position, exception.what());
    return false;
  }

 private:
  bool put(Json value) { return insert(std::move(value)) != nullptr; }

  Json* insert(Json value) {
    after_key_ = false;
    if (levels_.empty()) {
      root_ = std::move(value);
      return &root_;
    }
    Level& top = levels_.back();
    if (top.value->is_array()) {
      top.value->push_back(std::move(value));
      return &top.value->back();
    }
    // At the end, whatever stands before: looking for the name takes time, and is done once for all of them.
    auto& members = top.value->get_ref<Json::object_t&>();
    return &members.emplace_back(top.key, std::move(value)).second;
  }

  bool names_differ() {
    Level& top = levels_.back();
    std::vector<std::string_view> names;
    for (const auto& [name, value] : top.value->get_ref<const Json::object_t&>()) names.push_back(name);
    std::sort(names.begin(), names.end());
    const auto twice = std::adjacent_find(names.begin(), names.end());
    if (twice == names.end()) return true;
    top.key = *twice;
    error = expected_not({nullptr, place(true)}, "once", "it twice");
    return false;
  }

  bool open(Json value) {
    if (static_cast<int>(levels_.size()) >= max_nesting) {
      error = expected_not({nullptr, place(true)},
                           "at most " + std::to_string(max_nesting) + " levels of nesting");
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
    return path;
  }

  /// `position` counts the characters read: the last of them is meant, or the end where there is none left.
  Fault where(size_t position) const {
    Fault fault{.line = 1, .column = 1};
    for (size_t i = 0; i + 1 < position && i < text_.size(); ++i) {
      const auto byte = static_cast<unsigned char>(text_[i]);
      if (byte == '\n') {
        ++fault.line;
        fault.column = 1;
      } else if ((byte & 0xC0) != 0x80) {
        ++fault.column;
      }
    }
    return fault;
  }

  /// What the grammar allows after the character that stands before `token`.
  const char* wanted(size_t token) const {
    if (levels_.empty()) return root_.is_null() ? "an object" : "the end of the document";
    while (token > 0 && (text_[token - 1] == ' ' || text_[token - 1] == '\t' || text_[token - 1] == '\n' ||
                         text_[token - 1] == '\r'))
      --token;
    const char before = token > 0 ? text_[token - 1] : '\0';
    const bool array = levels_.back().value->is_array();
    if (before == ':' || (array && (before == '[' || before == ','))) return "a value";
    if (array) return "',' or ']'";
    if (before == '{' || before == ',') return "a key in quotes";
    return after_key_ ? "':' after the key" : "',' or '}'";
  }

  /// Of the parser's own message only what it says of the inside of a string, number or word is used.
  Error syntax(size_t position, std::string_view message) const {
    const auto says = [&](std::string_view words) { return message.find(words) != std::string_view::npos; };
    if (const size_t bad = message.find("invalid string: "); bad != std::string_view::npos) {
      Fault fault = where(position);
      fault.says = message.substr(bad, message.find(';', bad) - bad);
      return error_of(std::move(fault));
    }
    const Token token = found(position, says("invalid literal") || says("invalid number"));
    Fault fault = where(token.text.empty() ? position : token.begin + 1);
    fault.expected = wanted(token.text.empty() ? text_.size() : token.begin);
    fault.got = described(token.text);
    return error_of(std::move(fault));
  }

  static std::string described(const std::string& token) {
    if (token.empty()) return "the end of the document";
    if (token.front() != '"') return "'" + plain_text(token) + "'";
    return "\"" + plain_text(token.substr(1, token.size() - 2)) + "\"";
  }

  static bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '.' || c == '-' || c == '+';
  }

  struct Token {
    size_t begin = 0;
    std::string text;  ///< empty: the end of the document
  };

  /// The string, word or sign around the character that was read last; a word is found wrong within it or
  /// just after it.
  Token found(size_t position, bool in_word) const {
    if (position == 0 || position > text_.size()) return {};
    size_t begin = position - 1, end = position;
    if (in_word && begin > 0 && !is_word(text_[begin]) && is_word(text_[begin - 1])) --begin, --end;
    if (text_[begin] == '"' && begin > 0) {
      --begin;
      while (begin > 0 && !(text_[begin] == '"' && text_[begin - 1] != '\\')) --begin;
    } else if (is_word(text_[begin])) {
      while (begin > 0 && is_word(text_[begin - 1])) --begin;
      while (end < text_.size() && is_word(text_[end])) ++end;
    }
    return {begin, std::string(text_.substr(begin, end - begin))};
  }

  std::string_view text_;
  Json& root_;
  std::vector<Level> levels_;
  bool after_key_ = false;  // no value has come for it yet
};

}  // namespace

std::string_view without_mark(std::string_view text) {
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  return text.starts_with(mark) ? text.substr(mark.size()) : text;
}

Error parse_json(std::string_view text, Json& out) {
  if (text.size() > static_cast<size_t>(max_document))
    return expected({}, "a document of at most " + std::to_string(max_document) + " bytes", text.size());
  text = without_mark(text);
  Json root;
  Builder builder(text, root);
  if (!Json::sax_parse(text.begin(), text.end(), &builder))
    return builder.error ? std::move(builder.error) : expected_not({}, "a JSON document");
  out = std::move(root);
  return {};
}

}  // namespace stride
