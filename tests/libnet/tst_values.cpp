#include "tests/support/waiting.h"

#include <libnet/error.h>
#include <libnet/socketaddress.h>

#include <cerrno>

using namespace Qt::StringLiterals;
using net::Error;
using net::Family;
using net::SocketAddress;

/// The plain values: errors with Node's words, and addresses.
class tst_Values : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void literals_data();
    void literals();
    void anErrnoHasNodesNameAndWords_data();
    void anErrnoHasNodesNameAndWords();
    void messages_data();
    void messages();
    void noErrorIsNone();
    void errorsAreEqualIfTheySayTheSame();
    void anAggregateTakesAfterItsFirst();
    void aLookupKnowsItsHost();
    void errorsArePrinted();
    void errorsTravelInVariants();
    void addressesAsText_data();
    void addressesAsText();
    void addressesFromText_data();
    void addressesFromText();
    void addressesArePrinted();
    void familiesHaveNames();
};

void tst_Values::literals_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("version");
    const QList<std::pair<QString, int>> rows = {
        {u"127.0.0.1"_s, 4},
        {u"0.0.0.0"_s, 4},
        {u"255.255.255.255"_s, 4},
        {u"256.0.0.1"_s, 0},
        {u"1.2.3"_s, 0},
        {u"1.2.3.4.5"_s, 0},
        {u"01.2.3.4"_s, 0},
        {u"1.2.3.04"_s, 0},
        {u"0x7f.0.0.1"_s, 0},
        {u" 1.2.3.4"_s, 0},
        {u"1.2.3.4 "_s, 0},
        {u"1.2.3.4\n"_s, 0},
        {u"1.2.3.4:80"_s, 0},
        {u"1.2.3.4%eth0"_s, 0},
        {u"1.2.3.-4"_s, 0},
        {u"\u0661.2.3.4"_s, 0},
        {QString(), 0},
        {u"localhost"_s, 0},
        {u"::"_s, 6},
        {u"::1"_s, 6},
        {u"fe80::1%eth0"_s, 6},
        {u"fe80::1%1"_s, 6},
        {u"fe80::1%"_s, 0},
        {u"fe80::1%eth0%1"_s, 0},
        {u"fe80::1%eth 0"_s, 0},
        {u"::ffff:1.2.3.4"_s, 6},
        {u"::ffff:1.2.3.04"_s, 0},
        {u"1:2:3:4:5:6:7:8"_s, 6},
        {u"1:2:3:4:5:6:7::"_s, 6},
        {u"1:2:3:4:5:6:7"_s, 0},
        {u"1:2:3:4:5:6:7:8:9"_s, 0},
        {u"1::2::3"_s, 0},
        {u":::"_s, 0},
        {u":"_s, 0},
        {u"12345::"_s, 0},
        {u"g::1"_s, 0},
        {u"[::1]"_s, 0},
        {u"::1/64"_s, 0},
        {u"2001:DB8::A"_s, 6},
        {u"::1"_s + QChar(0), 0},
        {u"1.2.3.4"_s + QChar(0) + u"x"_s, 0},
    };
    for (const auto &[text, version] : rows)
        QTest::newRow(qPrintable(u"<%1>"_s.arg(text))) << text << version;
}

void tst_Values::literals()
{
    QFETCH(QString, text);
    QFETCH(int, version);
    QCOMPARE(net::isIP(text), version);
    QCOMPARE(net::isIPv4(text), version == 4);
    QCOMPARE(net::isIPv6(text), version == 6);
}

void tst_Values::anErrnoHasNodesNameAndWords_data()
{
    QTest::addColumn<int>("number");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("words");
    // util.getSystemErrorMap() of Node.
    const std::tuple<int, const char *, const char *> rows[] = {
        {EACCES, "EACCES", "permission denied"},
        {EADDRINUSE, "EADDRINUSE", "address already in use"},
        {EADDRNOTAVAIL, "EADDRNOTAVAIL", "address not available"},
        {EAFNOSUPPORT, "EAFNOSUPPORT", "address family not supported"},
        {EAGAIN, "EAGAIN", "resource temporarily unavailable"},
        {EBADF, "EBADF", "bad file descriptor"},
        {ECONNABORTED, "ECONNABORTED", "software caused connection abort"},
        {ECONNREFUSED, "ECONNREFUSED", "connection refused"},
        {ECONNRESET, "ECONNRESET", "connection reset by peer"},
        {EHOSTUNREACH, "EHOSTUNREACH", "host is unreachable"},
        {EINVAL, "EINVAL", "invalid argument"},
        {EISCONN, "EISCONN", "socket is already connected"},
        {EMFILE, "EMFILE", "too many open files"},
        {ENETUNREACH, "ENETUNREACH", "network is unreachable"},
        {ENFILE, "ENFILE", "file table overflow"},
        {ENOBUFS, "ENOBUFS", "no buffer space available"},
        {ENOENT, "ENOENT", "no such file or directory"},
        {ENOMEM, "ENOMEM", "not enough memory"},
        {ENOTCONN, "ENOTCONN", "socket is not connected"},
        {ENOTSOCK, "ENOTSOCK", "socket operation on non-socket"},
        {EPERM, "EPERM", "operation not permitted"},
        {EPIPE, "EPIPE", "broken pipe"},
        {ETIMEDOUT, "ETIMEDOUT", "connection timed out"},
    };
    for (const auto &[number, code, words] : rows)
        QTest::newRow(code) << number << QString::fromLatin1(code) << QString::fromLatin1(words);
}

void tst_Values::anErrnoHasNodesNameAndWords()
{
    QFETCH(int, number);
    QFETCH(QString, code);
    QFETCH(QString, words);
    const Error error = Error::fromErrno(number, u"listen"_s, u"::"_s, 80);
    QCOMPARE(error.code(), code);
    QCOMPARE(error.errorNumber(), number);
    QCOMPARE(error.message(), u"listen %1: %2 :::80"_s.arg(code, words));
    // What no table knows has a number at least.
    QVERIFY(Error::fromErrno(9999, u"read"_s).message().contains(u"9999"_s));
}

void tst_Values::messages_data()
{
    QTest::addColumn<Error>("error");
    QTest::addColumn<QString>("message");
    QTest::newRow("a system call") << Error::fromErrno(ECONNRESET, u"read"_s) << u"read ECONNRESET"_s;
    QTest::newRow("an address") << Error::fromErrno(ECONNREFUSED, u"connect"_s, u"127.0.0.1"_s, 1)
                                << u"connect ECONNREFUSED 127.0.0.1:1"_s;
    QTest::newRow("no port") << Error::fromErrno(EADDRNOTAVAIL, u"listen"_s, u"192.0.2.1"_s, 0)
                             << u"listen EADDRNOTAVAIL: address not available 192.0.2.1"_s;
    QTest::newRow("a local end") << Error::fromErrno(ECONNREFUSED, u"connect"_s, u"127.0.0.1"_s, 1, u"127.0.0.1"_s,
                                                     4000)
                                 << u"connect ECONNREFUSED 127.0.0.1:1 - Local (127.0.0.1:4000)"_s;
    QTest::newRow("no local end") << Error::fromErrno(ECONNREFUSED, u"connect"_s, u"127.0.0.1"_s, 1, QString(), 0)
                                  << u"connect ECONNREFUSED 127.0.0.1:1"_s;
    QTest::newRow("a path") << Error::fromErrno(ENOENT, u"connect"_s, u"/tmp/a"_s) << u"connect ENOENT /tmp/a"_s;
    QTest::newRow("a lookup") << Error::fromLookup(u"ENOTFOUND"_s, 0, u"x.test"_s) << u"getaddrinfo ENOTFOUND x.test"_s;
    QTest::newRow("misuse") << Error::fromCode(u"ERR_X"_s, u"do not"_s) << u"do not"_s;
}

void tst_Values::messages()
{
    QFETCH(Error, error);
    QFETCH(QString, message);
    QCOMPARE(error.message(), message);
    QVERIFY(error);
}

void tst_Values::noErrorIsNone()
{
    const Error none;
    QVERIFY(!none);
    QCOMPARE(none.code(), QString());
    QCOMPARE(none.errorNumber(), 0);
    QCOMPARE(none.syscall(), QString());
    QCOMPARE(none.address(), QString());
    QCOMPARE(none.port(), -1);
    QCOMPARE(none.path(), QString());
    QCOMPARE(none.host(), QString());
    QCOMPARE(none.message(), QString());
    QVERIFY(none.errors().isEmpty());
    QCOMPARE(none, Error());
}

void tst_Values::errorsAreEqualIfTheySayTheSame()
{
    const Error error = Error::fromErrno(EPIPE, u"write"_s);
    Error copy = Error::fromErrno(ECONNRESET, u"read"_s);
    QVERIFY(copy != error);
    copy = error;
    QCOMPARE(copy, error);
    QCOMPARE(Error::fromErrno(EPIPE, u"write"_s), error);
    QVERIFY(Error::fromErrno(EPIPE, u"read"_s) != error);
    QVERIFY(Error() != error);
    QVERIFY(error != Error());
    QVERIFY(Error::fromErrno(EPIPE, u"write"_s, u"/tmp/a"_s) != Error::fromErrno(EPIPE, u"write"_s, u"/tmp/b"_s));
    QVERIFY(Error::aggregate({error}) != Error::aggregate({error, error}));
}

void tst_Values::anAggregateTakesAfterItsFirst()
{
    const Error first = Error::fromErrno(ECONNREFUSED, u"connect"_s, u"127.0.0.1"_s, 1);
    const Error second = Error::fromErrno(ETIMEDOUT, u"connect"_s, u"127.0.0.2"_s, 1);
    const Error all = Error::aggregate({first, second});
    QCOMPARE(all.code(), u"ECONNREFUSED"_s);
    QCOMPARE(all.errors(), QList<Error>({first, second}));
}

void tst_Values::aLookupKnowsItsHost()
{
    const Error error = Error::fromLookup(u"EAI_AGAIN"_s, 0, u"x.test"_s);
    QCOMPARE(error.host(), u"x.test"_s);
    QCOMPARE(error.syscall(), u"getaddrinfo"_s);
    QCOMPARE(error.code(), u"EAI_AGAIN"_s);
}

void tst_Values::errorsArePrinted()
{
    QString text;
    QDebug(&text) << Error::fromErrno(EPIPE, u"write"_s) << Error();
    QCOMPARE(text.trimmed(), u"net::Error(EPIPE, write EPIPE) net::Error()"_s);
}

void tst_Values::errorsTravelInVariants()
{
    const Error error = Error::fromErrno(EPIPE, u"write"_s);
    const QVariant variant = QVariant::fromValue(error);
    QCOMPARE(variant.value<Error>(), error);
    // A gadget: QML and the like can read it.
    const QMetaObject &meta = Error::staticMetaObject;
    QCOMPARE(meta.property(meta.indexOfProperty("code")).readOnGadget(&error).toString(), u"EPIPE"_s);
}

void tst_Values::addressesAsText_data()
{
    QTest::addColumn<SocketAddress>("address");
    QTest::addColumn<QString>("text");
    QTest::newRow("none") << SocketAddress() << QString();
    QTest::newRow("IPv4") << SocketAddress{.address = u"1.2.3.4"_s, .family = Family::IPv4, .port = 80}
                          << u"1.2.3.4:80"_s;
    QTest::newRow("IPv6") << SocketAddress{.address = u"::1"_s, .family = Family::IPv6, .port = 80} << u"[::1]:80"_s;
    QTest::newRow("path") << SocketAddress{.address = u"/tmp/a"_s, .family = Family::Local} << u"/tmp/a"_s;
    QTest::newRow("abstract") << SocketAddress{.address = QChar(0) + u"a"_s, .family = Family::Local} << u"@a"_s;
}

void tst_Values::addressesAsText()
{
    QFETCH(SocketAddress, address);
    QFETCH(QString, text);
    QCOMPARE(address.toString(), text);
    QCOMPARE(address.isNull(), text.isEmpty());
}

void tst_Values::addressesFromText_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("result"); ///< toString(), or empty if it is not one
    const QList<std::pair<QString, QString>> rows = {
        {u"1.2.3.4:80"_s, u"1.2.3.4:80"_s},
        {u"1.2.3.4"_s, u"1.2.3.4:0"_s},
        {u"1.2.3.4:0"_s, u"1.2.3.4:0"_s},
        {u"1.2.3.4:65535"_s, u"1.2.3.4:65535"_s},
        {u"1.2.3.4:65536"_s, {}},
        {u"1.2.3.4:"_s, {}},
        {u"1.2.3.4:+1"_s, {}},
        {u"1.2.3.4: 1"_s, {}},
        {u"1.2.3.4:x"_s, {}},
        {u"[::1]:80"_s, u"[::1]:80"_s},
        {u"[::1]"_s, u"[::1]:0"_s},
        {u"::1"_s, u"[::1]:0"_s},
        {u"[fe80::1%1]:80"_s, u"[fe80::1%1]:80"_s},
        {u"[::1"_s, {}},
        {u"[::1]:"_s, {}},
        {u"[::1]x"_s, {}},
        {u"[::1]80"_s, {}},
        {u"[1.2.3.4]:80"_s, {}},
        {u"localhost:80"_s, {}},
        {u":80"_s, {}},
        {{}, {}},
    };
    for (const auto &[text, result] : rows)
        QTest::newRow(qPrintable(u"<%1>"_s.arg(text))) << text << result;
}

void tst_Values::addressesFromText()
{
    QFETCH(QString, text);
    QFETCH(QString, result);
    const std::optional<SocketAddress> address = SocketAddress::parse(text);
    QCOMPARE(address.has_value(), !result.isEmpty());
    QCOMPARE(address.value_or(SocketAddress()).toString(), result);
}

void tst_Values::addressesArePrinted()
{
    QString text;
    const SocketAddress one = {.address = u"1.2.3.4"_s, .family = Family::IPv4, .port = 80};
    QDebug(&text) << one << net::Endpoints{.local = one, .remote = {}};
    QCOMPARE(text.trimmed(), u"net::SocketAddress(1.2.3.4:80) net::Endpoints(local 1.2.3.4:80, remote )"_s);
}

void tst_Values::familiesHaveNames()
{
    QCOMPARE(net::familyName(Family::IPv4), u"IPv4"_s);
    QCOMPARE(net::familyName(Family::IPv6), u"IPv6"_s);
    QCOMPARE(net::familyName(Family::Local), u"Local"_s);
    QCOMPARE(net::familyName(Family::Unspecified), QString());
}

QTEST_GUILESS_MAIN(tst_Values)
#include "tst_values.moc"
