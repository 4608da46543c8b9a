# Every source is as clang-format would write it: cmake -D ROOT=<tree> -D CLANG_FORMAT=<program> -P format.cmake
cmake_minimum_required(VERSION 3.25)

file(GLOB_RECURSE sources
    "${ROOT}/libnet/*.h" "${ROOT}/libnet/*.cpp" "${ROOT}/inspector/*.h" "${ROOT}/inspector/*.cpp"
    "${ROOT}/examples/*.h" "${ROOT}/examples/*.cpp" "${ROOT}/tests/*.h" "${ROOT}/tests/*.cpp")
list(LENGTH sources count)
execute_process(COMMAND "${CLANG_FORMAT}" --dry-run -Werror ${sources} RESULT_VARIABLE result ERROR_VARIABLE complaints)
if(NOT result EQUAL 0)
    string(REGEX MATCHALL "(^|\n)[^ \n:]+\\.(cpp|h):[0-9]+" places "${complaints}")
    list(TRANSFORM places STRIP)
    list(TRANSFORM places REPLACE ":[0-9]+$" "")
    list(REMOVE_DUPLICATES places)
    list(JOIN places "\n    " places)
    message(FATAL_ERROR "format: run clang-format -i on\n    ${places}")
endif()
message("format: ${count} files are formatted")
