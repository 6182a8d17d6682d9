# What the lab carries within itself, so that the page needs no second request: fonts and shaders, as the library stride_assets.
set(assets ${PROJECT_BINARY_DIR}/assets)
file(MAKE_DIRECTORY ${assets}/assets)

file(GLOB shaders CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/shaders/*.vert ${PROJECT_SOURCE_DIR}/shaders/*.frag)
add_custom_command(
  OUTPUT ${assets}/assets/shaders.h ${assets}/shaders.cpp
  COMMAND ${CMAKE_COMMAND} "-DSHADERS=${shaders}" -DOUT=${assets} -P ${PROJECT_SOURCE_DIR}/cmake/embed_shaders.cmake
  DEPENDS ${shaders} ${PROJECT_SOURCE_DIR}/cmake/embed_shaders.cmake
  COMMENT "Embedding shaders" VERBATIM)

include(fonts)

add_library(stride_assets STATIC ${assets}/shaders.cpp ${assets}/fonts.cpp ${assets}/assets/shaders.h ${assets}/assets/fonts.h)
target_include_directories(stride_assets PUBLIC ${assets})
target_link_libraries(stride_assets PRIVATE stride_flags)
