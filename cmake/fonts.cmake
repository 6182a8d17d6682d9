# Inter and Font Awesome 4.7, cut down to the characters that the lab shows. Without Python's fontTools they go in whole.
set(font_dirs /usr/share/fonts/opentype/inter /usr/share/fonts/opentype/font-awesome /usr/share/fonts/OTF /usr/share/fonts/inter
              /usr/share/fonts/rsms-inter-fonts /usr/share/fonts/fontawesome /usr/local/share/fonts)
set(font_cache ${PROJECT_SOURCE_DIR}/build/deps/fonts)

function(stride_font variable file address)
  find_file(${variable} ${file} PATHS ${font_dirs} ${font_cache} NO_CMAKE_FIND_ROOT_PATH)
  if(NOT ${variable})
    message(STATUS "${file}: from upstream")
    file(DOWNLOAD ${address} ${font_cache}/${file} STATUS status)
    list(GET status 0 failed)
    if(failed)
      file(REMOVE ${font_cache}/${file})
      message(FATAL_ERROR "${file} was not found. On Debian: apt-get install fonts-inter fonts-font-awesome. Elsewhere: put it into ${font_cache}.")
    endif()
    set(${variable} ${font_cache}/${file} CACHE FILEPATH "" FORCE)
  endif()
endfunction()

set(inter https://raw.githubusercontent.com/rsms/inter/v3.19/docs/font-files)
stride_font(STRIDE_INTER_REGULAR Inter-Regular.otf ${inter}/Inter-Regular.otf)
stride_font(STRIDE_INTER_SEMIBOLD Inter-SemiBold.otf ${inter}/Inter-SemiBold.otf)
stride_font(STRIDE_FONT_AWESOME FontAwesome.otf https://raw.githubusercontent.com/FortAwesome/Font-Awesome/v4.7.0/fonts/FontAwesome.otf)

set(make_fonts ${PROJECT_SOURCE_DIR}/cmake/make_fonts.py)
set(icons ${PROJECT_SOURCE_DIR}/src/ui/theme.h)
add_custom_command(
  OUTPUT ${assets}/assets/fonts.h ${assets}/fonts.cpp
  COMMAND ${STRIDE_PYTHON} ${make_fonts} ${assets} ${icons} inter_regular=${STRIDE_INTER_REGULAR} inter_semibold=${STRIDE_INTER_SEMIBOLD}
          font_awesome=${STRIDE_FONT_AWESOME}
  DEPENDS ${make_fonts} ${icons}
  COMMENT "Cutting fonts to the characters used" VERBATIM)
