#include "libnet/transport/resolver.h"

#include <QMutex>
#include <QObject>
#include <QThreadPool>

namespace net {

namespace {

// As many as libuv: lookups block for seconds, and more of them would only wait for the same name server.
constexpr int LookupThreads = 4;

// Never destroyed: a lookup that hangs must not hold up the end of the process.
QThreadPool &pool()
{
    static QThreadPool *const threads = [] {
        auto *created = new QThreadPool;
        created->setMaxThreadCount(LookupThreads);
        return created;
    }();
    return *threads;
}

} // namespace

/// Lives in the asking thread and is shared with the lookup; the mutex decides between answer and cancel.
class Resolver::Receiver
{
public:
    Receiver(QObject *home, Answer answer) : m_object(std::make_unique<QObject>(home)), m_answer(std::move(answer)) {}

    void deliver(const socketops::Addresses &addresses)
    {
        const QMutexLocker lock(&m_mutex);
        if (m_object)
            QMetaObject::invokeMethod(
                m_object.get(), [this, addresses] { answer(addresses); }, Qt::QueuedConnection);
    }

    void cancel()
    {
        const QMutexLocker lock(&m_mutex);
        m_object.reset();
    }

private:
    void answer(const socketops::Addresses &addresses)
    {
        // Moved out first: the answer may destroy the resolver, and us with it.
        const Answer function = std::move(m_answer);
        function(addresses);
    }

    QMutex m_mutex;
    std::unique_ptr<QObject> m_object;
    Answer m_answer;
};

void Resolver::lookUp(const socketops::Question &question, Answer answer)
{
    cancel();
    m_receiver = std::make_shared<Receiver>(m_home, std::move(answer));
    pool().start([question, receiver = m_receiver] { receiver->deliver(socketops::lookUp(question)); });
}

void Resolver::cancel()
{
    if (m_receiver)
        m_receiver->cancel();
    m_receiver.reset();
}

} // namespace net
