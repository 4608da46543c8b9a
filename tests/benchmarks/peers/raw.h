#pragma once
#include <string>

namespace bench {

/// A listening descriptor of a free port of 127.0.0.1, or of \a path; announced.
int listenRaw(const std::string &path);
/// Copies between each client and port \a to of 127.0.0.1, by read and write. Does not return.
[[noreturn]] void relayRaw(int to);
/// Prints "bench_raw: <what>: <errno's text>" and ends the program.
[[noreturn]] void failRaw(const char *what);

} // namespace bench
