# The page: what web/ holds beside the program, in a folder of its own, ready for any static host.
set(STRIDE_PAGE ${PROJECT_BINARY_DIR}/page CACHE PATH "Emscripten: where the page goes")

set_target_properties(stride-lab PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${STRIDE_PAGE})
# stride-lab.js is the custom element's name.
set_target_properties(stride-lab PROPERTIES OUTPUT_NAME stride-program)
target_link_options(stride-lab PRIVATE
  -sMIN_WEBGL_VERSION=2 -sMAX_WEBGL_VERSION=2 -sALLOW_MEMORY_GROWTH=1 -sENVIRONMENT=web -sFILESYSTEM=0
  -sMODULARIZE=1 -sEXPORT_ES6=1 -sUSE_ES6_IMPORT_META=1 -sEXPORT_NAME=createStrideLab
  -sEXPORTED_FUNCTIONS=_main,_malloc,_free -sEXPORTED_RUNTIME_METHODS=ccall,UTF8ToString,HEAPF32 --emit-symbol-map)
# Nothing that is exported or imported gets another name: the page's workers run the same program without the compiler's JavaScript.
target_link_options(stride-lab PRIVATE -lexports.js)
# The names of the functions, by which tests/check_simd.mjs finds the kernels, are no part of the page.
set(symbols stride-program.js.symbols)
add_custom_command(TARGET stride-lab POST_BUILD
  COMMAND ${CMAKE_COMMAND} -E rename ${STRIDE_PAGE}/${symbols} ${PROJECT_BINARY_DIR}/${symbols} VERBATIM)

file(GLOB_RECURSE web CONFIGURE_DEPENDS RELATIVE ${PROJECT_SOURCE_DIR}/web ${PROJECT_SOURCE_DIR}/web/*)
set(copies)
foreach(file IN LISTS web)
  add_custom_command(OUTPUT ${STRIDE_PAGE}/${file}
    COMMAND ${CMAKE_COMMAND} -E copy ${PROJECT_SOURCE_DIR}/web/${file} ${STRIDE_PAGE}/${file}
    DEPENDS ${PROJECT_SOURCE_DIR}/web/${file} VERBATIM)
  list(APPEND copies ${STRIDE_PAGE}/${file})
endforeach()
foreach(code IN LISTS STRIDE_TRANSLATIONS)
  add_custom_command(OUTPUT ${STRIDE_PAGE}/languages/${code}.json
    COMMAND ${CMAKE_COMMAND} -E copy ${STRIDE_LANGUAGES}/${code}.json ${STRIDE_PAGE}/languages/${code}.json
    DEPENDS ${STRIDE_LANGUAGES}/${code}.json VERBATIM)
  list(APPEND copies ${STRIDE_PAGE}/languages/${code}.json)
endforeach()
add_custom_target(stride-page ALL DEPENDS ${copies})
