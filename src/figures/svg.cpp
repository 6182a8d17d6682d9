// Shapes as SVG: plain attributes, numbers of one decimal, words as text.
#include <cmath>
#include <cstdio>

#include "figures/figure.h"
#include "figures/svg.h"

namespace stride::figures {

std::string hex(unsigned colour) {
  char text[8];
  std::snprintf(text, sizeof text, "#%06x", colour & 0xffffff);
  return text;
}

std::string escaped(std::string_view words) {
  std::string out;
  for (const char c : words)
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (static_cast<unsigned char>(c) >= ' ')
      out += c;
  return out;
}

namespace {

std::string number(double v) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", std::isfinite(v) ? v : 0);
  std::string out = text;
  if (out.ends_with(".0")) out.resize(out.size() - 2);
  return out == "-0" ? "0" : out;
}

std::string attribute(const char* name, const std::string& value) {
  return std::string(" ") + name + "='" + value + "'";
}

std::string line(const Shape& s) {
  std::string points;
  for (const Spot& p : s.points) points += (points.empty() ? "" : " ") + number(p.x) + ',' + number(p.y);
  return "<polyline" + attribute("points", points) + attribute("stroke", hex(s.colour)) +
         attribute("stroke-width", number(s.width)) + "/>";
}

std::string box(const Shape& s) {
  const Spot a = s.points[0], b = s.points[1];
  return "<rect" + attribute("x", number(a.x)) + attribute("y", number(a.y)) +
         attribute("width", number(b.x - a.x)) + attribute("height", number(b.y - a.y)) +
         attribute("fill", hex(s.colour)) + "/>";
}

std::string disc(const Shape& s) {
  return "<circle" + attribute("cx", number(s.points[0].x)) + attribute("cy", number(s.points[0].y)) +
         attribute("r", number(s.width)) + attribute("fill", hex(s.colour)) +
         attribute("stroke", hex(s.rim)) + attribute("stroke-width", number(rim_width)) + "/>";
}

std::string bands(const Shape& s) {
  const Spot a = s.points[0];
  return "<path" + attribute("class", "b") +
         attribute("transform", "translate(" + number(a.x) + ' ' + number(a.y) + ")scale(.1)") +
         attribute("fill", hex(s.colour)) + attribute("stroke-width", number(10 * s.width)) +
         attribute("d", path_of(s.rings)) + "/>";
}

std::string words(const Shape& s) {
  const std::string x = number(s.points[0].x), y = number(s.points[0].y);
  std::string out = "<text" + attribute("x", x) + attribute("y", y) + attribute("fill", hex(s.colour)) +
                    attribute("font-size", number(s.width));
  if (s.align > 0) out += attribute("text-anchor", s.align > 0.5 ? "end" : "middle");
  if (s.bold) out += attribute("font-weight", "600");
  return out + ">" + escaped(s.words) + "</text>";
}

}  // namespace

std::string write_svg(const Figure& f) {
  const std::string w = number(f.width), h = number(f.height);
  std::string out = "<svg xmlns='http://www.w3.org/2000/svg' width='" + w + "' height='" + h +
                    "' viewBox='0 0 " + w + ' ' + h + "' role='img'><title>" + escaped(f.title) +
                    "</title><style>text{font-family:Inter,Roboto,'Helvetica Neue',Arial,sans-serif}"
                    "polyline{fill:none;stroke-linejoin:round;stroke-linecap:round}"
                    ".b{fill-rule:evenodd;stroke:#000;stroke-opacity:.25}</style>\n";
  if (!f.transparent) out += "<rect width='" + w + "' height='" + h + "' fill='" + hex(f.ground) + "'/>\n";
  for (const Shape& s : f.shapes) {
    switch (s.kind) {
      case Shape::Kind::line:
        out += line(s);
        break;
      case Shape::Kind::box:
        out += box(s);
        break;
      case Shape::Kind::disc:
        out += disc(s);
        break;
      case Shape::Kind::bands:
        out += bands(s);
        break;
      case Shape::Kind::words:
        out += words(s);
        break;
    }
    out += '\n';
  }
  return out + "</svg>\n";
}

double width_of(std::string_view words, double size) {
  double em = 0;
  for (const char c : words) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0) == 0x80) continue;  // within a character
    constexpr std::string_view narrow = " .,:;'|!()[]ijlftr-", wide = "mwMW@%";
    em += byte >= 0xE3                    ? 1
          : narrow.find(c) != narrow.npos ? 0.33
          : wide.find(c) != wide.npos     ? 0.88
          : c >= 'A' && c <= 'Z'          ? 0.68
                                          : 0.57;
  }
  return em * size;
}

}  // namespace stride::figures
