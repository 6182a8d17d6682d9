// Letters that the lab's own fonts lack, in names of people's own: the browser has them all, and draws each the
// first time that it is seen.
#pragma once

#include "ui/theme.h"

namespace stride::platform {

ui::OtherLetters other_letters();

}  // namespace stride::platform
