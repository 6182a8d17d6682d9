#include "files/files.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>

#include "support/files.h"
#include "support/sentences.h"

using namespace stride;

namespace {

/// A folder of one's own, gone with the test.
struct Folder {
  std::filesystem::path path;
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "stride-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()));
    path = name;
  }
  ~Folder() { std::filesystem::remove_all(path); }
  std::string operator/(const char* name) const { return (path / name).string(); }
};

}  // namespace

TEST_CASE("files: what is written is read back, byte by byte, and replaces what stood there") {
  const Folder folder;
  const std::string file = folder / "a file.txt", bytes("two\nlines\0and more", 18);
  std::string read = "before";
  for (const std::string& written : {bytes, std::string(), std::string(200000, 'x')}) {
    REQUIRE(write_file(file, written) == "");
    REQUIRE(read_file(file, 200000, read) == "");
    CHECK(read == written);
  }
  CHECK(read_file(file, 199999, read) == file + ": expected at most 199999 bytes, got more");
}

TEST_CASE("files: what other programs begin a file with is no part of it") {
  const Folder folder;
  const std::string file = folder / "mark.json";
  std::string read;
  REQUIRE(write_file(file, "\xef\xbb\xbf{}") == "");
  REQUIRE(read_file(file, 100, read) == "");
  CHECK(read == "{}");
  REQUIRE(write_file(file, std::string_view("\xff\xfe{\0}\0", 6)) == "");
  CHECK(read_file(file, 100, read) == file + ": expected text in UTF-8, got UTF-16");
}

TEST_CASE("files: what cannot be read or written is said, with the reason") {
  const Folder folder;
  std::string read;
  CHECK(read_file("", 100, read) == "stride: expected the name of a file, got nothing");
  CHECK(read_file(folder / "none", 100, read) ==
        (folder / "none") + ": cannot open the file: No such file or directory");
  CHECK(read_file(folder.path.string(), 100, read) ==
        folder.path.string() + ": cannot read the file: Is a directory");
  CHECK(write_file(folder / "no/file", "x") ==
        (folder / "no/file") + ": cannot open the file: No such file or directory");
  Scenario scenario;
  REQUIRE(write_file(folder / "s.json", "{\"stride\": 2}") == "");
  CHECK(read_scenario_file(folder / "s.json", scenario) ==
        (folder / "s.json") + ": stride: expected the format version 1, got 2");
}

TEST_CASE("files: a name without its folder") {
  CHECK(base_name("/a/b/c.json") == "c.json");
  CHECK(base_name("c.json") == "c.json");
  CHECK(place_name("-") == "standard input");
}
