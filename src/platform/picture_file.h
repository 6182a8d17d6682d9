// Pictures into files.
#pragma once

#include <string>
#include <vector>

#include "scenario/fault.h"

namespace stride::platform {

/// Writes width * height RGB bytes, top row first: PNG where the name ends in .png, else PPM.
Error write_picture(const std::string& file, int width, int height, const std::vector<unsigned char>& rgb);

}  // namespace stride::platform
