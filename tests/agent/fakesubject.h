#pragma once
#include "libnet/probe/subject.h"
#include "libnet/probe/tap.h"

#include <QByteArray>

/// A server or a socket that exists only for the tap: says what it is told to say.
class FakeSubject : public net::probe::Subject
{
public:
    explicit FakeSubject(net::probe::SubjectKind kind, quint64 server = 0);
    ~FakeSubject() override;

    net::probe::Facts facts() const override;
    net::probe::Facts &mutableFacts() { return m_facts; }

    void describe();
    void change(net::probe::EventKind why, net::probe::State state, quint64 a = 0, quint64 b = 0);
    void setFlag(net::probe::Flag flag, bool on);
    void receive(const QByteArray &bytes);
    /// The kernel takes \a bytes, \a queued others still wait.
    void send(const QByteArray &bytes, quint64 queued = 0);
    void queue(quint64 queued);
    void fail(int errorNumber, const QString &message);
    /// A server that has accepted \a socket.
    void accept(const FakeSubject &socket);

private:
    net::probe::Facts m_facts;
};
