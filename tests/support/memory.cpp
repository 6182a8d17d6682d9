#include "support/memory.h"

#include <malloc.h>

#include <atomic>
#include <cstdlib>
#include <new>

namespace {

std::atomic<std::size_t> in_use{0}, most{0};

}  // namespace

void* operator new(std::size_t size) {
  void* at = std::malloc(size);
  if (!at) std::abort();
  const std::size_t now = in_use += malloc_usable_size(at);
  for (std::size_t before = most; before < now && !most.compare_exchange_weak(before, now);) {
  }
  return at;
}

// A sanitizer's own would not go together with the delete below.
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  return operator new(size);
}

void operator delete(void* at) noexcept {
  if (at) in_use -= malloc_usable_size(at);
  std::free(at);
}

void operator delete(void* at, std::size_t) noexcept {
  operator delete(at);
}

std::size_t stride::testing::memory_in_use() {
  return in_use;
}

std::size_t stride::testing::most_memory() {
  return most;
}

void stride::testing::mark_memory() {
  most = in_use.load();
}
