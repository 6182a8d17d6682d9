// Points of one's own as lines of CSV.
#include "lab/session/edits.h"
#include "lab/setup/setup.h"
#include "scenario/documents/writing.h"
#include "text/text.h"
#include "ui/widgets.h"

namespace stride::lab {

using namespace ui;

void points_field(Session& session, Drafts& drafts, const std::vector<double>& (*points_of)(const Scenario&),
                  std::size_t columns, const char* name, const char* hint) {
  const std::vector<double>& points = points_of(session.scenario);
  if (drafts.points_read != points) {
    drafts.points_read = points;
    drafts.points.clear();
    drafts.points_error.clear();
    for (std::size_t i = 0; i < points.size(); ++i)
      drafts.points += write_json(number_json(points[i]), -1) + ((i + 1) % columns == 0 ? "\n" : ",");
  }
  if (text_field(name, drafts.points, "", hint, 6)) {
    const Error error = use_points(session, drafts.points);
    drafts.points_error = error ? sentence(error) : "";
    if (!error) drafts.points_read = points_of(session.scenario);
  }
  if (!drafts.points_error.empty()) text(drafts.points_error, TextLook::error, true);
}

}  // namespace stride::lab
