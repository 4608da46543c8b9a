#pragma once
#include <libnet/socket.h>

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QDir>
#include <QTimer>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <set>
#include <vector>

/// What the scenarios have in common. Each says how many descriptors it keeps, and "done" if all that was sent has come
/// and nothing failed, or "told" and the codes of all that failed; it ends with 1 and a reason if something was lost or
/// forgotten. Whether those are the right codes, and the descriptors too many, is for everyfault to judge.
namespace faults {

using namespace Qt::StringLiterals;

inline constexpr int LongestWait = 5000;
inline std::set<QString> words; ///< codes of errors, and names of failures that have none

[[noreturn]] inline void broken(const QString &reason)
{
    std::printf("%s\n", qPrintable(reason));
    std::fflush(stdout);
    std::_Exit(1);
}

inline void tell(const QString &word)
{
    words.insert(word);
}

inline void tell(const net::Error &error)
{
    if (error.code().isEmpty() || error.message().isEmpty())
        broken(u"an error without a name"_s);
    tell(error.code());
}

/// The last word of a process of a scenario.
inline void say()
{
    std::printf(words.empty() ? "done" : "told");
    for (const QString &word : words)
        std::printf(" %s", qPrintable(word));
    std::printf("\n");
    std::fflush(stdout);
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
            tell(error);
            m_failed = true;
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
    bool hasFailed() const { return m_failed; }
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
    tick.start(5);
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

/// What one play keeps for the thread is all that several keep.
inline int plays()
{
    return qEnvironmentVariableIntValue("LIBNET_FAULT_PLAYS") > 1 ? 2 : 1;
}

/// What a process ends with. \a who: nobody for the first one.
inline void sayKept(qsizetype descriptorsBefore, const char *who = "")
{
    std::printf("%skept %d\n", who, int(openDescriptors() - descriptorsBefore));
}

/// What a scenario ends with.
inline int verdict(qsizetype descriptorsBefore)
{
    witnesses.clear();
    QCoreApplication::processEvents();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    sayKept(descriptorsBefore);
    say();
    return 0;
}

} // namespace faults
