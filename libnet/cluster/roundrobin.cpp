#include "libnet/cluster/roundrobin.h"

#include "libnet/cluster/worker_p.h"
#include "libnet/listensource_p.h"
#include "libnet/transport/acceptloop.h"

#include <QTimer>

namespace net {

using namespace Qt::StringLiterals;

// Connections that wait here for a worker; more wait in the kernel, which tells clients when it is too many.
static constexpr size_t MostWaiting = 256;

RoundRobin::RoundRobin(const QString &key, QObject *home, Descriptor descriptor)
    : m_key(key),
      m_acceptor(*this, home, std::move(descriptor))
{
}

void RoundRobin::add(Worker *worker)
{
    if (m_seats.contains(worker))
        return;
    m_seats.insert(worker, Seat::Free);
    m_free.append(worker);
    // After the answer to the worker that it may listen.
    NextTick::current().post(worker->d.get(), [self = std::weak_ptr(m_self)] {
        if (const auto alive = self.lock())
            (*alive)->distribute();
    });
}

void RoundRobin::remove(Worker *worker)
{
    m_seats.remove(worker);
    m_free.removeAll(worker);
}

void RoundRobin::hasRoom(Worker *worker)
{
    const auto seat = m_seats.find(worker);
    if (seat == m_seats.end() || *seat != Seat::Full)
        return;
    *seat = Seat::Free;
    m_free.append(worker);
    distribute();
}

void RoundRobin::accepted(Descriptor descriptor)
{
    m_waiting.push_back(std::make_shared<Descriptor>(std::move(descriptor)));
    distribute();
    pause();
}

// Out of descriptors, and the client has been told. That it is dropped is for a server to say: the next one's.
void RoundRobin::refused(int error)
{
    Worker *const worker = m_free.isEmpty() ? m_seats.isEmpty() ? nullptr : m_seats.cbegin().key() : m_free.first();
    if (worker)
        worker->d->tell({{u"act"_s, u"refused"_s}, {u"key"_s, m_key}, {u"error"_s, error}});
}

void RoundRobin::distribute()
{
    while (!m_waiting.empty() && !m_free.isEmpty()) {
        Worker *const worker = m_free.takeFirst();
        const SharedDescriptor connection = std::move(m_waiting.front());
        m_waiting.pop_front();
        m_seats[worker] = Seat::Asked;
        offer(worker, connection);
    }
    pause();
}

void RoundRobin::pause()
{
    const bool tooMany = m_paused ? m_waiting.size() > MostWaiting / 2 : m_waiting.size() >= MostWaiting;
    if (tooMany == m_paused)
        return;
    m_paused = tooMany;
    if (m_paused)
        m_acceptor.detach();
    else
        m_acceptor.attach();
}

void RoundRobin::offer(Worker *worker, const SharedDescriptor &connection)
{
    worker->d->ask(
        {{u"act"_s, u"connection"_s}, {u"key"_s, m_key}},
        [self = std::weak_ptr(m_self), worker, connection](const QCborMap &answer, const SharedDescriptor &) {
            if (const auto alive = self.lock())
                (*alive)->answered(worker, connection, answer);
        },
        connection);
}

void RoundRobin::answered(Worker *worker, const SharedDescriptor &connection, const QCborMap &answer)
{
    using Answer = ListenOffer::Answer;
    const auto said = answer.isEmpty() ? Answer::Gone : Answer(answer.value(u"answer"_s).toInteger());
    if (said != Answer::Taken)
        m_waiting.push_front(connection);
    if (const auto seat = m_seats.find(worker); seat != m_seats.end()) {
        if (said == Answer::Taken) {
            *seat = Seat::Free;
            m_free.append(worker);
        } else if (said == Answer::Full) {
            *seat = Seat::Full;
        } else if (said == Answer::Starved) {
            *seat = Seat::Full;
            QTimer::singleShot(StarvedPause, worker, [self = std::weak_ptr(m_self), worker] {
                if (const auto alive = self.lock())
                    (*alive)->hasRoom(worker);
            });
        } else {
            m_seats.erase(seat);
        }
    }
    distribute();
}

} // namespace net
