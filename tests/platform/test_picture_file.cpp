// Pictures in files, read back by another's reader.
#define STB_IMAGE_IMPLEMENTATION
#define STB_IMAGE_STATIC
#define STBI_ONLY_PNG
#define STBI_ONLY_PNM
#include <stb/stb_image.h>

#include <doctest/doctest.h>

#include <cstdio>
#include <filesystem>

#include "platform/picture_file.h"
#include "support/sentences.h"

using namespace stride;
using namespace stride::platform;

namespace {

/// A picture in which no two rows, columns or channels are alike.
std::vector<unsigned char> gradient(int width, int height) {
  std::vector<unsigned char> rgb;
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x)
      for (const int v : {3 * x, 5 * y, x * y}) rgb.push_back(static_cast<unsigned char>(v));
  return rgb;
}

}  // namespace

TEST_CASE("pictures: PNG and PPM hold what was given, PNG packed") {
  constexpr int width = 83, height = 41;
  const std::vector<unsigned char> rgb = gradient(width, height);
  for (const char* name : {"stride-test.png", "stride-test.ppm"}) {
    CAPTURE(name);
    const std::string file = (std::filesystem::temp_directory_path() / name).string();
    REQUIRE(write_picture(file, width, height, rgb) == "");
    int w = 0, h = 0, channels = 0;
    unsigned char* read = stbi_load(file.c_str(), &w, &h, &channels, 0);
    REQUIRE(read);
    CHECK(w == width);
    CHECK(h == height);
    REQUIRE(channels == 3);
    CHECK(std::vector<unsigned char>(read, read + 3 * w * h) == rgb);
    stbi_image_free(read);
    std::filesystem::remove(file);
  }
  const std::string flat = (std::filesystem::temp_directory_path() / "stride-flat.png").string();
  REQUIRE(write_picture(flat, 400, 300, std::vector<unsigned char>(3 * 400 * 300, 7)) == "");
  CHECK(std::filesystem::file_size(flat) < 4000);
  std::filesystem::remove(flat);
}

TEST_CASE("pictures: a file that cannot be written is told") {
  CHECK(write_picture("/nowhere/at/all.png", 2, 2, std::vector<unsigned char>(12)) ==
        "/nowhere/at/all.png: cannot open the file: No such file or directory");
  CHECK(write_picture("", 2, 2, std::vector<unsigned char>(12)) ==
        "stride: expected the name of a file, got nothing");
}
