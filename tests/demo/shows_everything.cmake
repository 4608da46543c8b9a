# Runs the demo as the workflow does, and reads the table that it prints.
cmake_minimum_required(VERSION 3.25)

execute_process(COMMAND sh ${RUN} ${DEMO} ${INSPECTOR} ${SCREENSHOT}
    RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE errors)
if(NOT result EQUAL 0)
    message(FATAL_ERROR "the demo failed (${result}):\n${output}${errors}")
endif()
if(NOT EXISTS ${SCREENSHOT})
    message(SEND_ERROR "there is no screenshot in ${SCREENSHOT}")
endif()

# Servers, both ends of each conversation by their names, and what went wrong.
set(rows
    "echo +server +listening" "local echo +server +listening" "download +server +listening"
    "local download +server +listening" "oracle +server +listening" "visits +server +listening"
    "echo client 4 +client +open +127" "echo back +[a-z]+ +open +127"
    "local echo client 2 +client +open" "local echo back +[a-z]+ +open"
    "download reader +client +open" "download sender +[a-z]+ +open"
    "local download reader +client +open" "local download sender +[a-z]+ +open"
    "question [0-9]+ +client" "oracle answers +[a-z]+ +"
    "visitor [0-9]+ +client +closed" "greeter +[a-z]+ +closed"
    "refused call +client +closed[^\n]*connect ECONNREFUSED 127.0.0.1:")
foreach(row IN LISTS rows)
    if(NOT output MATCHES "\n +${row}")
        message(SEND_ERROR "the table has no \"${row}\"")
        set(incomplete TRUE)
    endif()
endforeach()
if(incomplete)
    message("${output}")
endif()
