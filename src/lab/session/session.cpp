#include "lab/session/session.h"

#include <algorithm>

#include "lab/session/locks.h"

namespace stride::lab {

namespace {

constexpr size_t most_undone = 200;

/// The numbers of one and the view of the other.
Scenario with_view(Scenario numbers, const View& view) {
  numbers.view = view;
  return numbers;
}

bool is_elsewhere(const Scenario& s) {
  return std::any_of(s.runs.begin(), s.runs.end(), [](const Run& run) {
    return optimizers()[static_cast<size_t>(run.optimizer.row)].elsewhere;
  });
}

/// From one list of states to the scenario, and the scenario to the other.
void travel(Session& s, std::deque<Scenario>& from, std::deque<Scenario>& to) {
  if (from.empty()) return;
  to.push_back(s.scenario);
  replace(s, with_view(std::move(from.back()), s.scenario.view));
  from.pop_back();
  s.committed = s.scenario;
  ++s.steps;
}

}  // namespace

void begin(Session& session, Scenario scenario) {
  replace(session, std::move(scenario));
  session.committed = session.scenario;
  session.undo.clear();
  session.redo.clear();
}

void replace(Session& session, Scenario next) {
  session.scenario = std::move(next);
  session.selected = std::clamp(session.selected, 0, static_cast<int>(session.scenario.runs.size()) - 1);
  ++session.replaced;
}

long revision_of(Session& session) {
  if (!session.revision || !same_numbers(session.revised, session.scenario)) {
    session.revised = session.scenario;
    ++session.revision;
  }
  return session.revision;
}

void commit(Session& session) {
  hold_locked(session);
  adopt(session);
}

void adopt(Session& session) {
  if (same_numbers(session.scenario, session.committed)) return;
  if (is_elsewhere(session.scenario)) {
    session.elsewhere = write_scenario(session.scenario, -1);
    return replace(session, with_view(session.committed, session.scenario.view));
  }
  // A slider can reach what PyTorch refuses (nesterov without momentum): the last good state stays.
  if (const Error error = validate(session.scenario)) {
    refuse(session, sentence(error), true);
    return replace(session, with_view(session.committed, session.scenario.view));
  }
  session.undo.push_back(std::move(session.committed));
  if (session.undo.size() > most_undone) session.undo.pop_front();
  session.redo.clear();
  session.committed = session.scenario;
  ++session.steps;
}

void undo(Session& session) {
  commit(session);
  travel(session, session.undo, session.redo);
}

void redo(Session& session) {
  travel(session, session.redo, session.undo);
}

void refuse(Session& session, std::string words, bool is_error) {
  session.refusal = {std::move(words), is_error, 0};
}

}  // namespace stride::lab
