#include "text/plural.h"

#include <algorithm>

namespace stride {

namespace {

/// What is left of a rule; each function takes what it reads from the front.
struct RuleReader {
  std::string_view rest;
  bool readable = true;

  bool take(std::string_view word) {
    rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
    if (!rest.starts_with(word)) return false;
    rest.remove_prefix(word.size());
    return true;
  }

  int number() {
    take("");
    int value = 0, digits = 0;
    for (; !rest.empty() && rest[0] >= '0' && rest[0] <= '9' && digits < 9; ++digits) {
      value = 10 * value + (rest[0] - '0');
      rest.remove_prefix(1);
    }
    readable &= digits > 0;
    return value;
  }

  /// "n % 10 = 2..4, 7"
  bool relation(int n) {
    int value = 0;
    if (take("n") || take("i")) {
      value = n;
    } else {
      bool known = false;
      for (const std::string_view decimals : {"v", "w", "f", "t", "c", "e"}) known = known || take(decimals);
      readable &= known;
    }
    if (take("%")) {
      const int by = number();
      readable &= by > 0;
      value = by > 0 ? value % by : 0;
    }
    const bool differs = take("!=");
    readable &= differs || take("=");
    bool found = false;
    do {
      const int from = number(), to = take("..") ? number() : from;
      found |= value >= from && value <= to;
    } while (readable && take(","));
    return found != differs;
  }
};

}  // namespace

std::optional<bool> plural_rule_holds(std::string_view rule, int n) {
  RuleReader read{rule};
  bool any = false;
  do {
    bool all = true;
    do {
      const bool holds = read.relation(n);
      all = all && holds;
    } while (read.readable && read.take("and"));
    any = any || all;
  } while (read.readable && read.take("or"));
  read.take("");
  if (!read.readable || !read.rest.empty()) return {};
  return any;
}

}  // namespace stride
