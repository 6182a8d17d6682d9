// `stride link`: a scenario as a link, and back.
#include "cli/cli.h"

namespace stride::cli {

Result link(const std::string& file) {
  Scenario s;
  if (Error e = read_scenario_file(file, s)) return {"", std::move(e)};
  return {encode_link(s) + "\n", {}};
}

Result link_decode(const std::string& link) {
  Scenario s;
  if (Error e = decode_link(link, s)) {
    e->file = "link";
    return {"", std::move(e)};
  }
  return {write_scenario(s) + "\n", {}};
}

}  // namespace stride::cli
