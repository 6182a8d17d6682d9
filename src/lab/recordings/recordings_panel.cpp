// The panel of recorded trainings: for each what was taken for what, what it shows, and its schedule to go on with.
#include <algorithm>
#include <cmath>
#include <iterator>

#include "lab/recordings/recordings.h"
#include "scenario/documents/writing.h"
#include "text/text.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace stride::lab {

using namespace ui;

namespace {

/// A drop-down of the columns of a log, or none of them: true when another was chosen, which then stands in `taken`.
bool column_choice(const char* name, const TrainingLog& log, std::string& taken) {
  std::vector<std::string> columns = {log.step, log.lr, log.loss, log.val_loss};
  columns.insert(columns.end(), log.others.begin(), log.others.end());
  std::erase(columns, "");
  std::sort(columns.begin(), columns.end());
  columns.erase(std::unique(columns.begin(), columns.end()), columns.end());
  std::vector<const char*> names = {"none"};
  for (const std::string& column : columns) names.push_back(column.c_str());
  const auto at = std::find(columns.begin(), columns.end(), taken);
  int index = taken.empty() || at == columns.end() ? 0 : static_cast<int>(at - columns.begin()) + 1;
  text(wrapped(tr(name), fill_width()), TextLook::muted);
  if (!choice(name, index, names)) return false;
  taken = index == 0 ? "" : columns[static_cast<size_t>(index) - 1];
  return true;
}

void column_choices(RecordedRun& run, Session& session) {
  LogColumns wanted{run.log.step, run.log.lr, run.log.loss, run.log.val_loss};
  bool changed = false;
  Columns c = begin_columns(2);
  changed |= column_choice("step column", run.log, *wanted.step);
  next_column(c);
  changed |= column_choice("rate column", run.log, *wanted.lr);
  end_columns(c);
  c = begin_columns(2);
  changed |= column_choice("loss column", run.log, *wanted.loss);
  next_column(c);
  changed |= column_choice("validation loss column", run.log, *wanted.val_loss);
  end_columns(c);
  if (!changed) return;
  if (Error error = take_columns(run, wanted)) refuse(session, sentence(error), true);
}

std::string words_of(const Finding& finding) {
  std::string numbers[4];
  for (size_t i = 0; i < finding.values.size() && i < std::size(numbers); ++i) {
    const double value = finding.values[i];
    numbers[i] = value == std::floor(value) ? readable(value, 15) : readable(value, 3);
  }
  return tr(finding.words, {numbers[0], numbers[1], numbers[2], numbers[3]});
}

std::string fit_words(const ScheduleFit& fit) {
  const std::string schedule = write_json(schedule_json(fit.schedule), -1);
  if (fit.exact) return tr("The rate is that of {0} with {1}.", {schedule, readable(fit.lr)});
  return tr("The rate is near that of {0} with {1}; it differs by up to {2} % of the highest.",
            {schedule, readable(fit.lr), readable(100 * fit.error, 3)});
}

/// True where it is to be taken away.
bool recording(RecordedRun& run, int r, Session& session, int& lesson) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  run_mark(ImGui::GetWindowDrawList(), {at.x + u(5), at.y + u(10)}, u(4), max_runs - 1 - r);
  ImGui::SetCursorScreenPos({at.x + u(16), at.y});
  text(elide(run.name, fill_width() - u(24)), TextLook::heading);
  column_choices(run, session);
  for (const Finding& finding : run.found) {
    text(words_of(finding), TextLook::body, true);
    const std::string key = numbered("lesson", finding.lesson),
                      shown = tr("Lesson {0}", {std::to_string(finding.lesson)});
    if (button({key.c_str(), shown}, shown.c_str(), ButtonLook::quiet, true,
               "Opens the lesson that explains it"))
      lesson = finding.lesson;
  }
  if (run.found.empty()) text(tr("Nothing stands out."), TextLook::muted, true);
  if (run.fit) {
    text(fit_words(*run.fit), TextLook::body, true);
    if (button("Make it a run", "Make it a run", ButtonLook::plain, true,
               "A further run with this schedule, to change and to export"))
      add_fitted_run(session, run);
    ImGui::SameLine();
  }
  return button("Remove", "Remove", ButtonLook::quiet, true, "Takes the recorded training out of the plots");
}

}  // namespace

int recordings_panel(Recordings& recordings, Session& session) {
  int lesson = 0, gone = -1;
  for (size_t r = 0; r < recordings.runs.size(); ++r) {
    ImGui::PushID(static_cast<int>(r));
    begin_group(Name(numbered("recording", static_cast<int>(r) + 1).c_str(), recordings.runs[r].name),
                Role::region);
    if (recording(recordings.runs[r], static_cast<int>(r), session, lesson)) gone = static_cast<int>(r);
    end_group();
    ImGui::PopID();
  }
  if (gone >= 0) recordings.runs.erase(recordings.runs.begin() + gone);
  return lesson;
}

}  // namespace stride::lab
