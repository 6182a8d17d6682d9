#include "scenario/fault.h"

#include <utility>

namespace stride {

Error error_of(Fault fault) {
  return std::make_unique<Fault>(std::move(fault));
}

std::string sentence(const Fault& f) {
  std::string words;
  const auto add = [&](const std::string& part, const char* end) {
    if (!part.empty()) words += part + end;
  };
  add(f.file, ": ");
  if (f.line > 0) add("line " + std::to_string(f.line), f.column > 0 ? ", " : ": ");
  if (f.column > 0) add("column " + std::to_string(f.column), ": ");
  add(f.place, ": ");
  if (f.character > 0) add("column " + std::to_string(f.character), ": ");
  words += f.expected.empty() ? f.says : "expected " + f.expected;
  if (!f.got.empty()) words += ", got " + f.got;
  return words + f.hint;
}

std::string sentence(const Error& error) {
  return error ? sentence(*error) : std::string();
}

}  // namespace stride
