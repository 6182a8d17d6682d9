// What a learner does to the scenario beside moving a number: another surface, another run, another start.
#pragma once

#include <string>
#include <string_view>

#include "lab/session/session.h"

namespace stride::lab {

/// Each takes an undo step.
void pick_surface(Session& session, int row);
/// The same of a curve.
void pick_curve(Session& session, int row);
/// The same of a fit.
void pick_fit(Session& session, FitProblem fit);
/// The same of a network.
void pick_network(Session& session, NetworkProblem network);
/// The learner's own points, from CSV, of the fit or network that is there. A fault leaves the scenario.
Error use_points(Session& session, std::string_view csv);
/// The learner's own f(x, y). An error leaves the scenario and returns its sentence.
Error use_expression(Session& session, const std::string& text);
void add_run(Session& session);
void duplicate_run(Session& session, int r);
/// A further run with the selected one's rule as a rule of one's own (rule_as_text), to change.
void copy_rule(Session& session, std::string rule);
void remove_run(Session& session, int r);
/// The selected run's start, or the one that all runs share; takes no undo step.
void move_start(Session& session, Point to);

/// What is seen, not what is computed.
bool is_hidden(const Scenario& scenario, int r);
void set_hidden(Scenario& scenario, int r, bool hide);
/// The whole surface, as at first.
void reset_camera(View& view);

}  // namespace stride::lab
