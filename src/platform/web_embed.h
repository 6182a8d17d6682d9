// What a page that embeds the lab may ask of it, and what it is told: the functions exported in web_embed.cpp
// and the events that go to Module.host.event.
#pragma once

#include <string>

#include "platform/app.h"

namespace stride::platform {

/// What Module.host's function `name` says.
std::string page_string(const char* name, const char* given = "");
/// What an exported function returns: stays until the next reply.
const char* reply(std::string words);

/// Takes what the page wants shown and locked. Before the first frame; `app` outlives the page.
void begin_embed(App& app);
/// Tells the page what has changed since the last call. `by_user`: through the lab itself, not through a
/// call.
void report_events(bool by_user);
/// What is there now is what the page knows.
void forget_events();

}  // namespace stride::platform
