// Names of files on their way through a shell.
#include <doctest/doctest.h>

#include <cstdio>

#include "platform/dialogs.h"

using namespace stride::platform;

TEST_CASE("dialogs: whatever a file is called, the shell takes it for one word") {
  for (const std::string name : {"plain.json", "two words.json", "it's.json", "''", "",
                                 "$HOME `id` \\ \"!\"; exit 1", "a\nb", "Läufer – 1.json", "-o", "*"}) {
    CAPTURE(name);
    std::FILE* pipe = popen(("printf '<%s>' " + shell_word(name)).c_str(), "r");
    REQUIRE(pipe);
    std::string got;
    for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) got += static_cast<char>(c);
    CHECK(pclose(pipe) == 0);
    CHECK(got == "<" + name + ">");
  }
}
