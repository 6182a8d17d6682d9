// In tests a fault is compared with its sentence, and shown as one.
#pragma once

#include <doctest/doctest.h>

#include <string_view>

#include "scenario/fault.h"

namespace stride {

inline bool operator==(const Error& error, std::string_view words) {
  return sentence(error) == words;
}

}  // namespace stride

template <>
struct doctest::StringMaker<stride::Error> {
  static String convert(const stride::Error& error) { return stride::sentence(error).c_str(); }
};
