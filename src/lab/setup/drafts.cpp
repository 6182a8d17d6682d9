#include "lab/setup/drafts.h"

#include "lab/session/ground.h"

namespace stride::lab {

void keep_drafts(Drafts& drafts, const Session& session) {
  const std::string& formula = formula_of(session.scenario);
  const bool replaced = drafts.replaced != session.replaced;
  if (replaced || !same_function(drafts.problem, session.scenario.problem)) {
    drafts.expression = formula;
    drafts.expression_error.clear();
    drafts.problem = session.scenario.problem;
  }
  if (replaced || drafts.runs != session.scenario.runs.size()) drafts.renaming = -1;
  drafts.runs = session.scenario.runs.size();
  drafts.replaced = session.replaced;
}

}  // namespace stride::lab
