// Bytes that no person wrote: the mark and the line ends of other systems, and documents as large as may be.
#pragma once

#include <doctest/doctest.h>

#include <cstddef>
#include <ctime>
#include <string>
#include <vector>

#include "scenario/scenario.h"
#include "support/memory.h"
#include "support/patience.h"

namespace stride::testing {

inline const std::string byte_order_mark = "\xEF\xBB\xBF";

/// As Windows' editors save it.
inline std::string of_windows(const std::string& text) {
  std::string out = byte_order_mark;
  for (char c : text) out += c == '\n' ? std::string("\r\n") : std::string(1, c);
  return out;
}

inline std::string repeated(const std::string& part, size_t bytes) {
  std::string out;
  while (out.size() + part.size() <= bytes) out += part;
  return out;
}

/// `begin`, `part` again and again, `end`: as long as a document may be.
inline std::string filled(const std::string& begin, const std::string& part, const std::string& end) {
  return begin + repeated(part, max_document - begin.size() - end.size()) + end;
}

/// At most so many members with names that differ.
inline std::string members(size_t bytes, size_t most) {
  std::string out;
  for (size_t i = 0; i < most && out.size() + 20 < bytes; ++i)
    out += (i ? ",\"" : "\"") + std::to_string(i) + "\":1";
  return out;
}

/// So many schedules in a list, each of 1000 points.
inline std::string large_schedules(int count) {
  std::string points = R"({"type":"Points","points":[[0,1])", out;
  for (int i = 1; i < 1000; ++i) points += ",[" + std::to_string(i) + ",1]";
  for (int i = 0; i < count; ++i) out += (i ? "," : "") + points + "]}";
  return out;
}

inline std::string runs_with(const std::string& schedules) {
  return R"("runs":[{"schedule":{"type":"ChainedScheduler","schedulers":[)" + schedules + "]}}]";
}

/// Documents as long as may be, or nearly; whatever is wrong with most of them.
inline std::vector<std::string> large_documents() {
  return {
      filled("", "[", ""),
      filled("[", "[],", "[]]"),
      filled("", "{\"a\":", ""),
      filled("{\"stride\":1,\"view\":{\"", "k", "\":[]}}"),
      filled("{\"stride\":1,\"view\":{\"" + std::string(100000, 'k') + "\":[", "0,", "0]}}"),
      filled("{\"stride\":1,\"problem\":{\"expression\":\"", "(", "\"}}"),
      filled("{\"stride\":1,\"problem\":{\"expression\":\"", "x^y+", "\"}}"),
      filled("{\"stride\":1,\"problem\":{\"surface\":\"", "a", "\"}}"),
      filled("{\"stride\":1,\"runs\":[", "{},", "{}]}"),
      filled("{\"stride\":1,\"runs\":[{\"name\":\"", "\\u0041", "\"}]}"),
      filled("{\"stride\":1,\"view\":[{", members(max_document / 16, 4096) + "},{", "}]}"),
      "{" + members(max_document, 4096) + "}",
      "{" + members(max_document, 100000) + "}",
      "{\"stride\":1," + runs_with(large_schedules(28)) + "}",
  };
}

/// Calls `read`, which none of these inputs keeps for more than 100 ms; what was quadratic took 8 s and more.
/// Processor time, the least of three: a machine may have other work. Nor does it take more than 64 MiB: 256
/// bytes for each that is read. What may be larger than a document may take so many times as much.
template <class Read>
void check_quick(const std::string& what, Read read, int times = 1) {
  const double most = times * most_seconds;
  double least = most;
  std::size_t memory = 0;
  for (int i = 0; i < 3 && least >= most; ++i) {
    mark_memory();
    const std::size_t before = memory_in_use();
    const std::clock_t begin = std::clock();
    read();
    memory = most_memory() - before;
    least = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  }
  CAPTURE(what.substr(0, 60));
  CHECK(least < most);
  CHECK(memory < (static_cast<std::size_t>(times) << 26));
}

}  // namespace stride::testing
