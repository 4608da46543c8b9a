#include "libnet/stream/livehandles.h"

#include <QEventLoopLocker>
#include <QMutex>

#include <memory>

namespace net {

namespace {

struct Live
{
    QMutex mutex;
    int count = 0;
    void (*hook)(bool) = nullptr;
    std::unique_ptr<QEventLoopLocker> locker;

    void changed()
    {
        const bool alive = count > 0;
        if (hook)
            hook(alive);
        else if (alive)
            locker = std::make_unique<QEventLoopLocker>();
        else
            locker.reset();
    }
};

// Never destroyed: sockets in other statics may release theirs later.
Live &live()
{
    static auto *const instance = new Live;
    return *instance;
}

} // namespace

void LiveHandle::hold()
{
    if (m_held)
        return;
    m_held = true;
    Live &all = live();
    const QMutexLocker lock(&all.mutex);
    if (++all.count == 1)
        all.changed();
}

void LiveHandle::release()
{
    if (!m_held)
        return;
    m_held = false;
    Live &all = live();
    const QMutexLocker lock(&all.mutex);
    if (--all.count == 0)
        all.changed();
}

int liveHandleCount()
{
    Live &all = live();
    const QMutexLocker lock(&all.mutex);
    return all.count;
}

void setLiveHandleHook(void (*hook)(bool alive))
{
    Live &all = live();
    const QMutexLocker lock(&all.mutex);
    if (hook)
        all.locker.reset();
    all.hook = hook;
    if (all.count > 0)
        all.changed();
}

bool hasLiveHandleHook()
{
    Live &all = live();
    const QMutexLocker lock(&all.mutex);
    return all.hook != nullptr;
}

} // namespace net
