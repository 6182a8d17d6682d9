// Every theme can be read: text and marks stand out on what they lie on, and the runs' colours stay apart for every
// kind of colour vision.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "imgui.h"
#include "ui/theme.h"

using namespace stride::ui;

namespace {

using Light = std::array<double, 3>;  // linear red, green, blue

double linear(double srgb) {
  return srgb <= 0.04045 ? srgb / 12.92 : std::pow((srgb + 0.055) / 1.055, 2.4);
}
Light light_of(ImU32 colour) {
  const ImVec4 c = ImGui::ColorConvertU32ToFloat4(colour);
  return {linear(c.x), linear(c.y), linear(c.z)};
}
/// WCAG 2.2: contrast ratio.
double contrast(ImU32 a, ImU32 b) {
  const auto luminance = [](const Light& l) { return 0.2126 * l[0] + 0.7152 * l[1] + 0.0722 * l[2]; };
  const auto [dark, bright] = std::minmax({luminance(light_of(a)), luminance(light_of(b))});
  return (bright + 0.05) / (dark + 0.05);
}

using Matrix = std::array<Light, 3>;
Light through(const Matrix& m, const Light& v) {
  Light out{};
  for (size_t i = 0; i < 3; ++i)
    out[i] = std::clamp(m[i][0] * v[0] + m[i][1] * v[1] + m[i][2] * v[2], 0.0, 1.0);
  return out;
}

struct Eye {
  const char* name;
  Matrix sees;
};
/// Machado, Oliveira and Fernandes (2009), severity 1.
constexpr Eye eyes[] = {
    {"all three cones", {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}}},
    {"protanopia",
     {{{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}}},
    {"deuteranopia",
     {{{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}}},
    {"tritanopia",
     {{{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}}}},
};

/// Björn Ottosson's OKLab (2020): equal distances look equally far.
Light oklab(const Light& c) {
  constexpr Matrix cones{{{0.4122214708, 0.5363325363, 0.0514459929},
                          {0.2119034982, 0.6806995451, 0.1073969566},
                          {0.0883024619, 0.2817188376, 0.6299787005}}};
  Light l = through(cones, c);
  for (double& x : l) x = std::cbrt(x);
  return {0.2104542553 * l[0] + 0.7936177850 * l[1] - 0.0040720468 * l[2],
          1.9779984951 * l[0] - 2.4285922050 * l[1] + 0.4505937099 * l[2],
          0.0259040371 * l[0] + 0.7827717662 * l[1] - 0.8086757660 * l[2]};
}

struct Look {
  const char* name;
  bool dark, strong;
};
constexpr Look looks[] = {{"dark", true, false},
                          {"light", false, false},
                          {"dark, more contrast", true, true},
                          {"projector; light, more contrast", false, true}};

/// Puts each theme in force in turn.
template <class Check>
void for_each_theme(const Check& check) {
  ImGuiContext* context = ImGui::CreateContext();
  for (const Look& look : looks) {
    const std::string name = look.name;
    CAPTURE(name);
    apply_theme(look.dark, 1, look.strong);
    check(theme(), look);
  }
  ImGui::DestroyContext(context);
}

}  // namespace

TEST_CASE("text has 4.5:1 on all that it lies on, 7:1 where more contrast is asked for") {
  for_each_theme([](const Theme& t, const Look& look) {
    const double least = look.strong ? 6 : 4.5;
    for (const ImU32 under : {t.ground, t.panel, t.field, t.field_hover})
      for (const ImU32 words : {t.text, t.muted, t.accent, t.error}) CHECK(contrast(words, under) >= least);
    CHECK(contrast(t.on_accent, t.accent) >= 4.5);
    for (const ImU32 words : {t.text, t.muted}) CHECK(contrast(words, t.panel) >= (look.strong ? 7 : 4.5));
  });
}

TEST_CASE("a run's mark and curve have 3:1 on panels, plots and fields") {
  for_each_theme([](const Theme& t, const Look&) {
    for (const ImU32 run : t.runs)
      for (const ImU32 under : {t.ground, t.panel, t.field}) CHECK(contrast(run, under) >= 3);
  });
}

TEST_CASE("the runs' colours stay apart for every kind of colour vision") {
  constexpr double apart = 0.07;  // more than three times what is just noticed
  for_each_theme([&](const Theme& t, const Look&) {
    for (const Eye& eye : eyes)
      for (int i = 0; i < 8; ++i)
        for (int j = 0; j < i; ++j) {
          const Light a = oklab(through(eye.sees, light_of(t.runs[i]))),
                      b = oklab(through(eye.sees, light_of(t.runs[j])));
          const std::string who = eye.name;
          CAPTURE(who);
          CAPTURE(i);
          CAPTURE(j);
          CHECK(std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]) >= apart);
        }
  });
}
