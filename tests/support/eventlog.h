#pragma once
#include "tests/support/waiting.h"

#include <libnet/server.h>
#include <libnet/socket.h>

#include <QStringList>

namespace test {

/// What sockets and servers say, in the order in which they say it: "connected", "data 5", "error EPIPE", "closed".
/// Data that comes in pieces is one entry, since where it is cut is the kernel's choice.
class EventLog
{
public:
    enum Part {
        Story = 0,    ///< what always is of interest
        Data = 1,     ///< data and text too, which starts the flow
        Attempts = 2, ///< lookup and each attempt to connect too
        Flow = 4,     ///< paused and resumed too
        Readable = 8, ///< readyRead too, which stops the flow
    };

    EventLog() = default;
    explicit EventLog(net::Socket *socket, int parts = Data) { watch(socket, {}, parts); }
    explicit EventLog(net::Server *server) { watch(server); }

    /// Listens to one more; its entries begin with \a name.
    void watch(net::Socket *socket, const QString &name = {}, int parts = Data);
    void watch(net::Server *server, const QString &name = {});
    void note(const QString &event) { m_events.append(event); }
    /// A function for write(), end() and close(): notes \a name, and the error's code if there is one.
    auto noting(const QString &name)
    {
        return [this, name](const net::Error &error) {
            note(error ? name + QLatin1Char(' ') + error.code() : name);
        };
    }

    /// All entries, separated by ", ".
    QString text() const { return m_events.join(QLatin1String(", ")); }
    QStringList events() const { return m_events; }
    qsizetype count(const QString &event) const { return m_events.count(event); }
    bool contains(const QString &event) const { return m_events.contains(event); }
    /// Every byte of data(), and everything of text().
    QByteArray bytes() const { return m_bytes; }
    QString characters() const { return m_characters; }
    net::Error error() const { return m_error; } ///< the last one told

    /// The log once it has as many entries as \a expected, and those that follow them at once.
    QString textLike(const QString &expected) const;

private:
    void noteBytes(const QString &what, qsizetype size);
    static QString prefixed(const QString &name, const QString &event);

    QStringList m_events;
    QByteArray m_bytes;
    QString m_characters;
    net::Error m_error;
    QObject m_context; // last: its end disconnects before the entries go
};

} // namespace test

/// Compares a whole log: COMPARE_EVENTS(log, "connected, ready, data 5, ended, closed").
#define COMPARE_EVENTS(log, expected) QCOMPARE((log).textLike(QStringLiteral(expected)), QStringLiteral(expected))
