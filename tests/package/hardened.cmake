# Configures what the packages are made of, by the preset that makes them, and looks at how everything of it would be
# compiled and linked: the libraries, the inspector, and its views as a widget. Nothing is built.
include(${CMAKE_CURRENT_LIST_DIR}/steps.cmake)

file(REMOVE_RECURSE ${SCRATCH})
execute_process(COMMAND ${CMAKE_COMMAND} --preset package -B ${SCRATCH} -D CMAKE_CXX_COMPILER=${CXX} -D Qt6_DIR=${QT}
    WORKING_DIRECTORY ${SOURCE} RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
if(NOT result EQUAL 0)
    message(FATAL_ERROR "configuring by the preset failed:\n${output}")
endif()
expect_hardened_commands(${SCRATCH}/compile_commands.json)

set(linked "")
set(target "")
file(STRINGS ${SCRATCH}/build.ninja lines
    REGEX "^build [^:]*: CXX_(EXECUTABLE|SHARED_LIBRARY|MODULE_LIBRARY)_LINKER|^  LINK_FLAGS = ")
foreach(line IN LISTS lines)
    if(line MATCHES "^build ([^ :]+).*: CXX_([A-Z]+)_")
        set(target ${CMAKE_MATCH_1})
        set(kind ${CMAKE_MATCH_2})
        continue()
    endif()
    if(line MATCHES "-z,relro" AND line MATCHES "-z,now" AND line MATCHES "-z,noexecstack"
            AND (NOT kind STREQUAL "EXECUTABLE" OR line MATCHES " -pie( |$)"))
        cmake_path(GET target FILENAME name)
        list(APPEND linked ${name})
    else()
        message(SEND_ERROR "${target} is linked by ${line}")
    endif()
endforeach()
list(SORT linked)
set(expected libLibNet.so.${VERSION} libLibNetAgent.so.${VERSION} libLibNetInspector.so.${VERSION} net-inspector)
if(NOT linked STREQUAL expected)
    message(SEND_ERROR "hardened when linked: ${linked}\nexpected: ${expected}")
endif()
file(REMOVE_RECURSE ${SCRATCH})
