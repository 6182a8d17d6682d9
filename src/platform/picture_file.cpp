#include "platform/picture_file.h"

#include <cstdio>

#include "core/colours.h"
#include "raster/raster.h"

namespace stride::platform {

bool write_picture(const std::string& file, int width, int height, const std::vector<unsigned char>& rgb) {
  const std::string out = file.ends_with(".png")
                              ? raster::png(width, height, rgb)
                              : ppm(width, height, {reinterpret_cast<const char*>(rgb.data()), rgb.size()});
  std::FILE* f = std::fopen(file.c_str(), "wb");
  if (!f) return false;
  const bool written = std::fwrite(out.data(), 1, out.size(), f) == out.size();
  return std::fclose(f) == 0 && written;
}

}  // namespace stride::platform
