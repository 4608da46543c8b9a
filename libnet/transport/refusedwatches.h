#pragma once
#include <QDeadlineTimer>
#include <QTimer>

#include <functional>
#include <optional>
#include <vector>

namespace net {

/// Who wanted to be watched when the system had no room for it (memory, epoll's own limit, descriptors). Nobody waits
/// for ever for that: they are told to look by the clock until there is room again, which is slow and loses nothing.
class RefusedWatches
{
public:
    /// \a due is called by a timer while there is somebody, unless whoever waits asks limit() and areDue().
    explicit RefusedWatches(std::function<void()> due) : m_due(std::move(due)) {}

    /// Warns once, with the reason, until rest(). \a hosted: whoever waits asks us.
    void add(quint64 key, int fd, int reason, bool hosted);
    std::vector<quint64> take() { return std::exchange(m_keys, {}); }
    /// Nobody is refused any more.
    void rest();
    void clear();
    /// The timer has lost its dispatcher, and there is another one.
    void startAgain();

    bool areDue() const { return !m_keys.empty() && m_next.hasExpired(); }
    /// How long may be waited: so many nanoseconds, -1: for ever, or less.
    qint64 limit(qint64 nanoseconds) const;
    /// Waits where there is nothing to wait for.
    static void sleep(qint64 nanoseconds);

private:
    std::function<void()> m_due;
    std::vector<quint64> m_keys;
    QDeadlineTimer m_next;
    std::optional<QTimer> m_timer;
    bool m_warned = false;
};

} // namespace net
