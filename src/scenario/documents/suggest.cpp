#include "scenario/documents/suggest.h"

#include <algorithm>
#include <vector>

namespace stride {

namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// Optimal string alignment distance (Damerau 1964), letter case ignored.
int edits(std::string_view a, std::string_view b) {
  const size_t n = b.size();
  std::vector<int> before(n + 1), last(n + 1), row(n + 1);
  for (size_t j = 0; j <= n; ++j) last[j] = static_cast<int>(j);
  for (size_t i = 1; i <= a.size(); ++i) {
    row[0] = static_cast<int>(i);
    for (size_t j = 1; j <= n; ++j) {
      const bool same = lower(a[i - 1]) == lower(b[j - 1]);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1)});
      if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]))
        row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before.swap(last);
    last.swap(row);
  }
  return last[n];
}

}  // namespace

std::string_view nearest(std::string_view word, std::span<const std::string_view> known, int most) {
  if (word.empty() || word.size() > 64) return {};
  std::string_view best;
  int best_edits = std::min(most, 1 + static_cast<int>(word.size()) / 3);
  for (std::string_view name : known) {
    const int count = edits(word, name);
    const bool better = best.empty() ? count <= best_edits : count < best_edits;
    if (!better || count >= static_cast<int>(std::max(word.size(), name.size()))) continue;
    best = name;
    best_edits = count;
  }
  return best;
}

std::string did_you_mean(std::string_view name) {
  return ", did you mean \"" + std::string(name) + "\"?";
}

std::string suggestion(std::string_view word, std::span<const std::string_view> known) {
  const std::string_view near = nearest(word, known);
  if (!near.empty()) return did_you_mean(near);
  std::string list;
  for (std::string_view name : known) list += (list.empty() ? "" : ", ") + std::string(name);
  return known.empty() ? "" : ", known are " + list;
}

}  // namespace stride
