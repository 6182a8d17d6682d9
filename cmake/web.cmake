# The page: web/ beside the program, ready for any static host.
target_link_options(stride-lab PRIVATE
  -sMIN_WEBGL_VERSION=2 -sMAX_WEBGL_VERSION=2 -sALLOW_MEMORY_GROWTH=1 -sENVIRONMENT=web -sFILESYSTEM=0
  -sMODULARIZE=1 -sEXPORT_ES6=1 -sUSE_ES6_IMPORT_META=1 -sEXPORT_NAME=createStrideLab
  -sEXPORTED_FUNCTIONS=_main,_malloc,_free -sEXPORTED_RUNTIME_METHODS=ccall,UTF8ToString)

file(GLOB_RECURSE web CONFIGURE_DEPENDS RELATIVE ${PROJECT_SOURCE_DIR}/web ${PROJECT_SOURCE_DIR}/web/*)
set(copies)
foreach(file IN LISTS web)
  add_custom_command(OUTPUT ${PROJECT_BINARY_DIR}/${file}
    COMMAND ${CMAKE_COMMAND} -E copy ${PROJECT_SOURCE_DIR}/web/${file} ${PROJECT_BINARY_DIR}/${file}
    DEPENDS ${PROJECT_SOURCE_DIR}/web/${file} VERBATIM)
  list(APPEND copies ${PROJECT_BINARY_DIR}/${file})
endforeach()
add_custom_target(stride-page ALL DEPENDS ${copies})
