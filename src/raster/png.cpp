// PNG by stb_image_write.
#define STB_IMAGE_WRITE_IMPLEMENTATION
#define STB_IMAGE_WRITE_STATIC
#define STBI_WRITE_NO_STDIO
#include <stb/stb_image_write.h>

#include "raster/raster.h"

namespace stride::raster {

std::string png(int width, int height, std::span<const unsigned char> pixels, int channels) {
  std::string out;
  const auto take = [](void* to, void* data, int size) {
    static_cast<std::string*>(to)->append(static_cast<const char*>(data), static_cast<std::size_t>(size));
  };
  stbi_write_png_to_func(take, &out, width, height, channels, pixels.data(), channels * width);
  return out;
}

}  // namespace stride::raster
