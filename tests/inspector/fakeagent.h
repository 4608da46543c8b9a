#pragma once
#include "libnet/wire/frame.h"
#include "libnet/wire/messages.h"
#include "libnet/wire/rendezvous.h"

#include <QLocalServer>
#include <QLocalSocket>
#include <QTemporaryDir>

#include <memory>

/// An agent of this very process: listens where inspectors look, and says what the test lets it say.
class FakeAgent : public QObject
{
    Q_OBJECT

public:
    /// A directory of its own, so that no real agent is in the way.
    static std::unique_ptr<QTemporaryDir> makeDirectory();

    explicit FakeAgent(const QString &directory, const QString &name = QStringLiteral("fake"));
    ~FakeAgent() override;

    /// Said to everyone who connects, as soon as its greeting is in.
    QByteArray opening;
    /// What has come in from inspectors, greetings left out.
    QList<net::wire::CaptureRecord> captures;
    bool capturesAll = false; ///< every socket was asked for
    QList<net::wire::WatchRecord> watches;
    QList<net::wire::Command> commands; ///< "hold" left out
    int holds = 0;
    /// What commands are answered with; empty: done.
    QString refusal;
    QList<net::wire::Hello> greetings;
    int byes = 0;

    int count() const { return static_cast<int>(m_peers.size()); }
    void say(const QByteArray &bytes);
    void hangUp();
    const net::wire::AgentCard &card() const { return m_card; }

private:
    void meet();
    void read(QLocalSocket *peer, net::wire::FrameReader &reader);

    net::wire::Rendezvous m_rendezvous;
    net::wire::AgentCard m_card;
    QLocalServer m_server;
    QList<QLocalSocket *> m_peers;
};
