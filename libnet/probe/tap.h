#pragma once
#include <libnet/export.h>
#include <libnet/probe/subject.h>

#include <atomic>

namespace net {
class Error;
}

namespace net::probe {

/// The window in the wall: a table of functions that libnet calls about its subjects, each in the subject's
/// thread and on the hot path, so they must neither block nor call back into libnet (except Subject::facts()).
/// A subject that a tap has not seen yet (ledger == nullptr) is announced by opened() first.
struct Tap
{
    /// The subject exists: created now, or found when the tap was installed.
    void (*opened)(Subject &subject);
    /// Its ends, name, limits or server are known or have changed, or a server's counters: ask facts() again.
    void (*described)(Subject &subject);
    /// State or flags have changed because of \a why; \a a and \a b as EventKind says.
    void (*changed)(Subject &subject, EventKind why, State state, quint32 flags, quint64 a, quint64 b);
    /// \a size bytes were read from the kernel; \a total with them. \a bytes may be null: counted, not seen.
    void (*received)(Subject &subject, const char *bytes, qsizetype size, quint64 total);
    /// \a size bytes were taken by the kernel; \a total with them, \a queued still wait. \a bytes may be null.
    void (*sent)(Subject &subject, const char *bytes, qsizetype size, quint64 total, quint64 queued);
    /// The write queue has changed to \a queued bytes without anything being sent.
    void (*queued)(Subject &subject, quint64 queued, quint64 highWaterMark);
    /// The application does that, and is in the call now: not what libnet does by itself, as when it accepts.
    void (*called)(Subject &subject, Call call);
    /// An error was reported to the user.
    void (*failed)(Subject &subject, const Error &error);
    /// The slots of the signal of \a why have returned. Times are ns of CLOCK_MONOTONIC: when the descriptor was found
    /// to be ready (0: not known) and when the signal was emitted. Only while isTimed().
    void (*slotReturned)(Subject &subject, EventKind why, qint64 readyAt, qint64 toldAt);
    /// The last call about this subject.
    void (*gone)(Subject &subject);
};

namespace detail {
LIBNET_EXPORT extern std::atomic<const Tap *> installedTap;
LIBNET_EXPORT extern std::atomic<int> timers;
} // namespace detail

/// The installed tap, or null. One load and one predictable branch when nobody watches.
inline const Tap *tap()
{
    return detail::installedTap.load(std::memory_order_acquire);
}

/// The tap for a call about \a subject, announced by opened() first if it has not seen it yet; or null.
inline const Tap *tapFor(Subject &subject)
{
    const Tap *const installed = tap();
    if (installed && !subject.ledger)
        installed->opened(subject);
    return installed;
}

/// Somebody wants to know how long slots take, which costs two readings of the clock for each signal.
inline bool isTimed()
{
    return detail::timers.load(std::memory_order_relaxed) > 0;
}

/// One more wants to know, or one less. Thread-safe.
LIBNET_EXPORT void timeSlots(bool on);

/// Tells that the application is in a \a call about \a subject.
inline void tellCall(Subject &subject, Call call)
{
    if (const Tap *const installed = tapFor(subject)) [[unlikely]]
        installed->called(subject, call);
}

/// Installs \a tap (which must live until the process ends), or removes it with null, and has every subject of
/// every thread announced by opened() in its own thread's next turn. Thread-safe.
LIBNET_EXPORT void install(const Tap *tap);

} // namespace net::probe
