# Proves that what looks at libraries here can fail: builds small ones, each with one thing wrong, with CXX.
include(${CMAKE_CURRENT_LIST_DIR}/steps.cmake)

set(library ${SCRATCH}/small.so)
set(listing ${SCRATCH}/small.txt)
set(sound [[
#include <vector>
namespace net {
int sum(const std::vector<int> &all)
{
    auto copy = all;
    copy.insert(copy.begin(), 3);
    return copy.back();
}
}
extern "C" int begin()
{
    return net::sum({1, 2});
}
]])

function(build text)
    file(WRITE ${SCRATCH}/small.cpp "${text}")
    step("building a small library" ${CXX} -O2 -shared -fPIC ${ARGN} ${SCRATCH}/small.cpp -o ${library})
endfunction()

# The script, called with these arguments, must end with this complaint; with "", it must be content.
function(expect_complaint complaint)
    execute_process(COMMAND ${CMAKE_COMMAND} ${ARGN} RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
    string(REGEX REPLACE "[ \n]+" " " output "${output}")
    if(complaint STREQUAL "" AND NOT result EQUAL 0)
        message(SEND_ERROR "not content with what is sound:\n${output}")
    elseif(NOT complaint STREQUAL "" AND (result EQUAL 0 OR NOT output MATCHES "${complaint}"))
        message(SEND_ERROR "did not say \"${complaint}\", but:\n${output}")
    endif()
endfunction()

set(abi -D NM=${NM} -D LIBRARY=${library} -D LISTING=${listing} -P ${CMAKE_CURRENT_LIST_DIR}/abi.cmake)
build("${sound}")
expect_complaint("" -D WRITE=ON ${abi})
file(STRINGS ${listing} listed)
set(sum "net::sum(std::vector<int, std::allocator<int> > const&)")
if(NOT listed STREQUAL "begin;${sum}")
    message(SEND_ERROR "the listing of the small library is: ${listed}")
endif()
expect_complaint("" ${abi})
build("${sound}int leaked()\n{\n    return 0;\n}\n")
expect_complaint("exported, but not in [^:]*small.txt: leaked\\(\\)" ${abi})
build("${sound}extern \"C\" int leaked = 3;\n" -w)
expect_complaint("exported, but not in [^:]*small.txt: leaked" ${abi})
string(REPLACE "int begin()" "int start()" renamed "${sound}")
build("${renamed}")
expect_complaint("no longer exported: begin" ${abi})

# How a library was linked, and how it was compiled.
file(WRITE ${SCRATCH}/look.cmake "include(\"${CMAKE_CURRENT_LIST_DIR}/steps.cmake\")\ncmake_language(CALL \${look} \${file} \${more})\n")
set(linked -D look=expect_hardened -D file=${library} -P ${SCRATCH}/look.cmake)
set(text "${sound}int copy(const char *text)\n{\n    char place[64];\n    return __builtin_sprintf(place, \"%s\", text);\n}\n")
set(relocations -Wl,-z,relro,-z,now)
build("${text}" -fstack-protector-strong ${relocations})
expect_complaint("" ${linked})
build("${text}" -fno-stack-protector ${relocations})
expect_complaint("__stack_chk_fail" ${linked})
build("${text}" -fstack-protector-strong -Wl,-z,relro,-z,lazy)
expect_complaint("BIND_NOW" ${linked})
build("${text}" -fstack-protector-strong ${relocations} -Wl,-z,execstack)
expect_complaint("stack that can be executed" ${linked})

set(commands ${SCRATCH}/compile_commands.json)
set(compiled -D look=expect_hardened_commands -D file=${commands} -D more=/else/b.cpp -P ${SCRATCH}/look.cmake)
function(compile flags)
    file(WRITE ${commands} "[\n{\n  \"directory\": \"/\",\n  \"command\": \"c++ ${flags} -o a.o -c /net/a.cpp\",\n"
        "  \"file\": \"/net/a.cpp\"\n},\n{\n  \"command\": \"c++ -O2 -o b.o -c /else/b.cpp\",\n}\n]\n")
endfunction()
set(guards "-fstack-protector-strong -fstack-clash-protection -fcf-protection")
compile("-O2 -D_FORTIFY_SOURCE=2 ${guards}")
expect_complaint("" ${compiled})
foreach(flags "-O2" "-D_FORTIFY_SOURCE=2" "-O0 -D_FORTIFY_SOURCE=2" "-O2 -D_FORTIFY_SOURCE=2 -U_FORTIFY_SOURCE")
    compile("${flags} ${guards}")
    expect_complaint("/net/a.cpp is not fortified" ${compiled})
endforeach()
compile("-O2 -D_FORTIFY_SOURCE=2 -fstack-clash-protection -fcf-protection")
expect_complaint("/net/a.cpp is compiled without -fstack-protector-strong" ${compiled})
file(REMOVE_RECURSE ${SCRATCH})
