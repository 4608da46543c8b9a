# What every target of the project is built with.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
set(CMAKE_AUTOMOC ON)

find_package(Qt6 6.4 REQUIRED COMPONENTS Core Network)

# ccache, also for what uses a precompiled header, and across clones: paths below the source count as relative.
find_program(LIBNET_CCACHE ccache)
if(LIBNET_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
        CCACHE_SLOPPINESS=pch_defines,time_macros CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} CCACHE_NOHASHDIR=1
        ${LIBNET_CCACHE})
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        add_compile_options(-fpch-preprocess)
    endif()
endif()

# Interface target: warnings and defines of our own code, never of a consumer's.
add_library(libnet_settings INTERFACE)
target_compile_options(libnet_settings INTERFACE -Wall -Wextra)
target_compile_definitions(libnet_settings INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_KEYWORDS QT_NO_FOREACH)
if(LIBNET_HARDEN)
    target_compile_options(libnet_settings INTERFACE
        -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fstack-clash-protection -fcf-protection)
    target_link_options(libnet_settings INTERFACE -Wl,-z,relro,-z,now,-z,noexecstack)
    include(CheckPIESupported)
    check_pie_supported()
endif()
if(LIBNET_COVERAGE)
    # The tests themselves are not measured: counted atomically, a loop that makes 40 MB takes them half a minute.
    set(is_test $<PATH:IS_PREFIX,${PROJECT_SOURCE_DIR}/tests,$<TARGET_PROPERTY:SOURCE_DIR>>)
    target_compile_options(libnet_settings INTERFACE "$<$<NOT:${is_test}>:--coverage;-fprofile-update=atomic>")
    target_link_options(libnet_settings INTERFACE --coverage -fprofile-update=atomic)
endif()
