#pragma once
#include <libnet/export.h>

namespace net {

/// One share in keeping the application running: held by listening servers and open sockets that are ref'd.
/// The first share in the process takes a QEventLoopLocker, the last one releases it, which lets
/// QCoreApplication quit if nothing else keeps it. A thread with a hook counts its own shares instead.
class LiveHandle
{
public:
    struct Count;

    LiveHandle() = default;
    LiveHandle(const LiveHandle &) = delete;
    LiveHandle &operator=(const LiveHandle &) = delete;
    ~LiveHandle() { release(); }

    void hold();
    void release();
    void set(bool held) { held ? hold() : release(); }
    /// Whoever holds the share has come to this thread, which may count for itself.
    void follow();

private:
    Count *m_count = nullptr; ///< where it is counted; null: nowhere
};

/// The number of shares held in the process.
LIBNET_EXPORT int liveHandleCount();
/// Replaces what happens when the count of the calling thread leaves or reaches 0 (the default is a QEventLoopLocker
/// for all threads together); null restores it. For event loops other than Qt's. Called in the thread that held or
/// released.
LIBNET_EXPORT void setLiveHandleHook(void (*hook)(bool alive));
/// Whether such a loop is in charge of this thread. It knows of its own timers and the like, so a socket that waits for
/// nothing need not keep it running; Qt's would quit although a timer is to go on with the socket.
bool hasLiveHandleHook();

} // namespace net
