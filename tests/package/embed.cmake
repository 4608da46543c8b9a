# Builds a project that takes libnet in as a part of itself (MODE: add_subdirectory or FetchContent) and runs it.
# It must get the library and nothing else: no tests, no examples, no inspector. It is hardened as a
# release is, and that shows in the library.
include(${CMAKE_CURRENT_LIST_DIR}/steps.cmake)

file(REMOVE_RECURSE ${SCRATCH})
step("configuring by ${MODE}" ${CMAKE_COMMAND} -S ${CMAKE_CURRENT_LIST_DIR}/embedded -B ${SCRATCH} -G ${GENERATOR}
    -D MODE=${MODE} -D LIBNET_SOURCE=${SOURCE} -D Qt6_DIR=${QT} -D CMAKE_BUILD_TYPE=Release -D LIBNET_HARDEN=ON
    -D CMAKE_EXPORT_COMPILE_COMMANDS=ON
    -D CMAKE_CXX_COMPILER=${CXX} -D CMAKE_CXX_FLAGS=${CXX_FLAGS})
step("building by ${MODE}" ${CMAKE_COMMAND} --build ${SCRATCH} --parallel 2)
step("running" ${SCRATCH}/embedded)
expect("hello through libnet")
file(GLOB libraries ${SCRATCH}/_deps/libnet-build/libnet/*.so.*.*.*) # the files; what they are known by are links
list(LENGTH libraries count)
if(NOT count EQUAL 2)
    message(SEND_ERROR "expected libnet and its agent, found: ${libraries}")
endif()
foreach(library IN LISTS libraries)
    expect_hardened(${library})
endforeach()
expect_hardened_commands(${SCRATCH}/compile_commands.json "/embedded/main\\.cpp")
step("reading what is fortified" readelf --wide --dyn-syms ${SCRATCH}/fortified)
expect("__strcpy_chk")
file(GLOB_RECURSE strays ${SCRATCH}/net-inspector ${SCRATCH}/tst_*)
if(strays)
    message(SEND_ERROR "built without being asked to: ${strays}")
endif()
file(REMOVE_RECURSE ${SCRATCH})
