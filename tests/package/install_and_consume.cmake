# Installs BUILD, moves the prefix away from where it was installed to, then configures, builds and runs CONSUMER
# against it. Every step must succeed, and the programs must find what they need without a library path.
cmake_minimum_required(VERSION 3.25)

function(step what)
    execute_process(COMMAND ${ARGN} RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
    if(NOT result EQUAL 0)
        message(FATAL_ERROR "${what} failed (${result}):\n${output}")
    endif()
    set(output "${output}" PARENT_SCOPE)
endfunction()

function(expect text)
    if(NOT output MATCHES "${text}")
        message(SEND_ERROR "expected \"${text}\" in:\n${output}")
    endif()
endfunction()

set(prefix ${SCRATCH}/moved)
set(consumer ${SCRATCH}/consumer)
file(REMOVE_RECURSE ${SCRATCH})
step("installing" ${CMAKE_COMMAND} --install ${BUILD} --prefix ${SCRATCH}/installed)
file(RENAME ${SCRATCH}/installed ${prefix})

# No installed header or CMake file may know where it was built or installed.
file(GLOB_RECURSE texts ${prefix}/*.h ${prefix}/*.cmake)
foreach(text IN LISTS texts)
    file(READ ${text} content)
    foreach(path ${BUILD} ${SCRATCH})
        string(FIND "${content}" "${path}" at)
        if(NOT at EQUAL -1)
            message(SEND_ERROR "${text} contains ${path}")
        endif()
    endforeach()
endforeach()

step("configuring the consumer" ${CMAKE_COMMAND} -S ${CONSUMER} -B ${consumer} -G ${GENERATOR}
    -D CMAKE_PREFIX_PATH=${prefix} -D Qt6_DIR=${QT} -D WANTED_VERSION=${VERSION}
    -D CMAKE_CXX_COMPILER=${CXX} -D CMAKE_CXX_FLAGS=${CXX_FLAGS})
step("building the consumer" ${CMAKE_COMMAND} --build ${consumer})

set(clean ${CMAKE_COMMAND} -E env --unset=LD_LIBRARY_PATH --unset=LIBNET_INSPECT)
step("running a consumer that nobody watches" ${clean} ${consumer}/round_trip ${prefix}/bin/net-inspector)
expect("from the install tree, not listed")
step("running a consumer that the environment has watched"
    ${clean} LIBNET_INSPECT=1 ${consumer}/round_trip ${prefix}/bin/net-inspector)
expect("from the install tree, listed")
step("running a consumer that starts the agent itself" ${clean} ${consumer}/watched)
expect("watched")
file(REMOVE_RECURSE ${SCRATCH})
