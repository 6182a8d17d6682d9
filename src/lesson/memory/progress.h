// What a learner has done: kept on the learner's machine as one string, and a file for the teacher where the
// learner saves one. Nothing of it is sent.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "lesson/lesson.h"

namespace stride {

struct LessonAttempt {
  std::string name;  ///< optimizer × schedule
  int steps = 0;
  double lr = 0;  ///< the optimizer's; 0: not known
  bool operator==(const LessonAttempt&) const = default;
};

/// Of so many questions so many were answered right at the first try.
struct Tally {
  int right = 0, asked = 0;
  bool operator==(const Tally&) const = default;
};

/// What was typed where a task asks for a number.
struct TypedNumber {
  std::string words;
  bool right = false;
  bool operator==(const TypedNumber&) const = default;
};

struct LessonProgress {
  std::vector<std::string> done;                      ///< names of lessons whose task was met
  std::vector<LessonAttempt> attempts;                ///< of the challenge, fewest steps first, at most ten
  std::map<std::string, bool, std::less<>> answered;  ///< by lesson: whether the first answer was right
  std::map<std::string, TypedNumber, std::less<>> numbers;  ///< by lesson: the first that was handed in
  Tally recalled;                                           ///< the questions from two lessons before
  Tally quiz;                                               ///< the last one that was finished
  std::string at;                                           ///< the lesson that was left, empty: none
  int page = 0;                                             ///< of it
  bool operator==(const LessonProgress&) const = default;
};
bool is_done(const LessonProgress& progress, const std::string& name);
void add_attempt(LessonProgress& progress, LessonAttempt attempt);
/// The first answer counts, whatever follows.
void note_answer(LessonProgress& progress, const std::string& name, bool right);
void note_number(LessonProgress& progress, const std::string& name, const TypedNumber& number);
std::string write_progress(const LessonProgress& progress);
/// What can be read of it: storage is not to be trusted, and losing it is no error.
LessonProgress read_progress(std::string_view text);

/// The lesson whose question is put again at the start of `index`: two before it in the teaching order, with a
/// choice among words that this learner has made; -1: none.
int lesson_recalled(const LessonProgress& progress, int index);

/// The results as CSV, a row a lesson in the teaching order, then one of the questions put again and one of the quiz.
/// `learner`: as they call themselves, may be empty. No cell is a formula to a spreadsheet.
std::string results_csv(const LessonProgress& progress, const std::string& learner);

}  // namespace stride
