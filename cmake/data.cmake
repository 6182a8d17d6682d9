# The real data of data/: tables that go into the room core, and build/.../data/digits.bin, which the page fetches when it is chosen.
set(STRIDE_DATA ${PROJECT_BINARY_DIR}/data)
set(make_data ${PROJECT_SOURCE_DIR}/cmake/make_data.py)
set(data_files ${PROJECT_SOURCE_DIR}/data/cars.csv ${PROJECT_SOURCE_DIR}/data/iris.csv ${PROJECT_SOURCE_DIR}/data/digits.csv.gz)
add_custom_command(
  OUTPUT ${STRIDE_DATA}/real_data_tables.cpp ${STRIDE_DATA}/digits_table.cpp ${STRIDE_DATA}/digits.bin
  COMMAND ${STRIDE_PYTHON} ${make_data} ${PROJECT_SOURCE_DIR}/data ${STRIDE_DATA}
  DEPENDS ${make_data} ${data_files}
  COMMENT "Making tables of the real data" VERBATIM)
if(EMSCRIPTEN AND STRIDE_LAB)
  file(WRITE ${STRIDE_DATA}/no_digits.cpp.new "#include \"core/networks/real_data.h\"

std::span<const unsigned char> stride::digits_within() {
  return {};
}
")
  file(COPY_FILE ${STRIDE_DATA}/no_digits.cpp.new ${STRIDE_DATA}/no_digits.cpp ONLY_IF_DIFFERENT)
  set(digits ${STRIDE_DATA}/no_digits.cpp)
else()
  set(digits ${STRIDE_DATA}/digits_table.cpp)
endif()
target_sources(stride_core PRIVATE ${STRIDE_DATA}/real_data_tables.cpp ${digits})
