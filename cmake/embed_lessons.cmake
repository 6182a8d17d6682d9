# cmake -DLESSONS=a.md;b.md -DOUT=dir -P: each file as a string constant, with its name. Square brackets and
# semicolons mean something to CMake's lists, so the text never goes through one.
set(source "#include \"assets/lessons.h\"\n\nnamespace stride::assets {\n\nnamespace {\n\nconst LessonFile files[] = {\n")
foreach(file IN LISTS LESSONS)
  get_filename_component(name ${file} NAME)
  file(READ ${file} text)
  string(APPEND source "    {\"${name}\", R\"lesson(${text})lesson\"},\n")
endforeach()
string(APPEND source "};\n\n}  // namespace\n\nstd::span<const LessonFile> lesson_files() {\n  return files;\n}\n\n}  // namespace stride::assets\n")
file(WRITE ${OUT}/lessons.cpp "${source}")
