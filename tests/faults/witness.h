#pragma once
#include <libnet/socket.h>

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QDir>
#include <QTimer>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <vector>

/// What the scenarios have in common. Each says "done" if all that was sent has come, "told" if something failed and
/// every failure was told as documented; it ends with 1 and a reason if something was lost, forgotten or left open.
namespace faults {

using namespace Qt::StringLiterals;

inline constexpr int LongestWait = 5000;
inline bool somethingFailed = false;

[[noreturn]] inline void broken(const QString &reason)
{
    std::printf("%s\n", qPrintable(reason));
    std::fflush(stdout);
    std::_Exit(1);
}

/// Sees that a socket ends as documented.
class Witness : public QObject
{
public:
    Witness(net::Socket *socket, const QString &name)
    {
        setObjectName(name);
        connect(socket, &net::Socket::errorOccurred, this, [this](const net::Error &error) {
            if (m_failed || m_closed)
                broken(objectName() + u": an error too many: "_s + error.message());
            if (error.code().isEmpty() || error.message().isEmpty())
                broken(objectName() + u": an error without a name"_s);
            m_failed = somethingFailed = true;
        });
        connect(socket, &net::Socket::data, this, [this](const QByteArray &bytes) {
            if (m_closed || m_ended)
                broken(objectName() + u": data after the end"_s);
            received += bytes;
        });
        connect(socket, &net::Socket::ended, this, [this] { m_ended = true; });
        connect(socket, &net::Socket::closed, this, [this](bool hadError) {
            if (m_closed || hadError != m_failed)
                broken(objectName() + u": a wrong closed()"_s);
            m_closed = true;
        });
    }

    bool isClosed() const { return m_closed; }
    QByteArray received;

private:
    bool m_failed = false;
    bool m_ended = false;
    bool m_closed = false;
};

inline std::vector<std::unique_ptr<Witness>> witnesses;

inline Witness *witness(net::Socket *socket, const QString &name)
{
    return witnesses.emplace_back(std::make_unique<Witness>(socket, name)).get();
}

template <typename Condition>
void waitFor(const Condition &condition, const QString &what)
{
    const QDeadlineTimer deadline(LongestWait);
    QTimer tick;
    tick.start(20);
    while (!condition()) {
        if (deadline.hasExpired()) {
            QString open;
            for (const std::unique_ptr<Witness> &one : witnesses)
                open += one->isClosed() ? QString() : u' ' + one->objectName();
            broken(u"waits for ever for "_s + what + u':' + open);
        }
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
}

inline qsizetype openDescriptors()
{
    return QDir(u"/proc/self/fd"_s).entryList(QDir::Files | QDir::System).size();
}

/// What a scenario ends with. \a more: what a thread keeps.
inline int verdict(qsizetype descriptorsBefore, qsizetype more)
{
    witnesses.clear();
    QCoreApplication::processEvents();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    if (const qsizetype after = openDescriptors(); after > descriptorsBefore + more)
        broken(u"%1 descriptors are left over"_s.arg(after - descriptorsBefore));
    std::printf(somethingFailed ? "told\n" : "done\n");
    return 0;
}

} // namespace faults
