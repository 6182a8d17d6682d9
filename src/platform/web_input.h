// What mouse, pen, fingers and keyboard do to the lab in a page: the functions exported in web_input.cpp.
#pragma once

#include "platform/app.h"

namespace stride::platform {

/// Takes input for `app`, which outlives the page, and tells the page when a field is typed into.
void begin_input(App& app);

/// Before each frame: ImGui gets the keys that waited for a request, which may have moved the focus, to be answered.
void hand_over_keys();
/// Whether some wait for one frame more.
bool keys_wait();

}  // namespace stride::platform
