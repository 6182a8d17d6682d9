# The programs: each main with the rooms it may see.
function(stride_program name main)
  add_executable(${name} ${PROJECT_SOURCE_DIR}/src/${main})
  target_link_libraries(${name} PRIVATE stride_flags ${ARGN})
endfunction()

if(STRIDE_CLI AND EXISTS ${PROJECT_SOURCE_DIR}/src/main_cli.cpp)
  stride_program(stride main_cli.cpp stride_cli)
  target_compile_definitions(stride PRIVATE STRIDE_VERSION="${PROJECT_VERSION}")
  if(EMSCRIPTEN)
    # NODERAWFS: the files that Node.js sees. A name that ends in .cjs is CommonJS whatever package.json lies above it.
    set_target_properties(stride PROPERTIES SUFFIX .cjs)
    target_link_options(stride PRIVATE -sNODERAWFS=1 -sENVIRONMENT=node -sEXIT_RUNTIME=1 -sALLOW_MEMORY_GROWTH=1)
  endif()
endif()

if(STRIDE_LAB AND EXISTS ${PROJECT_SOURCE_DIR}/src/main_lab.cpp)
  stride_program(stride-lab main_lab.cpp stride_platform)
  if(EMSCRIPTEN)
    include(web)
  endif()
endif()
