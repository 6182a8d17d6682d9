// Films: read again by the format's own rules they are the pictures that went in.
#include <doctest/doctest.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "raster/gif.h"

using namespace stride::raster;

namespace {

int byte_at(const std::string& bytes, size_t i) {
  REQUIRE(i < bytes.size());
  return static_cast<unsigned char>(bytes[i]);
}
int word_at(const std::string& bytes, size_t i) {
  return byte_at(bytes, i) | byte_at(bytes, i + 1) << 8;
}

/// The indices that blocks from `at` hold; `at` is behind them then.
std::vector<int> unpacked(const std::string& bytes, size_t& at) {
  REQUIRE(byte_at(bytes, at++) == 8);
  std::string codes;
  for (int length; (length = byte_at(bytes, at++)) > 0; at += size_t(length))
    codes += bytes.substr(at, size_t(length));
  std::vector<std::vector<int>> table;
  const auto begin = [&] {
    table.assign(258, {});
    for (int i = 0; i < 256; ++i) table[size_t(i)] = {i};
  };
  begin();
  std::vector<int> out, last;
  size_t bit = 0, size = 9;
  for (;;) {
    size_t code = 0;
    for (size_t i = 0; i < size; ++i, ++bit) code |= size_t(byte_at(codes, bit / 8) >> bit % 8 & 1) << i;
    if (code == 257) return out;
    if (code == 256) {
      begin(), last.clear(), size = 9;
      continue;
    }
    REQUIRE(code <= table.size());
    std::vector<int> entry = code < table.size() ? table[code] : last;
    if (code == table.size()) entry.push_back(last.front());
    out.insert(out.end(), entry.begin(), entry.end());
    if (!last.empty() && table.size() < 4096) {
      last.push_back(entry.front());
      table.push_back(last);
      if (table.size() == size_t(1) << size && size < 12) ++size;
    }
    last = entry;
  }
}

std::vector<Picture> decoded(const std::string& bytes, std::vector<int>& delays) {
  REQUIRE(bytes.substr(0, 6) == "GIF89a");
  Picture canvas{word_at(bytes, 6), word_at(bytes, 8), {}};
  canvas.rgb.resize(size_t(canvas.width * canvas.height) * 3);
  const size_t palette = 13;
  std::vector<Picture> frames;
  for (size_t at = palette + 768; byte_at(bytes, at) != ';';) {
    if (byte_at(bytes, at) == 0x21) {
      if (byte_at(bytes, at + 1) == 0xf9) delays.push_back(word_at(bytes, at + 4));
      for (at += 2; byte_at(bytes, at) > 0;) at += size_t(byte_at(bytes, at)) + 1;
      ++at;
      continue;
    }
    REQUIRE(byte_at(bytes, at) == 0x2c);
    const int x = word_at(bytes, at + 1), y = word_at(bytes, at + 3), w = word_at(bytes, at + 5),
              h = word_at(bytes, at + 7);
    at += 10;
    const std::vector<int> indices = unpacked(bytes, at);
    REQUIRE(indices.size() == size_t(w * h));
    for (int i = 0; i < w * h; ++i)
      for (size_t part = 0; part < 3; ++part)
        canvas.rgb[3 * size_t((y + i / w) * canvas.width + x + i % w) + part] =
            static_cast<unsigned char>(byte_at(bytes, palette + 3 * size_t(indices[size_t(i)]) + part));
    frames.push_back(canvas);
  }
  return frames;
}

int furthest(const Picture& a, const Picture& b) {
  int most = 0;
  for (size_t i = 0; i < a.rgb.size(); ++i) most = std::max(most, std::abs(a.rgb[i] - b.rgb[i]));
  return most;
}

}  // namespace

TEST_CASE("a film is the pictures that went in, but for the palette's rounding") {
  std::vector<Picture> frames;
  unsigned state = 7;
  for (int f = 0; f < 4; ++f) {
    Picture p{90, 70, std::vector<unsigned char>(90 * 70 * 3, 40)};
    // Few colours in long lines, and a noisy part that fills the table of codes several times.
    for (size_t y = 0; y < 70; ++y)
      for (size_t x = 0; x < 90; ++x)
        for (size_t part = 0; part < 3; ++part)
          if (y > 20 && f != 2)
            p.rgb[3 * (90 * y + x) + part] =
                static_cast<unsigned char>((state = state * 1664525u + 1013904223u) >> 30) * 64;
    p.rgb[size_t(3 * f)] = 255;
    frames.push_back(p);
  }
  frames.push_back(frames.back());
  std::vector<int> delays;
  const std::vector<Picture> again = decoded(gif(frames, 12), delays);
  REQUIRE(again.size() == frames.size());
  CHECK(delays == std::vector<int>(5, 12));
  for (size_t i = 0; i < again.size(); ++i) CHECK(furthest(again[i], frames[i]) <= 8);
}

TEST_CASE("a film of many colours keeps near them, and one of a single pixel is one") {
  Picture p{64, 64, {}};
  for (int i = 0; i < 64 * 64; ++i)
    for (const int value : {i % 64 * 4, i / 64 * 4, (i % 64 + i / 64) * 2})
      p.rgb.push_back(static_cast<unsigned char>(value));
  std::vector<int> delays;
  CHECK(furthest(decoded(gif({p}, 4), delays).at(0), p) <= 24);
  const Picture dot{1, 1, {248, 0, 8}};
  CHECK(furthest(decoded(gif({dot}, 4), delays).at(0), dot) <= 8);
}
