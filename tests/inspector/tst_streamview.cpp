// The stream in a whole window, by keys and by what is drawn.
#include "desk.h"
#include "inspector/models/bytetext.h"
#include "inspector/models/streamsearch.h"
#include "inspector/views/colours.h"
#include "inspector/views/streamview.h"

#include <QApplication>
#include <QClipboard>
#include <QMenu>
#include <QPainter>
#include <QProcess>
#include <QPushButton>
#include <QScrollBar>
#include <QTest>
#include <QToolButton>

using namespace inspector;
using namespace Qt::StringLiterals;
using namespace net::wire;

namespace {

using Places = QList<std::pair<qsizetype, qsizetype>>;

StreamLines linesOf(const QByteArray &bytes, StreamLines::Mode mode = StreamLines::Mode::Text)
{
    StreamLines lines;
    lines.setMode(mode);
    lines.setWidth(mode == StreamLines::Mode::Hex ? StreamLines::hexWidth(16) : 16);
    lines.append({.direction = Direction::Received, .bytes = bytes});
    return lines;
}

/// A window whose connection 2 has said something.
class Talk : public Desk
{
public:
    bool begin(const QByteArray &text)
    {
        if (!isReady())
            return false;
        click({1, 2});
        return QTest::qWaitFor([this] { return !agent.captures.isEmpty(); }) && hear(text) &&
               QTest::qWaitFor([this] { return stream()->isVisible(); });
    }
    bool hear(const QByteArray &text, Direction direction = Direction::Received)
    {
        const int before = lines().size();
        say(Scene::payload(2, direction, m_heard[direction == Direction::Sent], text));
        m_heard[direction == Direction::Sent] += static_cast<quint64>(text.size());
        return QTest::qWaitFor([&] { return lines().size() > before; });
    }
    StreamView *stream() { return window.findChild<StreamView *>(); }
    const StreamLines &lines() { return window.workspace().stream.lines(); }
    int drawn(const QColor &colour)
    {
        const QImage image = stream()->viewport()->grab().toImage();
        int count = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x)
                count += image.pixelColor(x, y) == colour;
        }
        return count;
    }

private:
    quint64 m_heard[2] = {0, 0};
};

} // namespace

class tst_StreamView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatWasFoundStaysInSight();
    void allLettersHaveTwoCases();
    void aMatchIsMarkedWhereverItStands();
    void matchesInHexAreMarked();
    void aChosenLineIsReadable();
    void keysGoFromMessageToMessage();
    void bytesAreCopiedAsALiteral();
    void bytesAreCopiedForNetcat();
};

void tst_StreamView::whatWasFoundStaysInSight()
{
    Talk talk;
    QByteArray text;
    for (int i = 0; i < 100; ++i)
        text += "line " + QByteArray::number(i) + (i == 98 ? " needle\n" : "\n");
    QVERIFY(talk.begin(text));
    StreamView *const stream = talk.stream();
    auto *const pill = stream->findChild<QPushButton *>(u"latest"_s);
    QVERIFY(stream->isFollowing());
    QVERIFY(!pill->isVisible());
    QVERIFY(stream->find(u"needle"_s, true)); // on the last page
    QVERIFY(!stream->isFollowing());
    QCOMPARE(pill->text(), u"▼ latest"_s);
    const QString before = stream->visibleText();
    QVERIFY(talk.hear(QByteArray(200, '\n')));
    QCOMPARE(stream->visibleText().section(u'\n', 0, 0), before.section(u'\n', 0, 0));
    QVERIFY(stream->visibleText().contains(u"needle"_s));
    QCOMPARE(pill->text(), u"▼ latest (200 new)"_s);
    const QByteArray chosen = stream->chosenBytes();
    talk.window.resize(talk.window.width() - 60, talk.window.height()); // lines are broken elsewhere
    QTRY_VERIFY(stream->visibleText().contains(u"needle"_s));
    QCOMPARE(stream->chosenBytes(), chosen);
    QTest::mouseClick(pill, Qt::LeftButton);
    QVERIFY(stream->isFollowing());
    QVERIFY(!pill->isVisible());
    QCOMPARE(stream->verticalScrollBar()->value(), stream->verticalScrollBar()->maximum());
    QVERIFY(stream->find(u"needle"_s, true));
    QTest::keyClick(stream, Qt::Key_End);
    QVERIFY(stream->isFollowing());
}

void tst_StreamView::allLettersHaveTwoCases()
{
    const StreamLines lines = linesOf("one\nDie ÄPFEL\nthe \xff\xff äpfel\n");
    const StreamSearch search(u"äpfel"_s, StreamLines::Mode::Text);
    QCOMPARE(search.find(lines, -1, true), 1);
    QCOMPARE(search.places(lines, 1), (Places{{4, 6}}));
    QCOMPARE(search.find(lines, 1, true), 2);
    QCOMPARE(search.places(lines, 2), (Places{{7, 6}})); // what is broken takes a byte each
    QVERIFY(search.places(lines, 0).isEmpty());
    QCOMPARE(StreamSearch(u"ÄPFEL"_s, StreamLines::Mode::Text).find(lines, 1, true), 2);
}

void tst_StreamView::aMatchIsMarkedWhereverItStands()
{
    const StreamLines text = linesOf("0123456789abcdefNEEdle needle");
    QCOMPARE(StreamSearch(u"efNEE"_s, StreamLines::Mode::Text).places(text, 0), (Places{{14, 2}}));
    QCOMPARE(StreamSearch(u"efNEE"_s, StreamLines::Mode::Text).places(text, 1), (Places{{0, 3}}));
    QCOMPARE(StreamSearch(u"needle"_s, StreamLines::Mode::Text).places(text, 1), (Places{{0, 6}, {7, 6}}));
    const StreamLines hex = linesOf("0123456789abcdefNEEdle", StreamLines::Mode::Hex);
    QCOMPARE(StreamSearch(u"66 4e"_s, StreamLines::Mode::Hex).places(hex, 0), (Places{{15, 1}}));
    QCOMPARE(StreamSearch(u"66 4e"_s, StreamLines::Mode::Hex).places(hex, 1), (Places{{0, 1}}));
    QCOMPARE(StreamSearch(u"needle"_s, StreamLines::Mode::Hex).places(hex, 1), (Places{{0, 6}}));
}

void tst_StreamView::matchesInHexAreMarked()
{
    Talk talk;
    QVERIFY(talk.begin("first of all\r\nsecond\r\nfirst of them\r\n"));
    StreamView *const stream = talk.stream();
    talk.window.findChild<QToolButton *>(u"streamHex"_s)->click();
    QImage sample(1, 1, QImage::Format_RGB32);
    sample.fill(stream->palette().color(QPalette::Base));
    QPainter(&sample).fillRect(sample.rect(), Colours::of(stream->palette()).changed);
    const QColor marked = sample.pixelColor(0, 0);
    QCOMPARE(talk.drawn(marked), 0);
    QVERIFY(stream->find(u"0d 0a"_s, true));
    QVERIFY(talk.drawn(marked) > 20); // on the lines that are not chosen
}

void tst_StreamView::aChosenLineIsReadable()
{
    Talk talk;
    QVERIFY(talk.begin("GET /\n"));
    StreamView *const stream = talk.stream();
    const Colours &colours = Colours::of(stream->palette());
    QVERIFY(talk.drawn(colours.dim) > 0); // the time
    QTest::mouseClick(stream->viewport(), Qt::LeftButton, {}, {50, 3});
    QCOMPARE(stream->chosenBytes(), "GET /\n");
    QCOMPARE(talk.drawn(colours.dim), 0);
    QVERIFY(talk.drawn(stream->palette().color(QPalette::HighlightedText)) > 0);
    // Of the direction's colour, the band along the edge is left.
    QCOMPARE(talk.drawn(colours.in), 3 * (stream->fontMetrics().height() + 1));
}

void tst_StreamView::keysGoFromMessageToMessage()
{
    Talk talk;
    QVERIFY(talk.begin("GET /\nHost: a\n\n"));
    QVERIFY(talk.hear("200\n\nbody\n", Direction::Sent));
    QVERIFY(talk.hear("GET /more\n\n"));
    StreamView *const stream = talk.stream();
    QTest::keyClick(stream, Qt::Key_Home);
    QStringList chosen;
    const auto press = [&](Qt::Key key) {
        QTest::keyClick(stream, key, Qt::ControlModifier);
        chosen += QString::fromUtf8(stream->chosenBytes()).trimmed();
    };
    for (int i = 0; i < 4; ++i)
        press(Qt::Key_Down); // the last time there is none
    QCOMPARE(chosen, (QStringList{u"GET /"_s, u"200"_s, u"GET /more"_s, u"GET /more"_s}));
    chosen.clear();
    press(Qt::Key_Up);
    press(Qt::Key_Up);
    QCOMPARE(chosen, (QStringList{u"200"_s, u"GET /"_s}));
    QVERIFY(!stream->isFollowing());
    QContextMenuEvent asked(QContextMenuEvent::Keyboard, QPoint(), QPoint());
    QApplication::sendEvent(stream->viewport(), &asked);
    QTRY_VERIFY(QApplication::activePopupWidget());
    auto *const menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    const auto actions = menu->actions();
    const auto next = std::ranges::find(actions, u"Ne&xt message"_s, &QAction::text);
    QVERIFY(next != actions.end());
    (*next)->trigger();
    QCOMPARE(stream->chosenBytes(), "200\n"_ba);
    const auto netcat = std::ranges::find(actions, u"Copy as &nc line"_s, &QAction::text);
    QVERIFY(netcat != actions.end());
    (*netcat)->trigger();
    QCOMPARE(QApplication::clipboard()->text(), u"printf 'GET /\\n' | nc '127.0.0.1' 8124\n"_s);
    menu->close();
}

void tst_StreamView::bytesAreCopiedAsALiteral()
{
    QCOMPARE(byteText(ByteForm::QtLiteral, {}), u"QByteArrayLiteral(\"\")"_s);
    QCOMPARE(byteText(ByteForm::QtLiteral, QByteArray("a\0001\"\\\r\n\xff\t%", 10)),
             u"QByteArrayLiteral(\"a\\0001\\\"\\\\\\r\\n\"\n                  \"\\377\\t%\")"_s);
}

void tst_StreamView::bytesAreCopiedForNetcat()
{
    QCOMPARE(netcatLine("it's 5%\r\n", u"[::1]:80"_s), u"printf 'it\\047s 5%%\\r\\n' | nc '::1' 80\n"_s);
    QCOMPARE(netcatLine("x", u"/tmp/it's"_s), u"printf 'x' | nc -U '/tmp/it'\\''s'\n"_s);
    QCOMPARE(netcatLine("x", u"@abstract:1"_s), QString());
    QCOMPARE(netcatLine("x", {}), QString());
    // What a shell makes of it is what it was.
    QByteArray all;
    for (int i = 0; i < 256; ++i)
        all += static_cast<char>(i);
    QProcess shell;
    shell.start(u"sh"_s, {u"-c"_s, netcatLine(all, u"host:1"_s).section(u" | nc"_s, 0, -2)});
    QVERIFY(shell.waitForFinished());
    QCOMPARE(shell.readAllStandardOutput(), all);
}

QTEST_MAIN(tst_StreamView)
#include "tst_streamview.moc"
