# The page: what web/ holds beside the program, in a folder of its own, ready for any static host.
set(STRIDE_PAGE ${PROJECT_BINARY_DIR}/page CACHE PATH "Emscripten: where the page goes")

# What the page may transfer at first (tests/size.mjs) has no room for lessons, rules of one's own, curves and networks. Its first program has cmake/without_*.cpp
# in their place: objects, so that the members of the libraries that define the same are not wanted. The full one is fetched when it is asked for.
# Each is there a second time for browsers without SIMD: the scalar library comes before the one with the same functions in SIMD. All four have
# the same imports and exports, so that one JavaScript serves them.
add_library(stride_without OBJECT ${PROJECT_SOURCE_DIR}/cmake/without_models.cpp ${PROJECT_SOURCE_DIR}/cmake/without_rules_and_curves.cpp
                                  ${PROJECT_SOURCE_DIR}/cmake/without_curves.cpp ${PROJECT_SOURCE_DIR}/cmake/without_logs.cpp
                                  ${PROJECT_SOURCE_DIR}/cmake/without_exports.cpp ${PROJECT_SOURCE_DIR}/cmake/without_facts.cpp
                                  ${PROJECT_SOURCE_DIR}/cmake/without_lessons.cpp)
target_link_libraries(stride_without PRIVATE stride_flags stride_lab)
target_link_libraries(stride-lab PRIVATE stride_without)
stride_program(stride-lab-scalar main_lab.cpp stride_without stride_core_scalar stride_platform)
stride_program(stride-lab-full main_lab.cpp stride_platform)
stride_program(stride-lab-full-scalar main_lab.cpp stride_core_scalar stride_platform)
set_target_properties(stride-lab PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${STRIDE_PAGE} OUTPUT_NAME stride-program)  # stride-lab.js is the element
foreach(kind IN ITEMS scalar full full-scalar)
  set_target_properties(stride-lab-${kind} PROPERTIES OUTPUT_NAME stride-program-${kind})
  add_custom_command(TARGET stride-lab-${kind} POST_BUILD
    COMMAND ${CMAKE_COMMAND} -E copy stride-program-${kind}.wasm ${STRIDE_PAGE} WORKING_DIRECTORY ${PROJECT_BINARY_DIR} VERBATIM)
endforeach()
foreach(program IN ITEMS stride-lab stride-lab-full)
  target_link_options(${program} PRIVATE -msimd128)
endforeach()
foreach(program IN ITEMS stride-lab stride-lab-scalar stride-lab-full stride-lab-full-scalar)
  target_sources(${program} PRIVATE ${PROJECT_SOURCE_DIR}/src/main_worker.cpp)
  target_link_options(${program} PRIVATE
    -sMIN_WEBGL_VERSION=2 -sMAX_WEBGL_VERSION=2 -sALLOW_MEMORY_GROWTH=1 -sENVIRONMENT=web -sFILESYSTEM=0
    -sMODULARIZE=1 -sEXPORT_ES6=1 -sUSE_ES6_IMPORT_META=1 -sEXPORT_NAME=createStrideLab
    -sEXPORTED_FUNCTIONS=_main,_malloc,_free -sEXPORTED_RUNTIME_METHODS=ccall,UTF8ToString,HEAPF32 --emit-symbol-map
    -sMALLOC=emmalloc -sTEXTDECODER=2 -sINCOMING_MODULE_JS_API=[instantiateWasm] -sGL_TRACK_ERRORS=0 -sGL_SUPPORT_EXPLICIT_SWAP_CONTROL=0
    -sGL_SUPPORT_AUTOMATIC_ENABLE_EXTENSIONS=0 -sSUPPORT_ERRNO=0 -sDISABLE_DEPRECATED_FIND_EVENT_TARGET_BEHAVIOR=1)
  # Nothing that is exported or imported gets another name: the page's workers run the same program without the compiler's JavaScript.
  target_link_options(${program} PRIVATE -lexports.js)
endforeach()
# What a first visit fetches is worth a minute of looking for bytes.
target_link_options(stride-lab PRIVATE -sBINARYEN_EXTRA_PASSES=-Oz,-Oz,-Os)
# The compiler's last step writes the code without the shortest way of keeping values on the stack, which is found here.
find_program(STRIDE_WASM_OPT wasm-opt HINTS ${EMSCRIPTEN_ROOT_PATH}/../bin NO_CMAKE_FIND_ROOT_PATH REQUIRED)
add_custom_command(TARGET stride-lab POST_BUILD VERBATIM
  COMMAND ${STRIDE_WASM_OPT} --all-features --optimize-level=2 --shrink-level=2 --generate-stack-ir --optimize-stack-ir
          ${STRIDE_PAGE}/stride-program.wasm -o ${STRIDE_PAGE}/stride-program.wasm)
# The names of the functions, by which tests/check_simd.mjs finds the kernels, are no part of the page.
set(symbols stride-program.js.symbols)
add_custom_command(TARGET stride-lab POST_BUILD
  COMMAND ${CMAKE_COMMAND} -E rename ${STRIDE_PAGE}/${symbols} ${PROJECT_BINARY_DIR}/${symbols} VERBATIM)

file(GLOB_RECURSE web CONFIGURE_DEPENDS RELATIVE ${PROJECT_SOURCE_DIR}/web ${PROJECT_SOURCE_DIR}/web/*)
# The modules that are put into another: a file that loads them is one answer to wait for, and smaller than they are.
set(modules_of_canvas.js embedding full host language letters program studies text-input workers)
set(apart_from_canvas.js right-to-left stride-program stride-worker take-away files digits mirror)
set(modules_of_mirror.js mirror/elements mirror/news mirror/plots)
set(apart_from_mirror.js canvas)
file(GLOB element RELATIVE ${PROJECT_SOURCE_DIR}/web CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/web/element/*.js)
string(REPLACE ".js" "" modules_of_stride-lab.js "${element}")
set(apart_from_stride-lab.js canvas)
set(modules_of_gallery.js language)
set(apart_from_gallery.js right-to-left files gallery-words posters stride-lab)
list(FILTER web EXCLUDE REGEX "^posters/")  # drawn
foreach(module IN LISTS modules_of_canvas.js modules_of_stride-lab.js modules_of_mirror.js)
  list(REMOVE_ITEM web ${module}.js)
endforeach()
# What an earlier build put there and this one does not would hide that it is missing.
file(GLOB stale RELATIVE ${STRIDE_PAGE} ${STRIDE_PAGE}/*.js)
list(REMOVE_ITEM stale ${web} stride-program.js bidi.js)
foreach(file IN LISTS stale)
  file(REMOVE ${STRIDE_PAGE}/${file})
endforeach()
set(copies)
# JavaScript and styles go without what a visit need not fetch.
find_program(STRIDE_ESBUILD esbuild PATHS ${PROJECT_SOURCE_DIR}/node_modules/.bin NO_CMAKE_FIND_ROOT_PATH)
if(NOT STRIDE_ESBUILD)
  message(FATAL_ERROR "esbuild was not found, which makes the page's JavaScript small. On Debian: apt-get install esbuild. Elsewhere: npm ci")
endif()
# What only the compiler's WebGL calls so, and nobody outside, has short names.
set(own_names "^(currentPixel(Unp|P)ackBufferBinding|max(Uniform|Attribute|UniformBlockName)Length|uniform(LocsById|SizeAndIdsByName|ArrayNamesById|IdCounter)|recordError|getNewId|stringCache|initExtensionsDone|getContextSafariWebGL2Fixed)$")
add_custom_command(TARGET stride-lab POST_BUILD VERBATIM
  COMMAND ${STRIDE_ESBUILD} --log-level=warning --minify --mangle-props=${own_names} --allow-overwrite ${STRIDE_PAGE}/stride-program.js
          --outfile=${STRIDE_PAGE}/stride-program.js)
foreach(file IN LISTS web)
  set(parts)
  if(modules_of_${file})
    list(TRANSFORM modules_of_${file} REPLACE "(.+)" "${PROJECT_SOURCE_DIR}/web/\\1.js" OUTPUT_VARIABLE parts)
    list(TRANSFORM apart_from_${file} REPLACE "(.+)" "--external:./\\1.js" OUTPUT_VARIABLE apart)
    set(command ${STRIDE_ESBUILD} --log-level=warning --minify --bundle --format=esm ${apart} ${PROJECT_SOURCE_DIR}/web/${file}
                --outfile=${STRIDE_PAGE}/${file})
  elseif(file MATCHES "^[^/]+\\.(js|css)$")
    set(command ${STRIDE_ESBUILD} --log-level=warning --minify ${PROJECT_SOURCE_DIR}/web/${file} --outfile=${STRIDE_PAGE}/${file})
  else()
    set(command ${CMAKE_COMMAND} -E copy ${PROJECT_SOURCE_DIR}/web/${file} ${STRIDE_PAGE}/${file})
  endif()
  add_custom_command(OUTPUT ${STRIDE_PAGE}/${file} COMMAND ${command} DEPENDS ${PROJECT_SOURCE_DIR}/web/${file} ${parts} VERBATIM)
  list(APPEND copies ${STRIDE_PAGE}/${file})
endforeach()
add_custom_command(OUTPUT ${STRIDE_PAGE}/digits.bin
  COMMAND ${CMAKE_COMMAND} -E copy ${STRIDE_DATA}/digits.bin ${STRIDE_PAGE}/digits.bin DEPENDS ${STRIDE_DATA}/digits.bin VERBATIM)
list(APPEND copies ${STRIDE_PAGE}/digits.bin)
# Letters of languages that neither the lab's fonts nor every browser has, cut to those that the texts need; and the order of those from right to left.
set(noto ${PROJECT_SOURCE_DIR}/node_modules/@fontsource)
set(letters_zh ${noto}/noto-sans-sc/files/noto-sans-sc-chinese-simplified-400-normal.woff2)
set(letters_he ${noto}/noto-sans-hebrew/files/noto-sans-hebrew-hebrew-400-normal.woff2)
foreach(code IN ITEMS zh he)
  if(NOT EXISTS ${letters_${code}})
    message(STATUS "${code}: no font in node_modules (npm ci); the reader's own serves")
    continue()
  endif()
  add_custom_command(OUTPUT ${STRIDE_PAGE}/letters-${code}.bin
    COMMAND ${STRIDE_PYTHON} ${PROJECT_SOURCE_DIR}/cmake/make_letters.py ${STRIDE_LANGUAGES}/${code}.json ${letters_${code}} ${STRIDE_PAGE}/letters-${code}.bin
    DEPENDS ${STRIDE_LANGUAGES}/${code}.json ${PROJECT_SOURCE_DIR}/cmake/make_letters.py VERBATIM)
  list(APPEND copies ${STRIDE_PAGE}/letters-${code}.bin)
endforeach()
set(bidi ${PROJECT_SOURCE_DIR}/node_modules/bidi-js/dist/bidi.min.mjs)
if(EXISTS ${bidi})
  add_custom_command(OUTPUT ${STRIDE_PAGE}/bidi.js COMMAND ${CMAKE_COMMAND} -E copy ${bidi} ${STRIDE_PAGE}/bidi.js DEPENDS ${bidi} VERBATIM)
  list(APPEND copies ${STRIDE_PAGE}/bidi.js)
else()
  message(STATUS "he: no bidi-js in node_modules (npm ci), which sets Hebrew from right to left; the page cannot speak it")
endif()
foreach(code IN LISTS STRIDE_LANGUAGE_FILES)
  add_custom_command(OUTPUT ${STRIDE_PAGE}/languages/${code}.json
    COMMAND ${CMAKE_COMMAND} -E copy ${STRIDE_LANGUAGES}/${code}.json ${STRIDE_PAGE}/languages/${code}.json
    DEPENDS ${STRIDE_LANGUAGES}/${code}.json VERBATIM)
  list(APPEND copies ${STRIDE_PAGE}/languages/${code}.json)
endforeach()
add_custom_target(stride-page ALL DEPENDS ${copies})
include(posters)
