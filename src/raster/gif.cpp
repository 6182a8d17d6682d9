// Animated GIF (CompuServe, "Graphics Interchange Format, version 89a"): one palette for all frames by median cut
// (Heckbert 1982), each frame the rectangle that differs from the one before, packed by LZW.
#include "raster/gif.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <unordered_map>

namespace stride::raster {

namespace {

constexpr size_t most_colours = 256;

/// Five bits of each part.
unsigned colour_of(const unsigned char* rgb) {
  return unsigned(rgb[0] >> 3) << 10 | unsigned(rgb[1] >> 3) << 5 | unsigned(rgb[2] >> 3);
}

int part_of(unsigned colour, int part) {
  return static_cast<int>(colour >> (10 - 5 * part)) & 31;
}

/// Colours that one of the palette stands for.
struct Shades {
  std::vector<unsigned> colours;
  int part = 0, range = 0;  ///< red, green or blue, in which they are furthest apart, and how far
};

Shades shades_of(std::vector<unsigned> colours) {
  Shades out{std::move(colours)};
  for (int part = 0; part < 3; ++part) {
    int low = 31, high = 0;
    for (const unsigned c : out.colours) {
      low = std::min(low, part_of(c, part));
      high = std::max(high, part_of(c, part));
    }
    if (high - low > out.range) out.part = part, out.range = high - low;
  }
  return out;
}

struct Palette {
  std::array<unsigned char, 3 * most_colours> bytes = {};
  std::vector<unsigned char> place = std::vector<unsigned char>(1 << 15);  ///< of a colour's five bits a part
};

Palette palette_of(const std::vector<Picture>& frames) {
  std::vector<double> counts(1 << 15);
  for (const Picture& frame : frames)
    for (size_t i = 0; i + 2 < frame.rgb.size(); i += 3) ++counts[colour_of(&frame.rgb[i])];
  std::vector<unsigned> used;
  for (unsigned c = 0; c < counts.size(); ++c)
    if (counts[c] > 0) used.push_back(c);
  std::vector<Shades> all = {shades_of(used)};
  const auto size = [](const Shades& s) { return static_cast<size_t>(s.range) * s.colours.size(); };
  while (all.size() < most_colours) {
    const auto last = std::max_element(all.begin(), all.end(),
                                       [&](const Shades& a, const Shades& b) { return size(a) < size(b); });
    if (last->range == 0) break;
    std::vector<unsigned> sorted = std::move(last->colours);
    const auto value = [part = last->part](unsigned c) { return part_of(c, part); };
    std::stable_sort(sorted.begin(), sorted.end(),
                     [&](unsigned a, unsigned b) { return value(a) < value(b); });
    const int middle = std::max(value(sorted[sorted.size() / 2]), value(sorted.front()) + 1);
    const auto cut =
        std::find_if(sorted.begin(), sorted.end(), [&](unsigned c) { return value(c) >= middle; });
    *last = shades_of({sorted.begin(), cut});
    all.push_back(shades_of({cut, sorted.end()}));
  }
  Palette out;
  for (size_t at = 0; at < all.size(); ++at) {
    double sum[3] = {}, count = 0;
    for (const unsigned c : all[at].colours) {
      count += counts[c];
      for (int part = 0; part < 3; ++part) sum[part] += part_of(c, part) * counts[c];
      out.place[c] = static_cast<unsigned char>(at);
    }
    for (size_t part = 0; part < 3; ++part)
      out.bytes[3 * at + part] = static_cast<unsigned char>(std::lround(sum[part] / count * 255 / 31));
  }
  return out;
}

void put_word(std::string& out, int value) {
  out += static_cast<char>(value & 255);
  out += static_cast<char>(value >> 8);
}

/// The codes of LZW as bytes, in blocks of at most 255.
void put_packed(std::string& out, const std::vector<unsigned char>& indices) {
  constexpr unsigned clear = 256, end = 257, first = 258, full = 4096;
  out += char(8);
  std::string block;
  const auto flush = [&] {
    if (block.empty()) return;
    out += static_cast<char>(block.size());
    out += block;
    block.clear();
  };
  unsigned bits = 0, held = 0, size = 9, next = first;
  const auto put = [&](unsigned code) {
    bits |= code << held;
    for (held += size; held >= 8; held -= 8, bits >>= 8) {
      block += static_cast<char>(bits & 255);
      if (block.size() == 255) flush();
    }
  };
  std::unordered_map<unsigned, unsigned> table;
  unsigned prefix = indices[0];
  put(clear);
  for (size_t i = 1; i < indices.size(); ++i) {
    const unsigned key = prefix << 8 | indices[i];
    if (const auto known = table.find(key); known != table.end()) {
      prefix = known->second;
      continue;
    }
    put(prefix);
    if (next < full) {
      if (next == 1u << size) ++size;
      table.emplace(key, next++);
    } else {
      put(clear);
      table.clear();
      next = first;
      size = 9;
    }
    prefix = indices[i];
  }
  put(prefix);
  if (next == 1u << size && size < 12) ++size;
  put(end);
  if (held > 0) block += static_cast<char>(bits & 255);
  flush();
  out += '\0';
}

struct Part {
  int x = 0, y = 0, w = 1, h = 1;
};

/// Where two frames differ; a pixel where they don't.
Part difference(const std::vector<unsigned char>& a, const std::vector<unsigned char>& b, int width) {
  int left = width, right = -1, top = 0, bottom = -1;
  for (size_t i = 0; i < a.size(); ++i) {
    if (a[i] == b[i]) continue;
    const int x = static_cast<int>(i) % width, y = static_cast<int>(i) / width;
    if (bottom < 0) top = y;
    left = std::min(left, x), right = std::max(right, x), bottom = y;
  }
  return right < 0 ? Part{} : Part{left, top, right - left + 1, bottom - top + 1};
}

}  // namespace

std::string gif(const std::vector<Picture>& frames, int delay) {
  assert(!frames.empty());
  const int width = frames[0].width, height = frames[0].height;
  const Palette palette = palette_of(frames);
  std::string out = "GIF89a";
  put_word(out, width);
  put_word(out, height);
  out.append({char(0xf7), 0, 0});
  out.append(reinterpret_cast<const char*>(palette.bytes.data()), palette.bytes.size());
  out.append({0x21, char(0xff), 11}).append("NETSCAPE2.0").append({3, 1, 0, 0, 0});
  std::vector<unsigned char> before;
  for (const Picture& frame : frames) {
    assert(frame.width == width && frame.height == height);
    std::vector<unsigned char> now(frame.rgb.size() / 3);
    for (size_t i = 0; i < now.size(); ++i) now[i] = palette.place[colour_of(&frame.rgb[3 * i])];
    const Part part = before.empty() ? Part{0, 0, width, height} : difference(before, now, width);
    std::vector<unsigned char> indices;
    for (int y = part.y; y < part.y + part.h; ++y) {
      const auto row = now.begin() + static_cast<std::ptrdiff_t>(y) * width + part.x;
      indices.insert(indices.end(), row, row + part.w);
    }
    out.append({0x21, char(0xf9), 4, 4});
    put_word(out, delay);
    out.append({0, 0, 0x2c});
    for (const int value : {part.x, part.y, part.w, part.h}) put_word(out, value);
    out += '\0';
    put_packed(out, indices);
    before = std::move(now);
  }
  return out + ';';
}

}  // namespace stride::raster
