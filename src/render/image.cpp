#include "render/image.h"

#include <utility>

#include "render/gl.h"

namespace stride::render {

void Image::set(int width, int height, std::vector<unsigned char> rgba) {
  width_ = width;
  height_ = height;
  rgba_ = std::move(rgba);
  fresh_ = true;
}

std::uint64_t Image::texture() {
  if (rgba_.empty()) return 0;
  if (!name_) name_ = make_texture(false), fresh_ = true;
  if (fresh_) upload_texture(name_, width_, height_, rgba_.data());
  fresh_ = false;
  return name_;
}

}  // namespace stride::render
