# Every source is as clang-format would write it: cmake -D ROOT=<tree> -D CLANG_FORMAT=<program> -P format.cmake
cmake_minimum_required(VERSION 3.25)

file(GLOB_RECURSE sources
    "${ROOT}/libnet/*.h" "${ROOT}/libnet/*.cpp" "${ROOT}/inspector/*.h" "${ROOT}/inspector/*.cpp"
    "${ROOT}/examples/*.h" "${ROOT}/examples/*.cpp" "${ROOT}/tests/*.h" "${ROOT}/tests/*.cpp")
list(LENGTH sources count)
execute_process(COMMAND "${CLANG_FORMAT}" --dry-run -Werror ${sources} RESULT_VARIABLE result)
if(NOT result EQUAL 0)
    message(FATAL_ERROR "format: run clang-format -i on the files above")
endif()
message("format: ${count} files are formatted")
