// A picture made of numbers (a map of two parameters), as a texture for the interface to show.
#pragma once

#include <cstdint>
#include <vector>

namespace stride::render {

/// Keeps its pixels, so that it comes back after a lost context. Without a context it has no texture.
class Image {
 public:
  /// width * height RGBA bytes, top row first.
  void set(int width, int height, std::vector<unsigned char> rgba);
  /// The texture's name in the current context, made on first use; 0 where there are no pixels.
  std::uint64_t texture();
  /// The context is gone and its names with it.
  void forget() { name_ = 0; }

 private:
  int width_ = 0, height_ = 0;
  bool fresh_ = false;
  unsigned name_ = 0;
  std::vector<unsigned char> rgba_;
};

}  // namespace stride::render
