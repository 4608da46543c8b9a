// The client of every trial. Connects, prints a line when it has, and then answers each line "run MS LIMIT" on its
// standard input with a line of JSON. Ends with its input.
#include "load.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>

namespace {

/// Private memory of a process in bytes, without files and shared libraries.
int64_t memoryOf(pid_t process)
{
    std::ifstream status("/proc/" + std::to_string(process) + "/status");
    for (std::string line; std::getline(status, line);) {
        if (line.rfind("RssAnon:", 0) == 0)
            return std::atoll(line.c_str() + 8) * 1024;
    }
    return 0;
}

void usage()
{
    std::fputs("usage: netbench_load --load echo|sink|source|cycle --to PORT|PATH --server PID\n"
               "                     [--connections N] [--idle N] [--size BYTES]\n",
               stderr);
    std::exit(2);
}

} // namespace

int main(int argc, char **argv)
{
    bench::Plan plan;
    pid_t server = 0;
    for (int i = 1; i + 1 < argc; i += 2) {
        const std::string name = argv[i];
        const char *value = argv[i + 1];
        if (name == "--load")
            plan.kind = value;
        else if (name == "--to")
            plan.target = bench::Target::parse(value);
        else if (name == "--server")
            server = std::atoi(value);
        else if (name == "--connections")
            plan.connections = std::atoi(value);
        else if (name == "--idle")
            plan.idle = std::atoi(value);
        else if (name == "--size")
            plan.size = std::atoi(value);
        else
            usage();
    }

    // The idle ones come last and apart, so that only they stand between the two readings of the memory.
    bench::Plan busy = plan;
    busy.idle = 0;
    const auto load = bench::Load::create(busy);
    if (!load || plan.size < 1 || server < 1)
        usage();
    int64_t perIdle = 0;
    std::unique_ptr<bench::Load> idle;
    if (plan.idle > 0) {
        bench::Window warmUp(20, 0, server);
        load->run(warmUp);
        const int64_t before = memoryOf(server);
        busy.idle = plan.idle;
        busy.connections = 0;
        idle = bench::Load::create(busy);
        perIdle = (memoryOf(server) - before) / plan.idle;
    }
    std::printf("{\"ready\": true, \"bytesPerIdle\": %lld}\n", static_cast<long long>(perIdle));
    std::fflush(stdout);

    for (std::string line; std::getline(std::cin, line);) {
        int milliseconds = 0;
        int limit = 0;
        if (std::sscanf(line.c_str(), "run %d %d", &milliseconds, &limit) != 2)
            usage();
        bench::Window window(milliseconds, limit, server);
        load->run(window);
        const bench::Sample sample = window.sample();
        std::printf("{\"messages\": %lld, \"bytes\": %lld, \"ns\": %lld, \"serverCpu\": %lld, \"clientCpu\": %lld}\n",
                    static_cast<long long>(sample.messages), static_cast<long long>(sample.bytes),
                    static_cast<long long>(sample.nanoseconds), static_cast<long long>(sample.serverCpu),
                    static_cast<long long>(sample.clientCpu));
        std::fflush(stdout);
    }
    return 0;
}
