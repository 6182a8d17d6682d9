# Posters: pictures of every surface, of the lessons' first scenarios and of web/posters/*.json, for pages that show one until the lab is
# wanted. A program of the same rooms draws them, run by Node.js.
stride_program(stride-poster main_poster.cpp stride_figures stride_lesson stride_files)
set_target_properties(stride-poster PROPERTIES SUFFIX .cjs)
target_link_options(stride-poster PRIVATE -O1 -sNODERAWFS=1 -sENVIRONMENT=node -sALLOW_MEMORY_GROWTH=1 -msimd128)
file(GLOB poster_files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/web/lessons/en/*.md ${PROJECT_SOURCE_DIR}/web/posters/*.json)
list(PREPEND poster_files ${STRIDE_DATA}/digits.bin)  # a lesson is of digits
file(MAKE_DIRECTORY ${STRIDE_PAGE}/posters)
add_custom_command(OUTPUT ${STRIDE_PAGE}/posters/rosenbrock.svg
  COMMAND ${CMAKE_CROSSCOMPILING_EMULATOR} $<TARGET_FILE:stride-poster> ${STRIDE_PAGE}/posters ${poster_files}
  DEPENDS stride-poster ${poster_files}
  COMMENT "Drawing posters" VERBATIM)
add_custom_target(stride-posters ALL DEPENDS ${STRIDE_PAGE}/posters/rosenbrock.svg)
