# What the checks of this folder are made of.
cmake_minimum_required(VERSION 3.25)

# Runs a command that must succeed; what it printed is in `output`.
function(step what)
    execute_process(COMMAND ${ARGN} RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
    if(NOT result EQUAL 0)
        message(FATAL_ERROR "${what} failed (${result}):\n${output}")
    endif()
    set(output "${output}" PARENT_SCOPE)
endfunction()

# What the last step printed must match.
function(expect text)
    if(NOT output MATCHES "${text}")
        message(SEND_ERROR "expected \"${text}\" in:\n${output}")
    endif()
endfunction()

# Builds CONSUMER against the installed prefix and runs it: nobody may know where anything was built.
function(consume prefix)
    set(consumer ${SCRATCH}/consumer)
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
    step("running a consumer that shows the inspector's views" ${clean} QT_QPA_PLATFORM=offscreen ${consumer}/embedded)
    expect("embedded")
endfunction()

# The same without CMake: C++20 and what pkg-config says must be enough for the compiler.
function(consume_by_pkg_config prefix)
    find_program(pkg_config pkg-config)
    file(GLOB_RECURSE files ${prefix}/libnet-qt6-agent.pc)
    if(NOT pkg_config OR NOT files)
        message(FATAL_ERROR "pkg-config: \"${pkg_config}\", files below ${prefix}: \"${files}\"")
    endif()
    cmake_path(GET files PARENT_PATH folder)
    cmake_path(GET folder PARENT_PATH libraries)
    step("asking pkg-config" ${CMAKE_COMMAND} -E env PKG_CONFIG_PATH=${folder}
        ${pkg_config} --cflags --libs libnet-qt6-agent)
    separate_arguments(flags UNIX_COMMAND "${output}")
    separate_arguments(cxx_flags UNIX_COMMAND "${CXX_FLAGS}")
    step("compiling by pkg-config" ${CXX} -std=c++20 ${cxx_flags} ${CONSUMER}/watched.cpp -o ${SCRATCH}/watched
        ${flags} -Wl,-rpath,${libraries})
    step("running what pkg-config built" ${SCRATCH}/watched)
    expect("watched")
endfunction()

# The marks of LIBNET_HARDEN in a program or library.
function(expect_hardened file)
    step("reading ${file}" readelf --wide --file-header --program-headers --dynamic --dyn-syms ${file})
    expect("Type: +DYN")
    expect("GNU_RELRO")
    expect("BIND_NOW|FLAGS_1[^\n]*NOW")
    expect("__stack_chk_fail")
    if(output MATCHES "GNU_STACK[^\n]*RWE|TEXTREL")
        message(SEND_ERROR "${file} has a stack that can be executed, or text that is written to")
    endif()
endfunction()

# No call of libnet is left to be checked when it runs, so no library shows that it was fortified: how it was compiled
# does. commands is a compile_commands.json; a file of it whose name matches the second argument is somebody else's.
function(expect_hardened_commands commands)
    file(STRINGS ${commands} lines REGEX "^  \"command\": ")
    if(ARGC GREATER 1)
        list(FILTER lines EXCLUDE REGEX " -c [^ ]*${ARGV1}\"")
    endif()
    if(NOT lines)
        message(FATAL_ERROR "${commands}: nothing is compiled there")
    endif()
    set(complaints "")
    foreach(line IN LISTS lines)
        string(REGEX REPLACE "^.* -c ([^ ]+)\".*$" "\\1" file "${line}")
        foreach(flag -fstack-protector-strong -fstack-clash-protection -fcf-protection)
            if(NOT line MATCHES " ${flag} ")
                string(APPEND complaints "\n${file} is compiled without ${flag}")
            endif()
        endforeach()
        # The last one counts.
        string(REGEX MATCHALL " -[DU] ?_FORTIFY_SOURCE[^ ]*" fortify " -U_FORTIFY_SOURCE ${line}")
        string(REGEX MATCHALL " -O[^ ]*" optimise " -O0 ${line}")
        list(GET fortify -1 fortify)
        list(GET optimise -1 optimise)
        if(NOT fortify MATCHES "-D ?_FORTIFY_SOURCE=[23]$" OR NOT optimise MATCHES "-O[123s]$")
            string(APPEND complaints "\n${file} is not fortified, but compiled with${fortify}${optimise}")
        endif()
    endforeach()
    if(complaints)
        message(SEND_ERROR "${complaints}")
    endif()
endfunction()
