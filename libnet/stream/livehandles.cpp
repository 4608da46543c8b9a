#include "libnet/stream/livehandles.h"

#include <QCoreApplication>
#include <QEventLoopLocker>
#include <QMutex>
#include <QPointer>

#include <atomic>
#include <memory>
#include <utility>
#include <vector>

namespace net {

/// Shares that are counted together: those of the application, or those of a thread with a hook.
struct LiveHandle::Count
{
    QMutex mutex;
    int shares = 0;
    bool left = false; ///< its thread counts elsewhere now: goes with the last share
    void (*hook)(bool) = nullptr;
    std::unique_ptr<QEventLoopLocker> locker;
    QPointer<QCoreApplication> locked; ///< by it

    void changed()
    {
        const bool alive = shares > 0;
        if (hook) {
            hook(alive);
        } else if (alive) {
            unlock();
            locked = QCoreApplication::instance();
            if (locked)
                locker = std::make_unique<QEventLoopLocker>();
        } else {
            unlock();
        }
    }
    // A lock of an application that is gone would reach into it: it is kept for good.
    void unlock()
    {
        static QBasicMutex keeping;
        static auto *const kept = new std::vector<std::unique_ptr<QEventLoopLocker>>;
        if (locker && !locked) {
            const QMutexLocker lock(&keeping);
            kept->push_back(std::move(locker));
        }
        locker.reset();
    }
};

namespace {

std::atomic<int> allShares = 0;

// Never destroyed: sockets in other statics may release theirs later.
LiveHandle::Count &ofApplication()
{
    static auto *const instance = new LiveHandle::Count;
    return *instance;
}

// What is alive already keeps the application that has come, too.
void followApplication()
{
    LiveHandle::Count &count = ofApplication();
    const QMutexLocker lock(&count.mutex);
    if (count.shares > 0)
        count.changed();
}

thread_local LiveHandle::Count *ofThread = nullptr;

LiveHandle::Count &current()
{
    return ofThread ? *ofThread : ofApplication();
}

} // namespace

Q_COREAPP_STARTUP_FUNCTION(followApplication)

void LiveHandle::hold()
{
    if (m_count)
        return;
    m_count = &current();
    ++allShares;
    const QMutexLocker lock(&m_count->mutex);
    if (++m_count->shares == 1)
        m_count->changed();
}

void LiveHandle::release()
{
    if (!m_count)
        return;
    Count *const count = std::exchange(m_count, nullptr);
    --allShares;
    {
        const QMutexLocker lock(&count->mutex);
        if (--count->shares > 0)
            return;
        count->changed();
        if (!count->left)
            return;
    }
    delete count;
}

void LiveHandle::follow()
{
    if (!m_count || m_count == &current())
        return;
    LiveHandle old;
    std::swap(old.m_count, m_count);
    hold(); // before the other share goes: the application must not find itself without any
}

int liveHandleCount()
{
    return allShares;
}

void setLiveHandleHook(void (*hook)(bool alive))
{
    if (!ofThread && !hook)
        return;
    if (!ofThread)
        ofThread = new LiveHandle::Count;
    LiveHandle::Count *const count = ofThread;
    {
        const QMutexLocker lock(&count->mutex);
        if (hook)
            count->unlock();
        count->hook = hook;
        if (count->shares > 0)
            count->changed();
        if (hook)
            return;
        ofThread = nullptr;
        // Shares that are still held are released there.
        count->left = true;
        if (count->shares > 0)
            return;
    }
    delete count;
}

bool hasLiveHandleHook()
{
    return ofThread != nullptr;
}

} // namespace net
