#include "tests/support/eventlog.h"
#include "tests/support/rawpeer.h"

#include "libnet/stream/textcodec.h"

using namespace Qt::StringLiterals;
using net::Socket;
using net::TextDecoder;
using net::TextEncoding;
using test::EventLog;
using test::RawListener;
using test::RawPeer;

/// Text from bytes: what a socket with an encoding says, and that no cut between two bytes can be seen in it.
class tst_Encodings : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void noCutCanBeSeen_data();
    void noCutCanBeSeen();
    void aSocketSpeaksTextInsteadOfData_data();
    void aSocketSpeaksTextInsteadOfData();
    void anUnfinishedCharacterIsToldAtTheEnd();
    void withoutAnEncodingItIsDataAgain();
    void whatWaitedIsDecodedToo();
    void readTakesWholeCharacters();
    void charactersAreCounted_data();
    void charactersAreCounted();
};

// What Node's StringDecoder makes of the same bytes.
void tst_Encodings::noCutCanBeSeen_data()
{
    QTest::addColumn<TextEncoding>("encoding");
    QTest::addColumn<QByteArray>("hex");
    QTest::addColumn<QString>("text");
    const auto row = [](const char *name, TextEncoding encoding, const char *hex, const QString &text) {
        QTest::newRow(name) << encoding << QByteArray(hex) << text;
    };
    using enum TextEncoding;
    row("utf8: one to four bytes", Utf8, "41c3a4e282acf09f9880", u"Aä€😀"_s);
    row("utf8: a mark at the beginning stays", Utf8, "efbbbf41", u"\uFEFFA"_s);
    row("utf8: a mark in the middle stays", Utf8, "41efbbbf42", u"A\uFEFFB"_s);
    row("utf8: three bytes broken off", Utf8, "e28241", u"\uFFFDA"_s);
    row("utf8: four bytes broken off", Utf8, "f09f41", u"\uFFFDA"_s);
    row("utf8: four bytes broken off by others", Utf8, "f09f98e282ac", u"\uFFFD€"_s);
    row("utf8: two bytes broken off", Utf8, "c328", u"\uFFFD("_s);
    row("utf8: overlong", Utf8, "c080", u"\uFFFD\uFFFD"_s);
    row("utf8: a surrogate", Utf8, "eda080", u"\uFFFD\uFFFD\uFFFD"_s);
    row("utf8: a byte that never is", Utf8, "ff41", u"\uFFFDA"_s);
    row("utf8: beyond the last", Utf8, "f5808080", u"\uFFFD\uFFFD\uFFFD\uFFFD"_s);
    row("utf8: a lone continuation", Utf8, "80", u"\uFFFD"_s);
    row("utf8: unfinished at the end", Utf8, "41e282", u"A\uFFFD"_s);
    row("utf8: long unfinished at the end", Utf8, "f09f98", u"\uFFFD"_s);
    row("utf16le: a pair", Utf16le, "41003dd800de", u"A😀"_s);
    row("utf16le: half a pair at the end", Utf16le, "3dd8", QString(QChar(0xd83d)));
    row("utf16le: half a pair and a byte", Utf16le, "3dd800", QString(QChar(0xd83d)));
    row("utf16le: an odd byte", Utf16le, "41", QString());
    row("utf16le: half a pair before a letter", Utf16le, "3dd84100", QChar(0xd83d) + u"A"_s);
    row("latin1", Latin1, "41e4ff", u"Aäÿ"_s);
    row("ascii forgets the eighth bit", Ascii, "41e2ff", u"Ab\u007F"_s);
    row("hex", Hex, "00fF41", u"00ff41"_s);
    row("base64: nothing over", Base64, "000102", u"AAEC"_s);
    row("base64: one over", Base64, "00010203", u"AAECAw=="_s);
    row("base64: two over", Base64, "fbefff0001", u"++//AAE="_s);
    row("base64url: one over", Base64url, "fbefff00", u"--__AA"_s);
    row("base64url: two over", Base64url, "fbefff0001", u"--__AAE"_s);
}

void tst_Encodings::noCutCanBeSeen()
{
    QFETCH(TextEncoding, encoding);
    QFETCH(QByteArray, hex);
    QFETCH(QString, text);
    const QByteArray bytes = QByteArray::fromHex(hex);
    TextDecoder whole(encoding);
    QString result = whole.decode(bytes);
    QCOMPARE(result + whole.finish(), text);
    // Every way to cut it: a set bit is a cut after that byte.
    const int cuts = 1 << (bytes.size() - 1);
    for (int cut = 1; cut < cuts; ++cut) {
        TextDecoder decoder(encoding);
        result.clear();
        qsizetype from = 0;
        for (qsizetype i = 0; i < bytes.size(); ++i) {
            if (cut >> i & 1) {
                result += decoder.decode(bytes.mid(from, i + 1 - from));
                from = i + 1;
            }
        }
        result += decoder.decode(bytes.mid(from));
        QCOMPARE(result + decoder.finish(), text);
    }
}

void tst_Encodings::aSocketSpeaksTextInsteadOfData_data()
{
    QTest::addColumn<Socket::Encoding>("encoding");
    QTest::addColumn<QString>("text");
    using enum Socket::Encoding;
    QTest::newRow("utf8") << Utf8 << u"A€😀"_s;
    QTest::newRow("latin1") << Latin1 << u"Aâ\u0082¬ð\u009F\u0098\u0080"_s;
    QTest::newRow("ascii") << Ascii << u"Ab\u0002,p\u001F\u0018\u0000"_s;
    QTest::newRow("utf16le") << Utf16le << u"\uE241\uAC82\u9FF0\u8098"_s;
    QTest::newRow("hex") << Hex << u"41e282acf09f9880"_s;
    QTest::newRow("base64") << Base64 << u"QeKCrPCfmIA="_s;
    QTest::newRow("base64url") << Base64url << u"QeKCrPCfmIA"_s;
}

void tst_Encodings::aSocketSpeaksTextInsteadOfData()
{
    QFETCH(Socket::Encoding, encoding);
    QFETCH(QString, text);
    RawListener listener;
    Socket socket;
    socket.setEncoding(encoding);
    EventLog log(&socket);
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    RawPeer peer = listener.accept();
    const QByteArray bytes("A\xE2\x82\xAC\xF0\x9F\x98\x80");
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        QVERIFY(peer.write(bytes.mid(i, 1)));
        WAIT_FOR(socket.bytesRead() == i + 1);
    }
    peer.close();
    WAIT_FOR(log.contains(u"closed"_s));
    QCOMPARE(log.characters(), text);
    QCOMPARE(log.bytes(), QByteArray());
    QCOMPARE(log.text(), u"connected, ready, text %1, ended, finish, closed"_s.arg(text.size()));
}

void tst_Encodings::anUnfinishedCharacterIsToldAtTheEnd()
{
    RawListener listener;
    Socket socket;
    socket.setEncoding(Socket::Encoding::Utf8);
    EventLog log(&socket);
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    QVERIFY(listener.accept().write("A\xE2\x82"));
    COMPARE_EVENTS(log, "connected, ready, text 2, ended, finish, closed");
    QCOMPARE(log.characters(), u"A\uFFFD"_s);
}

void tst_Encodings::withoutAnEncodingItIsDataAgain()
{
    RawListener listener;
    Socket socket;
    socket.setEncoding(Socket::Encoding::Utf8);
    EventLog log(&socket);
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    RawPeer peer = listener.accept();
    QVERIFY(peer.write("text"));
    COMPARE_EVENTS(log, "connected, ready, text 4");
    socket.setEncoding(Socket::Encoding::None);
    QVERIFY(peer.write("data"));
    COMPARE_EVENTS(log, "connected, ready, text 4, data 4");
}

void tst_Encodings::whatWaitedIsDecodedToo()
{
    RawListener listener;
    Socket socket;
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    RawPeer peer = listener.accept();
    QVERIFY(peer.write("\xE2\x82"));
    WAIT_FOR(socket.readableLength() == 2);
    socket.setEncoding(Socket::Encoding::Utf8);
    QVERIFY(peer.write("\xAC"));
    WAIT_FOR(socket.readableLength() == 3);
    EventLog log(&socket);
    COMPARE_EVENTS(log, "text 1");
    QCOMPARE(log.characters(), u"€"_s);
}

void tst_Encodings::readTakesWholeCharacters()
{
    RawListener listener;
    Socket socket;
    socket.setEncoding(Socket::Encoding::Utf8);
    QByteArrayList taken;
    QString told;
    int readable = 0;
    connect(&socket, &Socket::text, this, [&](const QString &text) { told += text; });
    connect(&socket, &Socket::readyRead, this, [&] {
        ++readable;
        for (QByteArray bytes = socket.read(); !bytes.isEmpty(); bytes = socket.read())
            taken.append(bytes);
    });
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    RawPeer peer = listener.accept();
    const QByteArray bytes("A\xE2\x82\xAC\xF0\x9F\x98\x80\xE2\x82");
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        QVERIFY(peer.write(bytes.mid(i, 1)));
        WAIT_FOR(socket.bytesRead() == i + 1);
    }
    // Nothing is to be read while a character is not whole.
    QTRY_COMPARE(taken, QByteArrayList({"A", "\xE2\x82\xAC", "\xF0\x9F\x98\x80"}));
    QCOMPARE(readable, 3);
    QCOMPARE(socket.readableLength(), 2);
    peer.close();
    WAIT_FOR(socket.readableEnded());
    QCOMPARE(taken.value(3), QByteArray("\xE2\x82"));
    QCOMPARE(told, u"A€😀\uFFFD"_s);
}

void tst_Encodings::charactersAreCounted_data()
{
    QTest::addColumn<TextEncoding>("encoding");
    QTest::addColumn<QByteArray>("hex");
    QTest::addColumn<int>("length");
    QTest::addColumn<int>("bytes");
    using enum TextEncoding;
    const QByteArray text = "41e282acf09f98804280";
    QTest::newRow("utf8: one") << Utf8 << text << 1 << 1;
    QTest::newRow("utf8: two") << Utf8 << text << 2 << 4;
    QTest::newRow("utf8: half a pair") << Utf8 << text << 3 << 8;
    QTest::newRow("utf8: broken") << Utf8 << text << 6 << 10;
    QTest::newRow("utf8: too few") << Utf8 << text << 7 << 0;
    QTest::newRow("utf8: all") << Utf8 << text << -1 << 10;
    QTest::newRow("utf8: none of it whole") << Utf8 << QByteArray("f09f98") << -1 << 0;
    QTest::newRow("utf8: broken off") << Utf8 << QByteArray("e28241") << 1 << 2;
    QTest::newRow("utf16le: one") << Utf16le << QByteArray("41003dd800de4200") << 1 << 2;
    QTest::newRow("utf16le: pair") << Utf16le << QByteArray("41003dd800de4200") << 2 << 6;
    QTest::newRow("utf16le: unfinished") << Utf16le << QByteArray("41003dd800") << -1 << 2;
    QTest::newRow("hex: odd") << Hex << QByteArray("010203") << 3 << 2;
    QTest::newRow("base64: a group") << Base64 << QByteArray("01020304") << 2 << 3;
    QTest::newRow("base64: too few") << Base64 << QByteArray("01020304") << 5 << 0;
    QTest::newRow("latin1") << Latin1 << QByteArray("e4f6fc") << 2 << 2;
    QTest::newRow("nothing asked") << Utf8 << text << 0 << 0;
    QTest::newRow("nothing there") << Utf8 << QByteArray() << -1 << 0;
}

void tst_Encodings::charactersAreCounted()
{
    QFETCH(TextEncoding, encoding);
    QFETCH(QByteArray, hex);
    QFETCH(int, length);
    QFETCH(int, bytes);
    QCOMPARE(TextDecoder(encoding).bytesOf(QByteArray::fromHex(hex), length), qsizetype(bytes));
}

QTEST_GUILESS_MAIN(tst_Encodings)
#include "tst_encodings.moc"
