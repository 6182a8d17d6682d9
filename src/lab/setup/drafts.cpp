#include "lab/setup/drafts.h"

namespace stride::lab {

void keep_drafts(Drafts& drafts, const Session& session) {
  const SurfaceProblem& p = surface_of(session.scenario);
  const bool replaced = drafts.replaced != session.replaced;
  if (replaced || drafts.surface != p.surface || drafts.of_expression != p.expression) {
    drafts.expression = drafts.of_expression = p.expression;
    drafts.expression_error.clear();
    drafts.surface = p.surface;
  }
  if (replaced || drafts.runs != session.scenario.runs.size()) drafts.renaming = -1;
  drafts.runs = session.scenario.runs.size();
  drafts.replaced = session.replaced;
}

}  // namespace stride::lab
