#pragma once
#include "inspector/session/session.h"

#include <QAbstractItemModel>

/// An agent's words, made up: descriptions and counters for subjects of one process.
class Scene
{
public:
    using State = net::wire::State;

    static net::wire::Description server(quint64 id, const QString &name, quint16 port);
    static net::wire::Description accepted(quint64 id, quint64 server, quint16 remotePort, State state = State::Open);
    static net::wire::Description client(quint64 id, const QString &name, quint16 remotePort,
                                         State state = State::Open);
    static net::wire::CounterRecord counters(const net::wire::Description &of, quint64 received, quint64 sent);
    static net::wire::EventRecord event(quint64 subject, net::wire::EventKind kind, quint64 a = 0, quint64 b = 0);
    static net::wire::Payload payload(quint64 subject, net::wire::Direction direction, quint64 offset,
                                      const QByteArray &bytes);
    /// An agent's whole greeting and snapshot, as bytes.
    static QByteArray snapshot(const QList<net::wire::Description> &subjects, quint32 serial = 1);
    static QByteArray greeting(quint32 rights = net::wire::Observe);
};

/// A session whose processes are put in by hand: nobody is looked for and no frame ends by itself.
class QuietSession
{
public:
    QuietSession() : session(options()) {}

    /// A row for a process, with the number \a process.
    void addProcess(quint32 process, const QString &name, qint64 pid);
    void add(quint32 process, const net::wire::Description &description);
    void count(quint32 process, const net::wire::CounterRecord &counters);
    void happen(quint32 process, const QList<net::wire::EventRecord> &events);

    inspector::ObjectTable &objects() { return session.records().objects; }
    static inspector::SessionOptions options();

    inspector::Session session;
};

/// The chosen columns of a model as text: a line a row, children indented, blanks between the cells.
QStringList printed(const QAbstractItemModel &model, const QList<int> &columns, const QModelIndex &parent = {},
                    int depth = 0);
