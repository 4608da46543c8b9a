# The reference, as HTML and as a Qt help file: cmake --workflow --preset docs
find_program(LIBNET_DOXYGEN doxygen)
find_program(LIBNET_QHELPGENERATOR qhelpgenerator HINTS
    ${QT6_INSTALL_PREFIX}/${QT6_INSTALL_LIBEXECS} ${QT6_INSTALL_PREFIX}/${QT6_INSTALL_BINS})
set(docs_command ${CMAKE_COMMAND} -D ROOT=${PROJECT_SOURCE_DIR} -D DOXYGEN=${LIBNET_DOXYGEN}
    -D QHELPGENERATOR=$<IF:$<BOOL:${LIBNET_QHELPGENERATOR}>,${LIBNET_QHELPGENERATOR},> -D VERSION=${PROJECT_VERSION})
if(LIBNET_DOXYGEN)
    add_custom_target(docs
        COMMAND ${docs_command} -D OUTPUT=${PROJECT_BINARY_DIR}/docs -P ${PROJECT_SOURCE_DIR}/resources/docs/make.cmake
        COMMENT "Writing the reference" VERBATIM)
else()
    add_custom_target(docs COMMAND ${CMAKE_COMMAND} -E echo "docs: needs doxygen" COMMAND ${CMAKE_COMMAND} -E false)
endif()
