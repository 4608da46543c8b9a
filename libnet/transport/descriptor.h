#pragma once
#include <utility>

namespace net {

/// Owns one file descriptor and closes it. Move-only.
class Descriptor
{
public:
    Descriptor() = default;
    explicit Descriptor(int fd) : m_fd(fd) {}
    Descriptor(Descriptor &&other) noexcept : m_fd(other.release()) {}
    Descriptor &operator=(Descriptor &&other) noexcept
    {
        if (this != &other)
            reset(other.release());
        return *this;
    }
    ~Descriptor() { reset(); }

    int get() const { return m_fd; }
    explicit operator bool() const { return m_fd >= 0; }
    /// Gives the descriptor away without closing it.
    int release() { return std::exchange(m_fd, -1); }
    /// Closes what is owned and takes \a fd.
    void reset(int fd = -1);

private:
    int m_fd = -1;
};

} // namespace net
