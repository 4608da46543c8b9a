#include "tests/benchmarks/peers/role.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>

namespace bench {

Role Role::parse(int argc, char **argv)
{
    Role role;
    bool good = argc % 2 == 1;
    for (int i = 1; i + 1 < argc; i += 2) {
        const std::string name = argv[i];
        const std::string value = argv[i + 1];
        if (name == "--role" && value == "echo")
            role.kind = Kind::Echo;
        else if (name == "--role" && value == "sink")
            role.kind = Kind::Sink;
        else if (name == "--role" && value == "source")
            role.kind = Kind::Source;
        else if (name == "--role" && value == "timer")
            role.kind = Kind::Timer;
        else if (name == "--role" && value == "relay")
            role.kind = Kind::Relay;
        else if (name == "--role" && value == "file")
            role.kind = Kind::File;
        else if (name == "--file")
            role.file = value;
        else if (name == "--to")
            role.to = std::atoi(value.c_str());
        else if (name == "--listen")
            role.path = value == "tcp" ? std::string() : value;
        else if (name == "--size")
            role.size = std::atoi(value.c_str());
        else
            good = false;
    }
    if (!good || role.size < 1 || (role.kind == Kind::Relay) != (role.to > 0) ||
        (role.kind == Kind::File) != !role.file.empty()) {
        std::fprintf(stderr,
                     "usage: %s --role echo|sink|source|timer [--listen tcp|PATH] [--size BYTES]\n"
                     "       %s --role relay --to PORT\n"
                     "       %s --role file --file PATH\n",
                     argv[0], argv[0], argv[0]);
        std::exit(2);
    }
    return role;
}

void announce(const std::string &address, const std::string &version)
{
    std::printf("ready %s %s\n", address.c_str(), version.c_str());
    std::fflush(stdout);
}

int64_t Lateness::now()
{
    timespec time = {};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1'000'000'000LL + time.tv_nsec;
}

void Lateness::print()
{
    std::sort(m_late.begin(), m_late.end());
    const auto at = [this](double part) {
        return m_late.empty() ? 0.0 : m_late[static_cast<size_t>(part * (m_late.size() - 1))] / 1e6;
    };
    std::printf("{\"ticks\": %zu, \"p50\": %.3f, \"p99\": %.3f, \"max\": %.3f}\n", m_late.size(), at(.5), at(.99),
                at(1));
    std::fflush(stdout);
    m_late.clear();
}

} // namespace bench
