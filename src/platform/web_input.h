// What mouse, pen, fingers and keyboard do to the lab in a page: the functions exported in web_input.cpp.
#pragma once

#include "platform/app.h"

namespace stride::platform {

/// Takes input for `app`, which outlives the page, and tells the page when a field is typed into.
void begin_input(App& app);

}  // namespace stride::platform
