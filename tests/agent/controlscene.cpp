#include "controlscene.h"

#include <QSignalSpy>
#include <QTest>

using namespace net;
using namespace Qt::StringLiterals;

QString ControlScene::startAgent(const AgentOptions &options)
{
    m_place = std::make_unique<QTemporaryDir>();
    qputenv("XDG_RUNTIME_DIR", m_place->path().toLocal8Bit());
    return Agent::start(options) ? QString() : Agent::errorString();
}

void ControlScene::init()
{
    m_received.clear();
    m_answered.clear();
    m_server = std::make_unique<Server>(ServerOptions{.allowHalfOpen = true});
    m_server->setObjectName(u"server"_s);
    connect(m_server.get(), &Server::connection, this, [this](Socket *socket) {
        socket->setObjectName(u"peer"_s);
        m_peer = socket;
        connect(socket, &Socket::data, this, [this](const QByteArray &bytes) { m_received += bytes; });
        connect(socket, &Socket::errorOccurred, this, [] {});
    });
    QSignalSpy listening(m_server.get(), &Server::listening);
    m_server->listen({.port = 0, .host = u"127.0.0.1"_s});
    QVERIFY(listening.wait());
    m_client = connected(u"client"_s);
    QTRY_VERIFY(m_peer);
    m_inspector = std::make_unique<TestInspector>(Agent::socketPath());
    QVERIFY(m_inspector->attach(TestInspector::hello(wire::Observe | wire::Control)));
    QTRY_VERIFY(id(*m_client) && idOf(*m_inspector, u"peer"_s));
}

void ControlScene::cleanup()
{
    if (m_inspector)
        QCOMPARE(m_inspector->problem, QString());
    m_inspector.reset();
    m_client.reset();
    delete m_peer.data();
    m_server.reset();
}

std::unique_ptr<Socket> ControlScene::connected(const QString &name)
{
    auto socket = std::make_unique<Socket>(SocketOptions{.allowHalfOpen = true});
    socket->setObjectName(name);
    connect(socket.get(), &Socket::data, this, [this](const QByteArray &bytes) { m_answered += bytes; });
    connect(socket.get(), &Socket::errorOccurred, this, [] {});
    QSignalSpy ready(socket.get(), &Socket::ready);
    socket->connectTo({.port = m_server->address().port, .host = u"127.0.0.1"_s});
    return ready.wait() ? std::move(socket) : nullptr;
}

// Those of the tests before are still described for a while.
quint64 ControlScene::idOf(const TestInspector &inspector, const QString &name)
{
    quint64 found = 0;
    for (const wire::Description &each : inspector.subjects) {
        if (each.name == name && each.record.goneAt == 0)
            found = std::max(found, each.record.subject);
    }
    return found;
}

QList<probe::Verb> ControlScene::ordersOf(quint64 subject) const
{
    QList<probe::Verb> verbs;
    for (const wire::EventRecord &event : std::as_const(m_inspector->events)) {
        if (event.subject == subject && event.kind == wire::EventKind::Ordered)
            verbs.append(static_cast<probe::Verb>(event.a));
    }
    return verbs;
}
