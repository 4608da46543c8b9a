#include "inspector/models/streammodel.h"
#include "scene.h"

#include <QSignalSpy>
#include <QTest>

using namespace inspector;
using namespace Qt::StringLiterals;
using namespace net::wire;

namespace {

QStringList printed(const StreamLines &lines)
{
    QStringList texts;
    for (int i = 0; i < lines.size(); ++i) {
        const StreamLines::Line line = lines.at(i);
        const QString glyph = line.note ? u"…"_s : line.direction == Direction::Sent ? u"▲"_s : u"▼"_s;
        texts += glyph + (line.first ? u"! "_s : u"  "_s) + line.text +
                 (line.plain.isEmpty() ? QString() : u" | "_s + line.plain);
    }
    return texts;
}

PayloadPiece piece(const QByteArray &bytes, Direction direction = Direction::Received, quint64 offset = 0)
{
    return {.offset = offset, .direction = direction, .bytes = bytes};
}

} // namespace

class tst_Stream : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void breaksTextAtNewlinesAndTheWidth();
    void neverSplitsACharacter();
    void showsHexInRowsOfSixteen();
    void orOfEightWhereThereIsNoRoom();
    void tellsOfHolesAndRedaction();
    void showsControlCharacters();
    void givesTheBytesBack();
    void isBounded();
    void followsTheChosenSocket();
    void saysWhyItIsEmpty();
};

void tst_Stream::breaksTextAtNewlinesAndTheWidth()
{
    StreamLines lines;
    lines.setWidth(16);
    lines.append(piece("GET / HTTP/1.1\r\nHost: localhost.localdomain\r\n\r\n"));
    lines.append(piece("ok", Direction::Sent));
    QCOMPARE(printed(lines), (QStringList{u"▼! GET / HTTP/1.1↵"_s, u"▼  Host: localhost."_s, u"▼  localdomain↵"_s,
                                          u"▼  ↵"_s, u"▲! ok"_s}));
}

void tst_Stream::neverSplitsACharacter()
{
    StreamLines lines;
    lines.setWidth(16);
    lines.append(piece("123456789012345\xe2\x82\xac!")); // the euro sign would begin at the last byte of the line
    QCOMPARE(printed(lines), (QStringList{u"▼! 123456789012345"_s, u"▼  €!"_s}));
    lines.clear();
    lines.append(piece(QByteArray(40, '\x80'))); // nothing but broken bytes: still bounded and whole
    qsizetype shown = 0;
    for (int i = 0; i < lines.size(); ++i)
        shown += lines.bytes(i, i).size();
    QCOMPARE(shown, 40);
}

void tst_Stream::showsHexInRowsOfSixteen()
{
    StreamLines lines;
    lines.setMode(StreamLines::Mode::Hex);
    lines.append(piece("abcdefghijklmnop\x01q", Direction::Sent, 32));
    QCOMPARE(printed(lines), (QStringList{u"▲! 61 62 63 64 65 66 67 68  69 6a 6b 6c 6d 6e 6f 70 | abcdefghijklmnop"_s,
                                          u"▲  01 71 | ·q"_s}));
    QCOMPARE(lines.at(1).offset, 48u);
}

void tst_Stream::orOfEightWhereThereIsNoRoom()
{
    StreamLines lines;
    lines.setMode(StreamLines::Mode::Hex);
    lines.setWidth(StreamLines::hexWidth(16) - 1);
    QCOMPARE(lines.capacity(), 8);
    lines.append(piece("abcdefghij"));
    QCOMPARE(printed(lines), (QStringList{u"▼! 61 62 63 64 65 66 67 68 | abcdefgh"_s, u"▼  69 6a | ij"_s}));
    lines.setWidth(StreamLines::hexWidth(16));
    QCOMPARE(lines.capacity(), 16);
}

void tst_Stream::tellsOfHolesAndRedaction()
{
    StreamLines lines;
    PayloadPiece one = piece("abc");
    one.missing = 2048;
    one.redacted = true;
    lines.append(one);
    QCOMPARE(printed(lines),
             (QStringList{u"…  2.0 KiB were not captured here, redacted by the application"_s, u"▼! abc"_s}));
    one.bytes.clear(); // redacted to nothing is said, too
    lines.append(one);
    QCOMPARE(lines.size(), 3);
}

void tst_Stream::showsControlCharacters()
{
    QCOMPARE(visibleText(QByteArray("a\0b\x1b\t\x7f", 6)), u"a·b· ·"_s);
    // As they are said, not as they would have it.
    QCOMPARE(visibleText("pay \u202E001$\u202C to \u2067x\u2069\u200F"),
             u"pay \uFFFD001$\uFFFD to \uFFFDx\uFFFD\uFFFD"_s);
    QCOMPARE(visibleText("שלום"), u"שלום"_s);
}

void tst_Stream::givesTheBytesBack()
{
    StreamLines lines;
    const QByteArray all = "first\nsecond\0third"_ba;
    lines.append(piece(all));
    QCOMPARE(lines.bytes(0, lines.size() - 1), all);
    QCOMPARE(lines.bytes(0, 0), "first\n"_ba);
    QCOMPARE(lines.bytes(5, 99), QByteArray());
}

void tst_Stream::isBounded()
{
    StreamLines lines;
    for (int i = 0; i < 15; ++i)
        lines.append(piece(QByteArray(10'000, '\n')));
    QCOMPARE(lines.trim(), 50'000);
    QCOMPARE(lines.size(), StreamLines::lineLimit);
}

void tst_Stream::followsTheChosenSocket()
{
    QuietSession quiet;
    quiet.addProcess(1, u"demo"_s, 4711);
    quiet.add(1, Scene::client(2, u"c"_s, 80));
    quiet.add(1, Scene::client(3, u"d"_s, 80));
    quiet.session.endFrame();
    LiveView view(quiet.session);
    StreamModel model(view);
    PayloadStore &store = quiet.session.records().payloads;
    store.append({1, 2}, Scene::payload(2, Direction::Sent, 0, "early"));
    store.append({1, 3}, Scene::payload(3, Direction::Sent, 0, "other"));
    model.setSubject({1, 2});
    QCOMPARE(printed(model.lines()), QStringList{u"▲! early"_s});

    QSignalSpy advanced(&model, &StreamModel::advanced);
    store.append({1, 2}, Scene::payload(2, Direction::Received, 0, "answer"));
    quiet.session.endFrame();
    QCOMPARE(advanced.count(), 1);
    QCOMPARE(printed(model.lines()), (QStringList{u"▲! early"_s, u"▼! answer"_s}));

    view.setPaused(true);
    store.append({1, 2}, Scene::payload(2, Direction::Sent, 5, "later"));
    quiet.session.endFrame();
    QCOMPARE(model.lines().size(), 2);
    view.setPaused(false);
    QCOMPARE(model.lines().size(), 3);

    model.setMode(StreamLines::Mode::Hex);
    QCOMPARE(model.lines().at(0).text, u"65 61 72 6c 79"_s);
    model.setSubject({1, 3});
    QCOMPARE(model.lines().at(0).plain, u"other"_s);
    store.clear();
    quiet.session.endFrame();
    QCOMPARE(model.lines().size(), 0);
}

void tst_Stream::saysWhyItIsEmpty()
{
    QuietSession quiet;
    quiet.addProcess(1, u"demo"_s, 4711);
    quiet.add(1, Scene::server(1, u"echo"_s, 80));
    quiet.add(1, Scene::client(2, u"c"_s, 80));
    quiet.session.endFrame();
    LiveView view(quiet.session);
    StreamModel model(view);
    QCOMPARE(model.vacancy(), StreamModel::Vacancy::NoSubject);
    model.setSubject({1, 1});
    QCOMPARE(model.vacancy(), StreamModel::Vacancy::NotASocket);
    model.setSubject({1, 2});
    QCOMPARE(model.vacancy(), StreamModel::Vacancy::NotAttached);
    PayloadStore &store = quiet.session.records().payloads;
    store.append({1, 2}, Scene::payload(2, Direction::Sent, 0, "x"));
    quiet.session.endFrame();
    QCOMPARE(model.vacancy(), StreamModel::Vacancy::None);
    // One that says more than is kept.
    store.append({1, 3}, Scene::payload(3, Direction::Sent, 0, QByteArray(quiet.session.options().payloadBytes, 'y')));
    quiet.session.endFrame();
    QCOMPARE(model.vacancy(), StreamModel::Vacancy::MadeRoom);
}

QTEST_GUILESS_MAIN(tst_Stream)
#include "tst_stream.moc"
