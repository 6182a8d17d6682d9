// Pictures into files.
#pragma once

#include <string>
#include <vector>

namespace stride::platform {

/// Writes width * height RGB bytes, top row first: PNG where the name ends in .png, else PPM. False where the
/// file cannot be written.
bool write_picture(const std::string& file, int width, int height, const std::vector<unsigned char>& rgb);

}  // namespace stride::platform
