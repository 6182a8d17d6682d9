// In place of src/lab/recordings and its curves: the page opens logs in its full program.
#include "lab/plots/recorded_curves.h"
#include "lab/recordings/recordings.h"

namespace stride {

bool is_log(std::string_view, std::string_view) {
  return false;
}

namespace lab {

Error add_recording(Recordings&, std::string_view, std::string_view) {
  return {};
}

bool is_recorded(const Recordings&, std::string_view) {
  return false;
}

double last_recorded(const Recordings&) {
  return 0;
}

std::vector<double> recorded_values(const Recordings&, bool, const Axes&) {
  return {};
}

void draw_recordings(const Recordings&, bool, const Plot&) {}

int recordings_panel(Recordings&, Session&) {
  return 0;
}

}  // namespace lab

}  // namespace stride
