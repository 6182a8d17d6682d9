// A number that a task asks for before anything may be tried: read, and an answer judged.
#include <cmath>

#include "lesson/lesson_shared.h"
#include "text/typed_number.h"

namespace stride {

namespace {

/// The one number that the fact states.
std::optional<double> number_of(const LessonFact& f) {
  std::string stated = f.reached >= 0 ? std::to_string(f.reached) : "";
  int count = f.reached >= 0;
  for (const std::string* words :
       {&f.loss, &f.x, &f.y, &f.share, &f.ratio, &f.rate, &f.curvature, &f.limit, &f.lr, &f.is}) {
    count += !words->empty();
    stated += *words;
  }
  return count == 1 && f.outcome.empty() ? read_typed_number(stated) : std::nullopt;
}

}  // namespace

Error read_ask(const Json& value, const Path& path, const Json& start, std::optional<LessonAsk>& out) {
  if (Error e = check_keys(
          value, Names{"question", "number", "within", "yes", "low", "high", "right", "wrong"}, path))
    return e;
  for (const char* key : {"question", "number", "yes", "low", "high"})
    if (!member(value, key)) return expected_not({&path, key}, "it here", "nothing");
  LessonAsk ask;
  if (Error e = optional(value, "question", path, read_text, ask.question)) return e;
  const Path number{&path, "number"};
  if (Error e = read_fact(value["number"], number, start, ask.fact)) return e;
  const std::optional<double> stated = number_of(ask.fact);
  if (!stated) return expected_not(number, "a fact that states one number");
  if (rows_of(ask.fact) > most_fact_rows)
    return expected_not(number, "a fact that takes at most 5000000 steps");
  ask.number = *stated;
  const auto within = [](const Json& v, const Path& q, double& n) {
    return read_number(v, 0.001, 0.5, q, n);
  };
  if (Error e = optional(value, "within", path, within, ask.within)) return e;
  if (Error e = optional(value, "yes", path, read_text, ask.yes)) return e;
  if (Error e = optional(value, "low", path, read_text, ask.low)) return e;
  if (Error e = optional(value, "high", path, read_text, ask.high)) return e;
  if (Error e = optional(value, "right", path, read_texts, ask.right)) return e;
  if (Error e = optional(value, "wrong", path, read_texts, ask.wrong)) return e;
  out = std::move(ask);
  return {};
}

int judge_number(const LessonAsk& ask, double answer) {
  // What is allowed at its very edge is not lost to rounding.
  const double off = answer - ask.number, most = ask.within * std::fabs(ask.number) * (1 + 1e-9);
  return std::fabs(off) <= most ? 0 : off < 0 ? -1 : 1;
}

}  // namespace stride
