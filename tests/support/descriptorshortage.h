#pragma once
#include <QList>

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace test {

/// As long as it lives the process can open no more descriptors than \a spare.
class DescriptorShortage
{
public:
    explicit DescriptorShortage(int spare)
    {
        ::getrlimit(RLIMIT_NOFILE, &m_before);
        rlimit few = m_before;
        few.rlim_cur = 256;
        ::setrlimit(RLIMIT_NOFILE, &few);
        takeAll();
        allow(spare);
    }
    ~DescriptorShortage()
    {
        allow(int(m_used.size()));
        ::setrlimit(RLIMIT_NOFILE, &m_before);
    }
    DescriptorShortage(const DescriptorShortage &) = delete;
    DescriptorShortage &operator=(const DescriptorShortage &) = delete;

    /// Takes what was free, or was closed by others meanwhile.
    void takeAll()
    {
        for (int fd = ::open("/dev/null", O_RDONLY); fd >= 0; fd = ::open("/dev/null", O_RDONLY))
            m_used.append(fd);
    }
    void allow(int more)
    {
        while (more-- > 0 && !m_used.isEmpty())
            ::close(m_used.takeLast());
    }

private:
    rlimit m_before = {};
    QList<int> m_used;
};

} // namespace test
