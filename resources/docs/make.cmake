# Writes the reference to OUTPUT: html/, and libnet.qch where qhelpgenerator is. Any warning is a failure.
#   cmake -D ROOT=<tree> -D OUTPUT=<folder> -D DOXYGEN=<program> [-D QHELPGENERATOR=<program>] -D VERSION=<x.y.z> -P make.cmake
cmake_minimum_required(VERSION 3.25)

# The headers that are installed are the ones to read about.
file(READ "${ROOT}/libnet/CMakeLists.txt" build)
if(NOT build MATCHES "set\\(public_headers([^)]*)\\)")
    message(FATAL_ERROR "docs: libnet/CMakeLists.txt does not set public_headers")
endif()
string(REGEX MATCHALL "[^ \t\r\n]+" headers "${CMAKE_MATCH_1}")
list(REMOVE_ITEM headers callback.h export.h)
list(APPEND headers agent/agent.h)
list(TRANSFORM headers REPLACE "(.+)" "\"${ROOT}/libnet/\\1\"")
list(JOIN headers " " HEADERS)

file(REMOVE_RECURSE "${OUTPUT}/html" "${OUTPUT}/libnet.qch")
file(MAKE_DIRECTORY "${OUTPUT}")
configure_file("${ROOT}/resources/docs/Doxyfile.in" "${OUTPUT}/Doxyfile" @ONLY)
execute_process(COMMAND "${DOXYGEN}" "${OUTPUT}/Doxyfile" WORKING_DIRECTORY "${OUTPUT}"
    RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
if(NOT result EQUAL 0 OR output MATCHES "warning:|error:")
    message(FATAL_ERROR "docs: doxygen is not content:\n${output}")
endif()
if(NOT EXISTS "${OUTPUT}/html/index.html")
    message(FATAL_ERROR "docs: there is no html/index.html")
endif()
if(QHELPGENERATOR AND NOT EXISTS "${OUTPUT}/libnet.qch")
    message(FATAL_ERROR "docs: there is no libnet.qch:\n${output}")
endif()
message("docs: ${OUTPUT}/html/index.html")
