// Figures without a window: a scenario's map, rates and losses as shapes and words on a page, and that page as SVG.
#pragma once

#include <string>
#include <vector>

#include "figures/relief.h"
#include "scenario/scenario.h"

namespace stride::figures {

/// On the page, y downwards, in pixels.
struct Spot {
  double x, y;
};
struct Box {
  double x, y, w, h;
  double right() const { return x + w; }
  double bottom() const { return y + h; }
};

/// What a page is drawn in, 0xRRGGBB.
struct Inks {
  unsigned ground, panel, line, text, muted;
};

struct Shape {
  enum class Kind {
    line,   ///< through all points
    box,    ///< between two corners
    disc,   ///< around a point, with a rim
    bands,  ///< an area within rings, with a faint outline
    words,  ///< on a base line that begins, has its middle or ends at a point
  };
  Kind kind;
  std::vector<Spot> points;
  unsigned colour = 0;     ///< 0xRRGGBB
  double width = 1;        ///< of a line, also around bands; of a disc the radius; of words the font size
  unsigned rim = 0;        ///< of a disc: its outline's colour
  Rings rings = {};        ///< of bands: in tenths of a pixel from the one point, even ones are holes
  std::string words = {};  ///< UTF-8
  double align = 0;        ///< of words: 0 they begin at the point, 0.5 their middle, 1 they end
  bool bold = false;
};
inline constexpr double rim_width = 1.5;       ///< of a disc's outline
inline constexpr double faint_opacity = 0.25;  ///< of the black outline around bands

struct Figure {
  int width = 0, height = 0;
  std::string title;  ///< what it shows, for those who cannot see it
  unsigned ground = 0;
  bool transparent = false;   ///< the page itself is left out
  std::vector<Shape> shapes;  ///< later ones cover earlier ones
};

/// Whether its loss can be shown over its weights: that of a network cannot.
bool has_map(const Scenario& scenario);

enum Part : unsigned { part_map = 1, part_rate = 2, part_loss = 4, all_parts = 7 };
/// Words of `parts` with commas between them. A wrong word returns the sentence that names those there are.
Error read_parts(std::string_view words, unsigned& out);

inline constexpr int least_side = 16, largest_side = 8192;

struct FigureRequest {
  int width = 1200, height = 800;  ///< least_side .. largest_side
  unsigned parts = all_parts;      ///< of Part; a network has no map
  bool transparent = false;
};

/// The figure of a scenario: the loss from above in bands of colour with contour lines, minima and paths; the rates and
/// the losses over the steps, on an axis of powers where their range asks for one; a legend with each run's outcome.
/// Dark where the scenario's theme is.
Figure scenario_figure(const Scenario& scenario, const FigureRequest& request);

/// A document that needs nothing beside it.
std::string write_svg(const Figure& figure);

/// About how wide words are set in a sans-serif face.
double width_of(std::string_view words, double size);

}  // namespace stride::figures
