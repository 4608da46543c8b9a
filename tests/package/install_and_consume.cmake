# Installs BUILD, moves the prefix away from where it was installed to, then configures, builds and runs CONSUMER
# against it, by CMake and by pkg-config.
include(${CMAKE_CURRENT_LIST_DIR}/steps.cmake)

set(prefix ${SCRATCH}/moved)
file(REMOVE_RECURSE ${SCRATCH})
step("installing" ${CMAKE_COMMAND} --install ${BUILD} --prefix ${SCRATCH}/installed)
file(RENAME ${SCRATCH}/installed ${prefix})

# No installed header, CMake or pkg-config file may know where it was built or installed.
file(GLOB_RECURSE texts ${prefix}/*.h ${prefix}/*.cmake ${prefix}/*.pc)
foreach(text IN LISTS texts)
    file(READ ${text} content)
    foreach(path ${BUILD} ${SCRATCH})
        string(FIND "${content}" "${path}" at)
        if(NOT at EQUAL -1)
            message(SEND_ERROR "${text} contains ${path}")
        endif()
    endforeach()
endforeach()

consume(${prefix})
consume_by_pkg_config(${prefix})
file(REMOVE_RECURSE ${SCRATCH})
