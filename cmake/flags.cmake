# How everything of ours is compiled. The numbers depend on the first two lines: no contraction to fused multiply-adds and no rounding
# shortcuts, so that a run has the same bits on every target; without -fno-math-errno and (GCC) -fno-trapping-math, which change no
# result, the kernels would not vectorise.
add_library(stride_flags INTERFACE)
target_compile_options(stride_flags INTERFACE -ffp-contract=off -fno-math-errno -fno-trapping-math)
target_compile_options(stride_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(stride_flags INTERFACE -Wno-restrict)  # warns falsely of "literal" + string (GCC bug 105329)
endif()
if(STRIDE_UNITY)
  # Warnings of what is no matter where each file is compiled by itself: a name of another one is hidden, a private type is within a class.
  target_compile_options(stride_flags INTERFACE -Wno-shadow $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
endif()
target_compile_features(stride_flags INTERFACE cxx_std_20)
target_include_directories(stride_flags INTERFACE ${PROJECT_SOURCE_DIR}/src)

set(CMAKE_CXX_EXTENSIONS OFF)
if(MINGW)
  set(CMAKE_CXX_EXTENSIONS ON)  # without them it does not declare open and write
endif()
set(CMAKE_CXX_SCAN_FOR_MODULES OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()
set(CMAKE_CXX_FLAGS_RELEASE "-O3 -DNDEBUG")
if(EMSCRIPTEN AND STRIDE_LAB)
  # What a first visit transfers counts here: compiled for speed is only what computes (stride_room's FAST). emcc takes one -O, no second.
  set(CMAKE_CXX_FLAGS_RELEASE "-DNDEBUG")
  add_compile_options("$<$<CONFIG:Release>:$<IF:$<BOOL:$<TARGET_PROPERTY:STRIDE_FAST>>,-O3,-Oz>>")
  add_compile_options(-fno-exceptions -fno-rtti -fno-threadsafe-statics)
  if(EMSCRIPTEN_VERSION VERSION_LESS 4)  # later ones' libraries without exceptions lack what link-time optimization keeps (__cxa_increment_exception_refcount)
    add_compile_options(-flto)
    add_link_options(-flto)
  endif()
endif()

if(EMSCRIPTEN)
  # Every browser with SIMD, and those of the years before, copy memory whole and convert to int without branches.
  add_compile_options(-mbulk-memory -mnontrapping-fptoint)
  if(STRIDE_WASM_SIMD AND NOT STRIDE_LAB)
    add_compile_options(-msimd128)
    add_link_options(-msimd128)
  endif()
  if(NOT STRIDE_LAB)
    # The command line and the tests catch exceptions; the page has none.
    add_compile_options(-fwasm-exceptions)
    add_link_options(-fwasm-exceptions)
  endif()
  add_link_options($<$<CONFIG:Release>:$<IF:$<BOOL:${STRIDE_LAB}>,-Oz,-O3>>)
  if(EMSCRIPTEN_VERSION VERSION_GREATER_EQUAL 3.1.25)
    add_link_options(-sSTACK_SIZE=5242880)  # what it was before; the readers' recursion is bounded, not tiny
  endif()
  # Debian's emcc needs its own JavaScript parser and doesn't look for it; the toolchain's choice of emulator knows only old Node.js.
  set_property(GLOBAL PROPERTY RULE_LAUNCH_LINK "\"${CMAKE_COMMAND}\" -E env NODE_PATH=/usr/share/nodejs")
  set(CMAKE_CROSSCOMPILING_EMULATOR node)
  execute_process(COMMAND node --no-experimental-fetch --version RESULT_VARIABLE refused OUTPUT_QUIET ERROR_QUIET)
  if(refused EQUAL 0)  # older emcc's programs would ask fetch for their wasm, which reads no files; newer Node.js has no such switch
    list(APPEND CMAKE_CROSSCOMPILING_EMULATOR --no-experimental-fetch)
  endif()
else()
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64" AND NOT WIN32)  # MinGW does not align its stack for wide vectors
    target_compile_definitions(stride_flags INTERFACE STRIDE_WIDE)
  endif()
  separate_arguments(arch UNIX_COMMAND "${STRIDE_NATIVE_ARCH}")
  add_compile_options(${arch})
endif()

if(STRIDE_SANITIZE)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer -g1)
  add_link_options(-fsanitize=address,undefined)
endif()
if(STRIDE_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
