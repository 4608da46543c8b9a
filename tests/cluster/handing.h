#pragma once
#include "tests/cluster/leavesnothing.h"
#include "tests/cluster/stage.h"

#include <libnet/net.h>

namespace test {

/// A child that is handed sockets, a server that accepts them, and what the child tells.
class Handing
{
public:
    explicit Handing(const net::ServerOptions &options = {.pauseOnConnect = true})
        : child(net::Worker::fork({.exec = actorProgram(), .args = QStringList()})),
          server(options)
    {
        QObject::connect(&server, &net::Server::connection, [this](net::Socket *socket) { accepted.append(socket); });
        QObject::connect(child.get(), &net::Worker::message,
                         [this](const QCborValue &value, const net::Handle &handle) {
                             told.append(value.toMap());
                             if (net::Socket *const *socket = std::get_if<net::Socket *>(&handle))
                                 back.append(*socket);
                         });
        QObject::connect(child.get(), &net::Worker::errorOccurred,
                         [this](const net::Error &error) { errors.append(error.code()); });
        server.listen(0, QStringLiteral("127.0.0.1"));
    }

    RawPeer connect()
    {
        const qsizetype before = accepted.size();
        waitFor([this] { return server.isListening(); });
        RawPeer peer = RawPeer::connectedTo(server.address().port);
        waitFor([&] { return accepted.size() > before; });
        return peer;
    }
    void order(const QString &what, const net::Handle &handle = {}, const net::SendOptions &options = {})
    {
        child->send(QCborMap{{QStringLiteral("do"), what}}, handle, options);
    }
    QCborMap take(const QString &what)
    {
        const auto is = [&what](const QCborMap &map) {
            return map.value(QStringLiteral("told")).toString() == what;
        };
        waitFor([&] { return std::any_of(told.cbegin(), told.cend(), is); });
        const auto found = std::find_if(told.begin(), told.end(), is);
        if (found == told.end())
            return {};
        const QCborMap map = *found;
        told.erase(found);
        return map;
    }
    int count()
    {
        int result = -1;
        server.getConnections(&server, [&result](const net::Error &, int number) { result = number; });
        waitFor([&] { return result >= 0; });
        return result;
    }
    bool end()
    {
        order(QStringLiteral("leave"));
        return waitFor([this] { return child->isDead(); });
    }

    std::unique_ptr<net::Worker> child;
    net::Server server;
    QList<QPointer<net::Socket>> accepted;
    QList<QPointer<net::Socket>> back;
    QList<QCborMap> told;
    QStringList errors;
};

/// A suite that hands things to a child, a new one for each test.
class HandingTest : public LeavesNothing
{
    Q_OBJECT
protected Q_SLOTS:
    void initTestCase()
    {
        LeavesNothing::initTestCase();
        Handing warm;
        QVERIFY(warm.end());
    }
    void init()
    {
        LeavesNothing::init();
        m_handing = std::make_unique<Handing>();
    }
    void cleanup()
    {
        if (!m_handing->child->isDead())
            QVERIFY(m_handing->end());
        m_handing.reset();
        LeavesNothing::cleanup();
    }

protected:
    std::unique_ptr<Handing> m_handing;
};

} // namespace test
