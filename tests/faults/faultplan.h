#pragma once
#include <atomic>
#include <cerrno>
#include <dlfcn.h>

/// Which call is to fail, and how often each was made. LIBNET_FAULT is "call:number:errno", with "short" in place of
/// the errno for one byte, and "handles" for descriptors that got lost on their way; LIBNET_FAULT_LIBRARY names the
/// library whose calls are meant, if it is one alone; LIBNET_FAULT_COUNTS names a file that says at the end how often
/// each call was made.
namespace faults {

constexpr int ShortCount = -1;
constexpr int HandlesLost = -2;

/// The caller is libnet, or the library that is asked for.
bool isMeant(const void *caller);

/// One of the calls that are interposed.
class Call
{
public:
    explicit Call(const char *name);
    /// Counts it. The errno that it is to fail with now, ShortCount, HandlesLost, or 0.
    int due(const void *caller);

private:
    friend struct Report;
    const char *const m_name;
    std::atomic<int> m_count = 0;
    Call *m_next = nullptr;
};

template <typename Function>
Function next(Function, const char *name)
{
    return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

} // namespace faults

#define REAL(name) static const auto real = faults::next(&::name, #name)
#define DUE(name)                                          \
    []() -> faults::Call & {                               \
        static auto *const call = new faults::Call(#name); \
        return *call;                                      \
    }()                                                    \
                .due(__builtin_return_address(0))
#define FAIL_IF_DUE(name)                         \
    if (const int error = DUE(name); error > 0) { \
        errno = error;                            \
        return -1;                                \
    }
#define FAIL_OR_SHORTEN(name, size)                       \
    if (const int error = DUE(name); error > 0) {         \
        errno = error;                                    \
        return -1;                                        \
    } else if (error == faults::ShortCount && size > 1) { \
        size = 1;                                         \
    }
