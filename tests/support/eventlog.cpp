#include "tests/support/eventlog.h"

namespace test {

using namespace Qt::StringLiterals;
using net::Error;
using net::Server;
using net::Socket;

QString EventLog::prefixed(const QString &name, const QString &event)
{
    return name.isEmpty() ? event : name + u' ' + event;
}

void EventLog::watch(Socket *socket, const QString &name, int parts)
{
    const auto plain = [&](auto signal, const QString &event) {
        QObject::connect(socket, signal, &m_context, [this, entry = prefixed(name, event)] { note(entry); });
    };
    plain(&Socket::connected, u"connected"_s);
    plain(&Socket::ready, u"ready"_s);
    plain(&Socket::ended, u"ended"_s);
    plain(&Socket::drain, u"drain"_s);
    plain(&Socket::finish, u"finish"_s);
    plain(&Socket::timedOut, u"timedOut"_s);
    QObject::connect(socket, &Socket::errorOccurred, &m_context, [this, name](const Error &error) {
        m_error = error;
        note(prefixed(name, u"error "_s + error.code()));
    });
    QObject::connect(socket, &Socket::closed, &m_context, [this, name](bool hadError) {
        note(prefixed(name, hadError ? u"closed after error"_s : u"closed"_s));
    });
    if (parts & Flow) {
        plain(&Socket::paused, u"paused"_s);
        plain(&Socket::resumed, u"resumed"_s);
    }
    if (parts & Readable)
        plain(&Socket::readyRead, u"readyRead"_s);
    if (parts & Attempts) {
        QObject::connect(socket, &Socket::lookup, &m_context,
                         [this, name](const Error &error, const QString &address, int family, const QString &host) {
                             note(prefixed(name, u"lookup %1 %2"_s.arg(host, error ? error.code() : address) +
                                                     (error ? QString() : u" %1"_s.arg(family))));
                         });
        QObject::connect(socket, &Socket::connectionAttempt, &m_context,
                         [this, name](const QString &address) { note(prefixed(name, u"attempt "_s + address)); });
        QObject::connect(socket, &Socket::connectionAttemptFailed, &m_context,
                         [this, name](const QString &address, int, int, const Error &error) {
                             note(prefixed(name, u"failed %1 %2"_s.arg(address, error.code())));
                         });
        QObject::connect(socket, &Socket::connectionAttemptTimeout, &m_context,
                         [this, name](const QString &address) { note(prefixed(name, u"timeout "_s + address)); });
    }
    if (parts & Data) {
        QObject::connect(socket, &Socket::data, &m_context, [this, name](const QByteArray &bytes) {
            m_bytes += bytes;
            noteBytes(prefixed(name, u"data"_s), bytes.size());
        });
        QObject::connect(socket, &Socket::text, &m_context, [this, name](const QString &text) {
            m_characters += text;
            noteBytes(prefixed(name, u"text"_s), text.size());
        });
    }
}

void EventLog::watch(Server *server, const QString &name)
{
    QObject::connect(server, &Server::listening, &m_context, [this, name] { note(prefixed(name, u"listening"_s)); });
    QObject::connect(server, &Server::connection, &m_context, [this, name] { note(prefixed(name, u"connection"_s)); });
    QObject::connect(server, &Server::drop, &m_context, [this, name] { note(prefixed(name, u"drop"_s)); });
    QObject::connect(server, &Server::closed, &m_context, [this, name] { note(prefixed(name, u"closed"_s)); });
    QObject::connect(server, &Server::errorOccurred, &m_context, [this, name](const Error &error) {
        m_error = error;
        note(prefixed(name, u"error "_s + error.code()));
    });
}

void EventLog::noteBytes(const QString &what, qsizetype size)
{
    qsizetype before = 0;
    if (!m_events.isEmpty() && m_events.last().startsWith(what + u' '))
        before = m_events.takeLast().section(u' ', -1).toLongLong();
    note(u"%1 %2"_s.arg(what).arg(before + size));
}

QString EventLog::textLike(const QString &expected) const
{
    // Not only the number: a last "data 3" may still grow to the "data 5" that is expected.
    const qsizetype entries = expected.isEmpty() ? 0 : expected.count(", "_L1) + 1;
    waitFor([&] { return m_events.size() > entries || (m_events.size() == entries && text() == expected); },
            // A wrong story must not cost the whole wait, a late one may.
            LongestWait / 4);
    settle();
    return text();
}

} // namespace test
