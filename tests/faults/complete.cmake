# Every function of the C library that libnet calls is made to fail: it is interposed, has errors to fail with, and a
# scenario makes its library call it. What is not so is listed here with a reason.
# cmake -D NM=... -D LIBRARIES=a,b -D EVERYFAULT=... -P complete.cmake
cmake_minimum_required(VERSION 3.25)

# No system calls at all, or such as have nothing to fail with.
set(harmless
    __.*                         # the runtime's own
    mem.* str.* isxdigit inet_.* # bytes and texts
    freeaddrinfo dladdr dl_iterate_phdr
    get[a-z]*id                  # who we are
    secure_getenv                # null for what there is not
    clock_gettime sysconf
    getrlimit                    # fails for resources and places that there are not
    sched_yield nanosleep        # std::this_thread: go on sleeping by themselves
    syscall                      # Qt's futexes, inline
    pthread_self pthread_sigmask
    sig[a-z]*set sigismember sigpending
    sigtimedwait                 # EINTR alone, and repeated; our own signal is pending already
    kill                         # fails for a process that is gone, which is the question
    if_indextoname if_nametoindex) # null or 0 for what there is not, which any literal may ask for

function(symbols out file)
    execute_process(COMMAND ${NM} -D --undefined-only ${file} OUTPUT_VARIABLE text COMMAND_ERROR_IS_FATAL ANY)
    string(REGEX MATCHALL "[A-Za-z] [A-Za-z_0-9]+(@[^\n]*)?\n" lines "${text}")
    set(names)
    foreach(line IN LISTS lines)
        if(line MATCHES "@GLIBC_")
            string(REGEX REPLACE "^. ([A-Za-z_0-9]+).*" "\\1" name "${line}")
            list(APPEND names ${name})
        endif()
    endforeach()
    set(${out} ${names} PARENT_SCOPE)
endfunction()

# Of one library alone.
set(unplayed
    "libLibNetAgent.so read" "libLibNetAgent.so write") # of eventfds: eight bytes at once and without waiting

execute_process(COMMAND ${EVERYFAULT} --made OUTPUT_VARIABLE made COMMAND_ERROR_IS_FATAL ANY)
string(REPLACE "," ";" LIBRARIES "${LIBRARIES}")
list(JOIN harmless "|" harmless)
set(missing)
set(checked 0)
foreach(library IN LISTS LIBRARIES)
    symbols(called ${library})
    foreach(name IN LISTS called)
        math(EXPR checked "${checked} + 1")
        if(name MATCHES "^(${harmless})$")
            continue()
        endif()
        cmake_path(GET library FILENAME file)
        string(REGEX REPLACE "\\.so\\..*" ".so" file "${file}")
        if(NOT "${file} ${name}" IN_LIST unplayed AND NOT "\n${made}" MATCHES "\n${file} ${name} [1-9][0-9]* [1-9]")
            list(APPEND missing "${file} ${name}")
        endif()
    endforeach()
endforeach()
if(checked LESS 20)
    message(FATAL_ERROR "only ${checked} calls were found: this test sees nothing")
endif()
if(missing)
    list(JOIN missing ", " missing)
    message(FATAL_ERROR "never made to fail: ${missing}")
endif()
message("${checked} functions of the C library, each made to fail or harmless")
