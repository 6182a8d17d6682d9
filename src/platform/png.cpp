// PNG with stored (uncompressed) blocks: W3C PNG specification, third edition; RFC 1950 and 1951 for the
// stream in it.
#include "platform/png.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>

#include "core/colours.h"

namespace stride::platform {

namespace {

using Bytes = std::vector<unsigned char>;

void put32(Bytes& out, std::uint32_t v) {
  for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<unsigned char>(v >> shift));
}

std::uint32_t crc32(const unsigned char* data, size_t size) {
  std::uint32_t crc = 0xffffffffu;
  for (size_t i = 0; i < size; ++i) {
    crc ^= data[i];
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ (0xedb88320u & (0u - (crc & 1u)));
  }
  return ~crc;
}

std::uint32_t adler32(const Bytes& data) {
  std::uint32_t a = 1, b = 0;
  for (const unsigned char byte : data) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return b << 16 | a;
}

void chunk(Bytes& out, const char (&type)[5], const Bytes& data) {
  put32(out, static_cast<std::uint32_t>(data.size()));
  const size_t start = out.size();
  out.insert(out.end(), type, type + 4);
  out.insert(out.end(), data.begin(), data.end());
  put32(out, crc32(out.data() + start, out.size() - start));
}

Bytes stored(const Bytes& raw) {
  Bytes out = {0x78, 0x01};
  for (size_t at = 0; at < raw.size();) {
    const size_t n = std::min<size_t>(raw.size() - at, 65535);
    const unsigned char low = static_cast<unsigned char>(n & 255), high = static_cast<unsigned char>(n >> 8);
    for (const int byte : {int(at + n == raw.size()), int(low), int(high), 255 - low, 255 - high})
      out.push_back(static_cast<unsigned char>(byte));
    out.insert(out.end(), raw.begin() + static_cast<std::ptrdiff_t>(at),
               raw.begin() + static_cast<std::ptrdiff_t>(at + n));
    at += n;
  }
  put32(out, adler32(raw));
  return out;
}

Bytes png(int width, int height, const Bytes& rgb) {
  const size_t row = static_cast<size_t>(width) * 3;
  Bytes raw;
  for (size_t y = 0; y < static_cast<size_t>(height); ++y) {
    raw.push_back(0);  // no filter
    raw.insert(raw.end(), rgb.begin() + static_cast<std::ptrdiff_t>(y * row),
               rgb.begin() + static_cast<std::ptrdiff_t>((y + 1) * row));
  }
  Bytes header;
  put32(header, static_cast<std::uint32_t>(width));
  put32(header, static_cast<std::uint32_t>(height));
  header.insert(header.end(), {8, 2, 0, 0, 0});  // eight bits, RGB
  Bytes out = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  chunk(out, "IHDR", header);
  chunk(out, "IDAT", stored(raw));
  chunk(out, "IEND", {});
  return out;
}

bool ends_with(const std::string& words, const std::string& with) {
  return words.size() >= with.size() && words.compare(words.size() - with.size(), with.size(), with) == 0;
}

}  // namespace

bool write_picture(const std::string& file, int width, int height, const Bytes& rgb) {
  Bytes out;
  if (ends_with(file, ".png")) {
    out = png(width, height, rgb);
  } else {
    const std::string bytes = ppm(width, height, {reinterpret_cast<const char*>(rgb.data()), rgb.size()});
    out.assign(bytes.begin(), bytes.end());
  }
  std::FILE* f = std::fopen(file.c_str(), "wb");
  if (!f) return false;
  const bool written = std::fwrite(out.data(), 1, out.size(), f) == out.size();
  return std::fclose(f) == 0 && written;
}

}  // namespace stride::platform
