# Line coverage of libnet/, by gcovr: cmake --workflow --preset coverage
find_program(LIBNET_GCOVR gcovr REQUIRED)

add_custom_target(coverage-reset
    COMMAND find ${PROJECT_BINARY_DIR} -name "*.gcda" -delete
    COMMENT "Forgetting the coverage of earlier runs")

# Only what is built of libnet/ is looked at: notes of objects that are no longer built contradict the others.
add_custom_target(coverage-report
    COMMAND ${LIBNET_GCOVR} --root ${PROJECT_SOURCE_DIR} --object-directory ${PROJECT_BINARY_DIR}
        --filter "${PROJECT_SOURCE_DIR}/libnet/" --exclude-throw-branches --print-summary --fail-under-line 90
        ${PROJECT_BINARY_DIR}/libnet
    WORKING_DIRECTORY ${PROJECT_BINARY_DIR}
    COMMENT "Line coverage of libnet/, 90 % is the least"
    USES_TERMINAL VERBATIM)
