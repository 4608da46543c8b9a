#include "tests/network/weather.h"
#include "tests/support/waiting.h"

#include <libnet/server.h>
#include <libnet/socket.h>

#include <QFile>

using namespace Qt::StringLiterals;
using test::Weather;

Q_DECLARE_METATYPE(Weather::Forecast)

static QString noNetwork;

/// Connections over a network that is slow, forgetful and out of order, and over one that is gone.
class tst_BadWeather : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void everyByteArrivesInOrder_data();
    void everyByteArrivesInOrder();
    void keepAliveEndsAConnectionToAVanishedPeer();
    void unansweredBytesEndAConnectionToAVanishedPeer();
    void connectingToAVanishedPeerTimesOut();
    void silenceIsToldAndEndsNothing();

private:
    bool connectBoth();
    static bool setSystem(const QString &name, const QByteArray &value);

    std::unique_ptr<Weather> m_weather;
    std::unique_ptr<net::Server> m_server;
    std::unique_ptr<net::Socket> m_client;
    net::Socket *m_accepted = nullptr;
};

void tst_BadWeather::initTestCase()
{
    if (noNetwork.isEmpty()) {
        m_weather = std::make_unique<Weather>();
        noNetwork = m_weather->reason();
    }
    if (!noNetwork.isEmpty())
        QSKIP(qPrintable(u"skipped: needs a network of its own: "_s + noNetwork));
    // An unreachable peer is given up after seconds instead of a quarter of an hour; here only.
    QVERIFY(setSystem(u"tcp_retries2"_s, "3"));
    QVERIFY(setSystem(u"tcp_syn_retries"_s, "1"));
}

bool tst_BadWeather::setSystem(const QString &name, const QByteArray &value)
{
    QFile file(u"/proc/sys/net/ipv4/"_s + name);
    return file.open(QIODevice::WriteOnly | QIODevice::Unbuffered) && file.write(value) == value.size();
}

void tst_BadWeather::init()
{
    m_weather->set({});
    m_server = std::make_unique<net::Server>();
    connect(m_server.get(), &net::Server::connection, this, [this](net::Socket *socket) { m_accepted = socket; });
    m_server->listen(0, QString::fromLatin1(Weather::Own));
    QTRY_VERIFY(m_server->isListening());
    m_client = std::make_unique<net::Socket>();
    m_accepted = nullptr;
}

void tst_BadWeather::cleanup()
{
    m_client.reset();
    m_server.reset();
}

bool tst_BadWeather::connectBoth()
{
    m_client->connectTo(m_server->address().port, QString::fromLatin1(Weather::Peer));
    return test::waitFor([this] { return m_accepted && m_client->readyState() == net::Socket::ReadyState::Open; });
}

void tst_BadWeather::everyByteArrivesInOrder_data()
{
    QTest::addColumn<Weather::Forecast>("forecast");
    QTest::newRow("fair") << Weather::Forecast{};
    QTest::newRow("slow") << Weather::Forecast{.delay = 20, .jitter = 10};
    QTest::newRow("forgetful") << Weather::Forecast{.delay = 1, .lost = 30};
    QTest::newRow("repeating") << Weather::Forecast{.delay = 1, .twice = 200};
    QTest::newRow("out of order") << Weather::Forecast{.delay = 2, .overtaken = 100};
    QTest::newRow("all") << Weather::Forecast{.delay = 3, .jitter = 5, .lost = 20, .twice = 50, .overtaken = 50};
}

void tst_BadWeather::everyByteArrivesInOrder()
{
    QFETCH(Weather::Forecast, forecast);
    m_weather->set(forecast);
    constexpr qsizetype Size = 256 * 1024;
    QByteArray there(Size, Qt::Uninitialized);
    QByteArray back(Size, Qt::Uninitialized);
    for (qsizetype i = 0; i < Size; ++i) {
        there[i] = char(i * 7 + i / 251);
        back[i] = char(i * 11 + i / 241);
    }
    QVERIFY(connectBoth());
    QByteArray atServer;
    QByteArray atClient;
    connect(m_accepted, &net::Socket::data, this, [&](const QByteArray &bytes) { atServer += bytes; });
    connect(m_client.get(), &net::Socket::data, this, [&](const QByteArray &bytes) { atClient += bytes; });
    int ended = 0;
    qint64 counters[4] = {};
    connect(m_accepted, &net::Socket::closed, this, [&, socket = m_accepted](bool failed) {
        counters[0] = socket->bytesRead();
        counters[1] = socket->bytesWritten();
        ended += failed ? 100 : 1;
    });
    connect(m_client.get(), &net::Socket::closed, this, [&](bool failed) {
        counters[2] = m_client->bytesRead();
        counters[3] = m_client->bytesWritten();
        ended += failed ? 100 : 1;
    });
    int sent = 0;
    for (qsizetype at = 0; at < Size; at += 5000) {
        const auto noteSent = [&sent](const net::Error &error) {
            sent += error ? 100000 : 1;
        };
        m_client->write(there.mid(at, 5000), this, noteSent);
        m_accepted->write(back.mid(at, 5000), this, noteSent);
    }
    m_client->end();
    m_accepted->end();
    QVERIFY(test::waitFor([&] { return ended >= 2; }, 60'000));
    QCOMPARE(ended, 2);
    QCOMPARE(sent, 2 * ((Size + 4999) / 5000));
    QVERIFY(atServer == there);
    QVERIFY(atClient == back);
    for (const qint64 counter : counters)
        QCOMPARE(counter, qint64(Size));
    QVERIFY(m_weather->carried() > 100);
    QCOMPARE(m_weather->lost() > 0, forecast.lost > 0);
    QCOMPARE(m_weather->doubled() > 0, forecast.twice > 0);
    QCOMPARE(m_weather->overtaken() > 0, forecast.overtaken > 0);
}

void tst_BadWeather::keepAliveEndsAConnectionToAVanishedPeer()
{
    QVERIFY(connectBoth());
    QSignalSpy failed(m_client.get(), &net::Socket::errorOccurred);
    QSignalSpy closed(m_client.get(), &net::Socket::closed);
    m_client->setKeepAlive({.enable = true, .initialDelay = 1000, .interval = 1000, .count = 2});
    connect(m_client.get(), &net::Socket::data, this, [] {});
    m_weather->vanish();
    WAIT_FOR(closed.count() == 1);
    QCOMPARE(failed.count(), 1);
    QCOMPARE(failed.at(0).at(0).value<net::Error>().code(), u"ETIMEDOUT"_s);
    QCOMPARE(closed.at(0).at(0).toBool(), true);
}

void tst_BadWeather::unansweredBytesEndAConnectionToAVanishedPeer()
{
    QVERIFY(connectBoth());
    QSignalSpy failed(m_client.get(), &net::Socket::errorOccurred);
    QSignalSpy closed(m_client.get(), &net::Socket::closed);
    connect(m_client.get(), &net::Socket::data, this, [] {});
    m_weather->vanish();
    // More than the system takes, so that there is something to report as unsent.
    net::Error unsent;
    m_client->write(QByteArray(32 << 20, 'x'), this, [&unsent](const net::Error &error) { unsent = error; });
    WAIT_FOR(closed.count() == 1);
    QCOMPARE(failed.count(), 1);
    QCOMPARE(failed.at(0).at(0).value<net::Error>().code(), u"ETIMEDOUT"_s);
    WAIT_FOR(unsent);
}

void tst_BadWeather::connectingToAVanishedPeerTimesOut()
{
    m_weather->vanish();
    QSignalSpy failed(m_client.get(), &net::Socket::errorOccurred);
    QSignalSpy closed(m_client.get(), &net::Socket::closed);
    m_client->connectTo(m_server->address().port, QString::fromLatin1(Weather::Peer));
    WAIT_FOR(closed.count() == 1);
    QCOMPARE(failed.count(), 1);
    QCOMPARE(failed.at(0).at(0).value<net::Error>().code(), u"ETIMEDOUT"_s);
    QCOMPARE(m_server->connectionCount(), 0);
}

void tst_BadWeather::silenceIsToldAndEndsNothing()
{
    QVERIFY(connectBoth());
    QSignalSpy timedOut(m_client.get(), &net::Socket::timedOut);
    QByteArray heard;
    connect(m_client.get(), &net::Socket::data, this, [&heard](const QByteArray &bytes) { heard += bytes; });
    m_weather->vanish();
    m_accepted->write("late");
    m_client->setTimeout(50);
    WAIT_FOR(timedOut.count() == 1);
    QCOMPARE(m_client->readyState(), net::Socket::ReadyState::Open);
    QVERIFY(heard.isEmpty());
    m_weather->set({});
    WAIT_FOR(heard == "late");
}

int main(int count, char **arguments)
{
    noNetwork = Weather::enterNetwork(); // before there is a thread
    QCoreApplication application(count, arguments);
    tst_BadWeather test;
    return QTest::qExec(&test, count, arguments);
}

#include "tst_badweather.moc"
