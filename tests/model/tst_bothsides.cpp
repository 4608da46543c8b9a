#include "tests/model/link.h"

#include <QtTest>

using model::Door;
using model::Link;

/// When one side of a connection is why the other one may fail.
class tst_BothSides : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nobodyFailsWhileBothAreThere()
    {
        net::Socket client;
        net::Socket accepted;
        Link link;
        link.join(Link::Client, &client);
        link.join(Link::Server, &accepted);
        QVERIFY(!link.isLostFor(Link::Client));
        QVERIFY(!link.isLostFor(Link::Server));
    }

    void whoIsDestroyedFailsTheOther()
    {
        net::Socket client;
        net::Socket accepted;
        Link link;
        link.join(Link::Client, &client);
        link.join(Link::Server, &accepted);
        accepted.destroy();
        QVERIFY(link.isLostFor(Link::Client));
        QVERIFY(!link.isLostFor(Link::Server));
    }

    void whoHasReadAndSentEverythingDoesNot()
    {
        auto client = std::make_unique<net::Socket>();
        net::Socket accepted;
        Link link;
        link.join(Link::Client, client.get());
        link.join(Link::Server, &accepted);
        link.hasEnded(Link::Client);
        link.hasEnded(Link::Server);
        accepted.destroy();
        client.reset();
        QVERIFY(!link.isLostFor(Link::Client));
        QVERIFY(!link.isLostFor(Link::Server));
        link.lose(Link::Server); // a reset comes through all the same
        QVERIFY(link.isLostFor(Link::Client));
    }

    void whoConnectsAgainHasLeft()
    {
        net::Socket client;
        Link link;
        link.join(Link::Client, &client);
        link.leave(Link::Client);
        QVERIFY(link.isLostFor(Link::Server));
    }

    void aClosedDoorFailsWhoWaits()
    {
        net::Socket accepted;
        Door door;
        const std::shared_ptr<Link> inside = door.knock();
        const std::shared_ptr<Link> outside = door.knock();
        QCOMPARE(door.nextOfPath(), inside);
        inside->join(Link::Server, &accepted);
        const std::shared_ptr<Link> port = door.ofPort(1);
        QCOMPARE(door.ofPort(1), port);
        door.close();
        QVERIFY(!inside->isLostFor(Link::Client));
        QVERIFY(outside->isLostFor(Link::Client));
        QVERIFY(port->isLostFor(Link::Client));
        QVERIFY(door.ofPort(2)->isLostFor(Link::Client));
    }
};

QTEST_GUILESS_MAIN(tst_BothSides)
#include "tst_bothsides.moc"
