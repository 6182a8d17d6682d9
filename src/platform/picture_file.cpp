#include "platform/picture_file.h"

#include "core/colours.h"
#include "files/files.h"
#include "raster/raster.h"

namespace stride::platform {

Error write_picture(const std::string& file, int width, int height, const std::vector<unsigned char>& rgb) {
  const std::string out = file.ends_with(".png")
                              ? raster::png(width, height, rgb)
                              : ppm(width, height, {reinterpret_cast<const char*>(rgb.data()), rgb.size()});
  return write_file(file, out);
}

}  // namespace stride::platform
