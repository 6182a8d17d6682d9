#define STB_IMAGE_WRITE_IMPLEMENTATION
#define STB_IMAGE_WRITE_STATIC
#define STBI_WRITE_NO_STDIO
#include <stb/stb_image_write.h>

#include <cstdio>

#include "core/colours.h"
#include "platform/png.h"

namespace stride::platform {

namespace {

using Bytes = std::vector<unsigned char>;

Bytes png(int width, int height, const Bytes& rgb) {
  Bytes out;
  const auto take = [](void* to, void* data, int size) {
    const auto* bytes = static_cast<unsigned char*>(data);
    static_cast<Bytes*>(to)->insert(static_cast<Bytes*>(to)->end(), bytes, bytes + size);
  };
  stbi_write_png_to_func(take, &out, width, height, 3, rgb.data(), 3 * width);
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
