#include "fakeagent.h"

#include "scene.h"

#include <QCoreApplication>

using namespace net::wire;
using namespace Qt::StringLiterals;

std::unique_ptr<QTemporaryDir> FakeAgent::makeDirectory()
{
    auto directory = std::make_unique<QTemporaryDir>();
    QFile::setPermissions(directory->path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    return directory;
}

FakeAgent::FakeAgent(const QString &directory, const QString &name)
    : opening(Scene::greeting()),
      m_rendezvous(directory)
{
    const qint64 pid = QCoreApplication::applicationPid();
    m_card = {
        .pid = pid, .name = name, .startTime = 0, .protocol = newestVersion, .socket = m_rendezvous.socketPath(pid)};
    QLocalServer::removeServer(m_card.socket);
    if (!m_server.listen(m_card.socket) || !m_rendezvous.publish(m_card).isEmpty())
        qFatal("the fake agent cannot listen: %s", qPrintable(m_server.errorString()));
    connect(&m_server, &QLocalServer::newConnection, this, &FakeAgent::meet);
}

FakeAgent::~FakeAgent()
{
    hangUp();
    m_server.close();
    m_rendezvous.withdraw(m_card.pid);
}

void FakeAgent::meet()
{
    while (QLocalSocket *const peer = m_server.nextPendingConnection()) {
        m_peers.append(peer);
        auto reader = std::make_shared<FrameReader>(Side::Inspector);
        reader->acceptAll(newestVersion);
        connect(peer, &QLocalSocket::readyRead, this, [this, peer, reader] { read(peer, *reader); });
        connect(peer, &QLocalSocket::disconnected, this, [this, peer] {
            m_peers.removeAll(peer);
            peer->deleteLater();
        });
        read(peer, *reader);
    }
}

void FakeAgent::read(QLocalSocket *peer, FrameReader &reader)
{
    reader.feed(peer->readAll());
    while (const auto frame = reader.next()) {
        if (frame->type == FrameType::Hello) {
            greetings += decodeHello(frame->payload).value();
            peer->write(opening);
        } else if (frame->type == FrameType::Capture) {
            const auto batch = decodeCapture(frame->payload).value();
            for (const CaptureRecord &capture : batch.records) {
                if (capture.subject == everySocket)
                    capturesAll = capture.on; // and no answer, as an agent that knows it not
                else
                    captures += capture;
            }
        } else if (frame->type == FrameType::Watch) {
            watches += decodeWatch(frame->payload).value().records;
        } else if (frame->type == FrameType::Command) {
            const Command command = decodeCommand(frame->payload).value();
            if (command.verb == "hold"_L1) {
                ++holds;
                continue;
            }
            commands += command;
            QByteArray bytes;
            encode(bytes, CommandResult{.id = command.id, .done = refusal.isEmpty(), .message = refusal});
            peer->write(bytes);
        } else if (frame->type == FrameType::Bye) {
            ++byes;
        }
    }
}

void FakeAgent::say(const QByteArray &bytes)
{
    for (QLocalSocket *peer : std::as_const(m_peers)) {
        peer->write(bytes);
        peer->flush();
    }
}

void FakeAgent::hangUp()
{
    const QList<QLocalSocket *> peers = std::exchange(m_peers, {});
    for (QLocalSocket *peer : peers) {
        peer->disconnect(this);
        peer->abort();
        delete peer;
    }
}
