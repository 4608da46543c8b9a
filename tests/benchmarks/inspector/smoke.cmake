# inspectorbench tells all that it should, and nothing is lost uncounted: cmake -D BENCH=<program> -P smoke.cmake
# How long anything took is not looked at.
cmake_minimum_required(VERSION 3.25)

execute_process(COMMAND ${BENCH} --only window --seconds 1.5 --rate 20000 --connections 300
    RESULT_VARIABLE result OUTPUT_VARIABLE said ERROR_VARIABLE errors)
message("${said}${errors}")
if(NOT result EQUAL 0)
    message(FATAL_ERROR "inspectorbench: ${result}")
endif()
foreach(line "machine  " "load before" "took more than 20 ms  " "20,000 events a second for 1.5 s" "memory of the whole process  "
        "300 connections, each changes 10 times" "attach, until all is in the models  " "304 rows"
        "the same, sorted" "the same, with a filter" "timeline in front" "topology in front" "backpressure in front"
        "halfOpen in front" "latency in front" "lints in front" "a quiet application" "load after")
    string(FIND "${said}" "${line}" at)
    if(at LESS 0)
        message(SEND_ERROR "nothing is said of: ${line}")
    endif()
endforeach()
string(REPLACE ";" "," lines "${said}") # what is matched becomes a list
foreach(line "emitted = delivered \\+ dropped +on every machine +met +[1-9]"
        "thread busy for a frame, p99 [^\n]*[1-9][0-9,]* frames" "event to screen, p99 [^\n]*[1-9][.0-9]* ms")
    string(REGEX MATCHALL "\n  ${line}" found "${lines}")
    list(LENGTH found count)
    if(NOT count EQUAL 11)
        message(SEND_ERROR "${count} lines of 11 are as they should: ${line}")
    endif()
endforeach()
