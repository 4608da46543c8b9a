#include "libnet/agent/eventring.h"
#include "libnet/agent/ledgerview.h"

#include <QTest>

using namespace net;
using namespace net::agent;
using namespace Qt::StringLiterals;

namespace {

probe::Facts factsOf(probe::SubjectKind kind, quint64 id, quint64 server = 0)
{
    probe::Facts facts;
    facts.id = id;
    facts.server = server;
    facts.kind = kind;
    facts.state = probe::State::Open;
    return facts;
}

probe::Facts socketFacts(quint64 id, quint64 server = 0)
{
    return factsOf(probe::SubjectKind::Socket, id, server);
}

} // namespace

/// Counters are exact, an inspector learns what has changed since it last asked, and memory is bounded.
class tst_Ledger : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void factsAreDescribedCompletely();
    void onlyWhatHasChangedHasTheNewTick();
    void serverCountsItsSocketsThatAreNotClosed();
    void socketThatLearnsItsServerLateIsCounted();
    void longestClosedAreForgotten();
    void orderIsThatOfOpening();
};

void tst_Ledger::factsAreDescribedCompletely()
{
    SocketLedger ledger;
    LedgerView view(ledger, 10);
    const probe::Facts facts{.id = 7,
                             .server = 3,
                             .kind = probe::SubjectKind::Socket,
                             .origin = probe::Origin::Accepted,
                             .state = probe::State::ReadEnded,
                             .family = Family::IPv6,
                             .flags = probe::Paused | probe::HalfOpen,
                             .createdAt = 11,
                             .received = 12,
                             .sent = 13,
                             .queued = 14,
                             .readBuffered = 15,
                             .highWaterMark = 16,
                             .connections = 17,
                             .maxConnections = 18,
                             .accepted = 19,
                             .dropped = 20,
                             .descriptor = 21,
                             .errorNumber = 22,
                             .local = {.address = u"::1"_s, .family = Family::IPv6, .port = 80},
                             .remote = {},
                             .name = u"näme"_s,
                             .errorMessage = u"oh"_s};
    ledger.open(facts, 99);
    view.collect();
    const wire::Description expected{.record = {.subject = 7,
                                                .server = 3,
                                                .createdAt = 11,
                                                .descriptor = 21,
                                                .thread = 99,
                                                .localPort = 80,
                                                .localFamily = wire::Family::IPv6,
                                                .remoteFamily = wire::Family::IPv6,
                                                .kind = wire::SubjectKind::Socket,
                                                .origin = wire::Origin::Accepted},
                                     .counters = {.subject = 7,
                                                  .received = 12,
                                                  .sent = 13,
                                                  .queued = 14,
                                                  .readBuffered = 15,
                                                  .highWaterMark = 16,
                                                  .accepted = 19,
                                                  .dropped = 20,
                                                  .maxConnections = 18,
                                                  .flags = wire::Paused | wire::HalfOpen,
                                                  .errorNumber = 22,
                                                  .state = wire::State::ReadEnded,
                                                  .kind = wire::SubjectKind::Socket},
                                     .localAddress = u"::1"_s,
                                     .remoteAddress = {},
                                     .name = u"näme"_s,
                                     .errorMessage = u"oh"_s};
    QCOMPARE(view.description(*view.find(7)), expected);
}

void tst_Ledger::onlyWhatHasChangedHasTheNewTick()
{
    SocketLedger ledger;
    LedgerView view(ledger, 10);
    LedgerEntry *const a = ledger.open(socketFacts(1), 1);
    LedgerEntry *const b = ledger.open(socketFacts(2), 1);
    view.collect();
    QCOMPARE(a->view.changedTick, 1u);
    QCOMPARE(b->view.describedTick, 1u);

    bump(a->received, quint64(5));
    a->publish();
    view.collect();
    QCOMPARE(a->view.changedTick, 2u);
    QCOMPARE(a->view.describedTick, 1u);
    QCOMPARE(b->view.changedTick, 1u);
    QCOMPARE(view.counters(*a).received, 5u);

    ledger.describe(*b, socketFacts(2), 1);
    view.collect();
    QCOMPARE(b->view.describedTick, 3u);
}

void tst_Ledger::serverCountsItsSocketsThatAreNotClosed()
{
    SocketLedger ledger;
    LedgerView view(ledger, 10);
    const auto connections = [&view] {
        return view.counters(*view.find(1)).connections;
    };
    ledger.open(factsOf(probe::SubjectKind::Server, 1), 1);
    LedgerEntry *const a = ledger.open(socketFacts(2, 1), 1);
    LedgerEntry *const b = ledger.open(socketFacts(3, 1), 1);
    view.collect();
    QCOMPARE(connections(), 2u);

    a->state = wire::State::Closed;
    a->publish();
    view.collect();
    QCOMPARE(connections(), 1u);
    QCOMPARE(view.find(1)->view.changedTick, view.tick());

    ledger.close(*a, 5);
    ledger.close(*b, 5);
    view.collect();
    QCOMPARE(connections(), 0u);
}

void tst_Ledger::socketThatLearnsItsServerLateIsCounted()
{
    SocketLedger ledger;
    LedgerView view(ledger, 10);
    LedgerEntry *const socket = ledger.open(socketFacts(2), 1);
    view.collect();
    ledger.describe(*socket, socketFacts(2, 1), 1);
    view.collect();
    ledger.open(factsOf(probe::SubjectKind::Server, 1), 1);
    view.collect();
    QCOMPARE(view.counters(*view.find(1)).connections, 1u);
}

void tst_Ledger::longestClosedAreForgotten()
{
    SocketLedger ledger;
    LedgerView view(ledger, 3);
    QList<LedgerEntry *> entries;
    for (quint64 id = 1; id <= 8; ++id)
        entries.append(ledger.open(socketFacts(id), 1));
    view.collect();
    for (int i = 0; i < 5; ++i)
        ledger.close(*entries.at(i), 100);
    view.collect();
    QCOMPARE(view.alive(), 3u);
    QCOMPARE(view.closed(), 3u);
    QCOMPARE(view.forgotten(), 2u);
    QCOMPARE(view.justForgotten().size(), 2u);
    QVERIFY(!view.find(1) && !view.find(2) && view.find(3) && view.find(8));
    QCOMPARE(view.description(*view.find(3)).record.goneAt, 100);
    view.collect();
    QVERIFY(view.justForgotten().empty());
    QCOMPARE(view.entries().size(), 6u);
}

void tst_Ledger::orderIsThatOfOpening()
{
    SocketLedger ledger;
    LedgerView view(ledger, 0);
    QList<LedgerEntry *> entries;
    for (quint64 id = 1; id <= 6; ++id) {
        entries.append(ledger.open(socketFacts(id), 1));
        if (id % 2 == 0)
            view.collect();
    }
    ledger.close(*entries.at(2), 1);
    view.collect();
    QList<quint64> ids;
    quint64 ordinal = 0;
    for (const LedgerEntry *entry : view.entries()) {
        ids.append(entry->id);
        QVERIFY(entry->view.ordinal > ordinal);
        ordinal = entry->view.ordinal;
    }
    QCOMPARE(ids, (QList<quint64>{1, 2, 4, 5, 6}));
    QCOMPARE((*view.from(entries.at(1)->view.ordinal + 1))->id, 4u);
    QVERIFY(view.from(ordinal + 1) == view.entries().end());
}

QTEST_GUILESS_MAIN(tst_Ledger)
#include "tst_ledger.moc"
