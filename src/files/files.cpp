#include "files/files.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "scenario/documents/reading.h"

namespace stride {

namespace {

Error no_name() {
  return error_of({.file = "stride", .expected = "the name of a file", .got = "nothing"});
}

/// "scenario.json: cannot open the file: No such file or directory"; `number` is errno's.
Error failure(const std::string& name, const char* what, int number) {
  return error_of({.file = place_name(name), .says = std::string(what) + ": " + std::strerror(number)});
}

/// Writes all of it and closes: what a disk or a server refuses late is known then. The error is errno's, 0
/// on success.
int write_and_close(int file, std::string_view bytes) {
#ifdef _O_BINARY
  ::_setmode(file, _O_BINARY);  // Windows would end lines its own way, in pictures too
#endif
  int failed = 0;
  while (!bytes.empty() && failed == 0) {
    const ssize_t count = ::write(file, bytes.data(), bytes.size());
    if (count > 0)
      bytes.remove_prefix(static_cast<size_t>(count));
    else if (count == 0)
      failed = ENOSPC;
    else if (errno == EAGAIN)
      ::usleep(1000);  // a pipe that someone else has made non-blocking, and that is full
    else if (errno != EINTR)
      failed = errno;
  }
  const bool closed = ::close(file) == 0;
  return failed != 0 || closed ? failed : errno;
}

/// What Windows' programs begin their files with.
Error check_encoding(std::string& text) {
  const std::string_view begin = std::string_view(text).substr(0, 2);
  if (begin == "\xff\xfe" || begin == "\xfe\xff")
    return error_of({.expected = "text in UTF-8", .got = "UTF-16"});
  if (text.starts_with("\xef\xbb\xbf")) text.erase(0, 3);
  return {};
}

}  // namespace

std::string place_name(const std::string& file) {
  return file == "-" ? "standard input" : file;
}

std::string base_name(const std::string& file) {
  return file.substr(file.find_last_of('/') + 1);
}

Error of_file(Error error, const std::string& name) {
  if (error) error->file = place_name(name);
  return error;
}

Error read_file(const std::string& name, size_t limit, std::string& out) {
  if (name.empty()) return no_name();
  std::FILE* file = name == "-" ? stdin : std::fopen(name.c_str(), "rb");
  if (!file) return failure(name, "cannot open the file", errno);
  out.clear();
  char buffer[1 << 16];
  size_t count = 0;
  while (out.size() <= limit && (count = std::fread(buffer, 1, sizeof buffer, file)) > 0)
    out.append(buffer, count);
  const int failed = std::ferror(file) != 0 ? errno : 0;
  if (file != stdin) std::fclose(file);
  if (failed) return failure(name, "cannot read the file", failed);
  if (out.size() > limit)
    return of_file(expected_not({}, "at most " + std::to_string(limit) + " bytes", "more"), name);
  return of_file(check_encoding(out), name);
}

Error write_file(const std::string& name, std::string_view bytes) {
  if (name.empty()) return no_name();
  const int file = ::open(name.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0666);
  if (file < 0) return failure(name, "cannot open the file", errno);
  const int failed = write_and_close(file, bytes);
  return failed ? failure(name, "cannot write the file", failed) : nullptr;
}

Error write_output(std::string_view bytes) {
  const int failed = write_and_close(STDOUT_FILENO, bytes);
  return failed ? failure("stride", "cannot write to standard output", failed) : nullptr;
}

Error read_scenario_file(const std::string& name, Scenario& out) {
  std::string text;
  if (Error e = read_file(name, max_document, text)) return e;
  return of_file(read_scenario(text, out), name);
}

}  // namespace stride
