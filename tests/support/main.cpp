// The tests of one room. A test case that asserts nothing counts as failed: it has returned too early.
#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <cstdio>
#include <fstream>
#include <iterator>

#include "support/files.h"

namespace {

int silent = 0;

struct Watch final : doctest::IReporter {
  const doctest::TestCaseData* test = nullptr;

  explicit Watch(const doctest::ContextOptions&) {}
  void test_case_start(const doctest::TestCaseData& in) override { test = &in; }
  void test_case_end(const doctest::CurrentTestCaseStats& in) override {
    if (in.numAssertsCurrentTest > 0) return;
    ++silent;
    std::fprintf(stderr, "%s:%u: '%s' asserts nothing\n", test->m_file.c_str(), test->m_line, test->m_name);
  }
  void report_query(const doctest::QueryData&) override {}
  void test_run_start() override {}
  void test_run_end(const doctest::TestRunStats&) override {}
  void test_case_reenter(const doctest::TestCaseData&) override {}
  void test_case_exception(const doctest::TestCaseException&) override {}
  void subcase_start(const doctest::SubcaseSignature&) override {}
  void subcase_end() override {}
  void log_assert(const doctest::AssertData&) override {}
  void log_message(const doctest::MessageData&) override {}
  void test_case_skipped(const doctest::TestCaseData&) override {}
};

REGISTER_LISTENER("silent", 1, Watch);

}  // namespace

std::string stride::test::path_of(const std::string& file) {
  return STRIDE_TESTS_DIR "/" + file;
}

std::string stride::test::text_of(const std::string& file) {
  std::ifstream in(path_of(file), std::ios::binary);
  REQUIRE(in);
  return {std::istreambuf_iterator<char>(in), {}};
}

int main(int argc, char** argv) {
  const int failed = doctest::Context(argc, argv).run();
  return failed != 0 || silent != 0;
}
