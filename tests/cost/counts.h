#pragma once

namespace test {

/// What the program has asked of the system and of malloc, counted by standing between it and the C library.
struct Counts
{
    int receive = 0; ///< recv, read and their like
    int send = 0;    ///< send, sendmsg, write and their like
    int splice = 0;  ///< splice, sendfile
    int wait = 0;    ///< poll, epoll_wait and their like
    int control = 0; ///< epoll_ctl
    int other = 0;   ///< accept, shutdown, close, timers, and what asks or sets something of a descriptor
    int allocations = 0;

    int calls() const { return receive + send + splice + wait + control + other; }
};

/// Counts in the current thread from its construction on.
class Counting
{
public:
    Counting();
    /// What has been counted since.
    Counts counts() const;

private:
    Counts m_before;
};

} // namespace test
