// Basins: where each start ends up, as a picture over the surface. Hue says which minimum, lightness how
// soon; what diverges is hatched.
#include <algorithm>
#include <cmath>
#include <cstdint>

#include "core/colours.h"
#include "core/studies/study_columns.h"
#include "lab/stage/stage.h"
#include "lab/studies/studies.h"
#include "text/text.h"
#include "ui/plot_area.h"
#include "ui/target.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace stride::lab {

using namespace ui;

namespace {

Settings basins_of(int size) {
  const int row = find_study("basins");
  const Study& study = studies()[static_cast<size_t>(row)];
  Settings settings = default_settings(row, study.params);
  settings.values[static_cast<size_t>(find_param(study.params, "size"))] = {static_cast<double>(size)};
  return settings;
}

/// The picture with its lowest row first, as the surface takes it.
std::vector<unsigned char> paint(const std::vector<float>& rows, int size, int steps) {
  const std::string rgb = basins_picture(rows, size, steps);
  const size_t width = static_cast<size_t>(size);
  std::vector<unsigned char> rgba(width * width * 4, 255);
  for (size_t i = 0; i < width * width; ++i)
    for (size_t k = 0; k < 3; ++k)
      rgba[((width - 1 - i / width) * width + i % width) * 4 + k] =
          static_cast<unsigned char>(rgb[i * 3 + k]);
  return rgba;
}

/// What becomes of the starts, the most frequent first.
std::vector<BasinShare> shares_of(const std::vector<float>& rows) {
  std::vector<BasinShare> all;
  const double each = 1.0 / std::max(1.0, static_cast<double>(row_count<BasinsRow>(rows)));
  for (size_t i = 0; i < row_count<BasinsRow>(rows); ++i) {
    const int basin = static_cast<int>(study_row<BasinsRow>(rows, i).basin);
    auto at = std::find_if(all.begin(), all.end(), [basin](const BasinShare& s) { return s.basin == basin; });
    if (at == all.end()) at = all.insert(all.end(), {basin, 0});
    at->part += each;
  }
  std::sort(all.begin(), all.end(), [](const BasinShare& a, const BasinShare& b) { return a.part > b.part; });
  return all;
}

std::string share_words(const BasinShare& s, const std::vector<Minimum>& minima) {
  std::string words = tr(s.basin == static_cast<int>(basin_diverged) ? "diverged" : "no minimum");
  if (s.basin >= 0 && s.basin < static_cast<int>(minima.size())) {
    const Minimum& m = minima[static_cast<size_t>(s.basin)];
    // A coordinate that is zero but for rounding is shown as zero.
    const auto tidy = [](double v) { return readable(std::fabs(v) < 1e-9 ? 0 : std::round(v * 1e3) / 1e3); };
    words = "(" + tidy(m.x) + ", " + tidy(m.y) + ")";
  }
  return words + "  " + readable(std::round(s.part * 1000) / 10) + " %";
}

}  // namespace

void basins_overlay(Basins& basins, const Session& session, const StudyDesk& desk, Stage& stage) {
  static const std::vector<Settings> stages = {basins_of(64), basins_of(192), basins_of(512)};
  LiveStudy& study = basins.study;
  if (!basins.shown || !desk.engine) {
    if (study.stage < 0) return;
    stop_asking(study, desk);
    return stage.view.set_overlay(0, {});
  }
  keep_asking(study, desk, request_of(session.scenario, session.selected), stages, slot::basins);
  if (study.rows.empty()) return stage.view.set_overlay(0, {});  // those of another surface
  if (!study.fresh) return;
  basins.minima = jobs::problem_of(study.shown_for).minima;
  basins.shares = shares_of(study.rows);
  const int size =
      static_cast<int>(std::lround(std::sqrt(static_cast<double>(row_count<BasinsRow>(study.rows)))));
  stage.view.set_overlay(size, paint(study.rows, size, study.shown_for.scenario.steps));
}

void basins_legend(const Basins& basins, const StudyDesk& desk, const Stage& stage) {
  const LiveStudy& study = basins.study;
  if (!basins.shown || study.rows.empty()) return;
  const Theme& t = theme();
  const render::Rect& a = stage.area;
  push_type(Type::small);
  const std::span all = std::span(basins.shares).first(std::min<size_t>(basins.shares.size(), 6));
  std::vector<std::string> lines;
  float width = 0;
  for (const BasinShare& s : all) {
    lines.push_back(share_words(s, basins.minima));
    width = std::max(width, ImGui::CalcTextSize(lines.back().c_str()).x);
  }
  const float row = u(18), h = row * static_cast<float>(all.size()) + u(12), w = width + u(36);
  const ImVec2 at{a.x + u(12), a.y + a.h - h - u(12)};
  ImDrawList* draw = ImGui::GetWindowDrawList();
  draw->AddRectFilled(at, {at.x + w, at.y + h}, t.panel, u(6));
  for (size_t i = 0; i < all.size(); ++i) {
    const float y = at.y + u(6) + row * static_cast<float>(i);
    const Rgb c = basin_colour(static_cast<float>(all[i].basin));
    draw->AddRectFilled({at.x + u(8), y + u(3)}, {at.x + u(20), y + u(15)},
                        ImGui::ColorConvertFloat4ToU32({c[0], c[1], c[2], 1}), u(2));
    draw->AddText({at.x + u(28), y + u(2)}, t.text, lines[i].c_str());
  }
  progress_bar(study.progress, desk.now - study.asked_at, {at.x, at.y + h - u(2)}, w, u(2));
  pop_type();
  State state{.now = std::sqrt(static_cast<double>(row_count<BasinsRow>(study.rows)))};
  for (const std::string& line : lines) state.value += line + "; ";
  note(Role::status, "basins", at, {w, h}, std::move(state));
}

}  // namespace stride::lab
