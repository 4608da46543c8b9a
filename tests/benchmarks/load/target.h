#pragma once
#include <string>

namespace bench {

/// Where a server listens: a port of 127.0.0.1, or a local path.
struct Target
{
    int port = 0;
    std::string path;

    /// Reads "12345" or "/tmp/x.sock".
    static Target parse(const std::string &text);
    /// A non-blocking descriptor that is connected, or about to be if \a wait is false; -1 with errno.
    int connect(bool wait) const;
};

} // namespace bench
