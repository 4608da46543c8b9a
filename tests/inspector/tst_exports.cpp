#include "inspector/exports/exportfile.h"
#include "inspector/exports/packets.h"
#include "inspector/exports/tables.h"
#include "inspector/models/filterparser.h"
#include "inspector/models/objectsource.h"
#include "scene.h"

#include <QBuffer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace inspector;
using namespace Qt::StringLiterals;
using namespace net::wire;

namespace {

QString errorText(int errorNumber)
{
    return QString::fromLocal8Bit(std::strerror(errorNumber));
}

} // namespace

class tst_Exports : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void csvIsQuoted();
    void jsonIsRead();
    void fileNamesDecide();
    void everyRowHasTheIdOfItsProcess();
    void theStateIsTheOneThatTheFilterKnows();
    void largeNumbersKeepTheirDigits();
    void whatIsForgottenMeanwhileIsCounted();
    void aFileThatCannotBeWrittenIsTold();
    void aPipeIsWrittenIntoAndStaysOne();
    void aFullDiskIsNamedAsTheReason();
};

/// A server's connection from port 1000 to 8124, which has moved so much.
static void addAccepted(QuietSession &quiet, quint64 received, quint64 sent)
{
    quiet.addProcess(1, u"demo"_s, 4711);
    quiet.add(1, Scene::server(1, u"echo"_s, 8124));
    const Description accepted = Scene::accepted(2, 1, 1000);
    quiet.add(1, accepted);
    quiet.count(1, Scene::counters(accepted, received, sent));
}

// All of a content at once.
template <typename Lines, typename... Rest>
static QByteArray linesOf(const QuietSession &quiet, Rest... rest)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    Lines lines(quiet.session.records(), buffer, 0, rest...);
    while (lines.writeNext())
        ;
    return lines.ok() ? buffer.data() : QByteArray();
}

void tst_Exports::csvIsQuoted()
{
    QuietSession quiet;
    quiet.addProcess(1, u"a \"demo\", with\nlines"_s, 4711);
    const QByteArray text = linesOf<ObjectLines>(quiet, LineForm::Csv);
    QVERIFY(text.startsWith("process,pid,id,server,kind,state,name,"));
    QVERIFY2(text.contains(",\"a \"\"demo\"\", with\nlines\","), text.constData());
    QVERIFY(text.endsWith("\r\n"));
}

void tst_Exports::jsonIsRead()
{
    QuietSession quiet;
    addAccepted(quiet, 100, 23);
    const QJsonArray rows = QJsonDocument::fromJson(linesOf<ObjectLines>(quiet, LineForm::Json)).array();
    QCOMPARE(rows.size(), 3);
    QCOMPARE(rows.at(2)[u"received"_s].toInteger(), 100);
    QCOMPARE(rows.at(2)[u"kind"_s].toString(), u"accepted"_s);

    const QByteArray none = linesOf<ObjectLines>(quiet, LineForm::Json, [](int) { return false; });
    QVERIFY(QJsonDocument::fromJson(none).isArray());
    QVERIFY(QJsonDocument::fromJson(none).array().isEmpty());
}

void tst_Exports::everyRowHasTheIdOfItsProcess()
{
    QuietSession quiet;
    addAccepted(quiet, 100, 23);
    quiet.addProcess(2, u"other"_s, 4712);
    quiet.add(2, Scene::client(2, u"c"_s, 80));
    QStringList rows;
    for (const QJsonValue row : QJsonDocument::fromJson(linesOf<ObjectLines>(quiet, LineForm::Json)).array())
        rows += u"%1 %2"_s.arg(row[u"pid"_s].toInt()).arg(row[u"kind"_s].toString());
    QCOMPARE(rows, (QStringList{u"4711 process"_s, u"4711 server"_s, u"4711 accepted"_s, u"4712 process"_s,
                                u"4712 client"_s}));
    QVERIFY(linesOf<ObjectLines>(quiet, LineForm::Csv).contains("\r\n1,4711,2,1,accepted,open,"));
}

// Whoever reads the table finds a row again by what stands in it.
void tst_Exports::theStateIsTheOneThatTheFilterKnows()
{
    QuietSession quiet;
    addAccepted(quiet, 100, 23);
    quint64 id = 3;
    for (const State state : {State::Idle, State::Resolving, State::Connecting, State::ReadEnded, State::WriteEnded,
                              State::Closed, State::Closing})
        quiet.add(1, Scene::client(id++, u"c"_s, 80, state));
    // It ended without a word, and what it had open with it.
    quiet.addProcess(2, u"killed"_s, 4712);
    quiet.objects().setState(quiet.objects().find({2, 0}), State::Open);
    quiet.add(2, Scene::client(2, u"c"_s, 80));
    quiet.objects().closeProcess(2, 50);
    quiet.addProcess(3, u"running"_s, 4713);
    quiet.objects().setState(quiet.objects().find({3, 0}), State::Open);

    QStringList states;
    const ObjectTable &objects = quiet.objects();
    const QJsonArray rows = QJsonDocument::fromJson(linesOf<ObjectLines>(quiet, LineForm::Json)).array();
    QCOMPARE(rows.size(), objects.size());
    for (int row = 0; row < objects.size(); ++row) {
        states += rows.at(row)[u"state"_s].toString();
        const auto filter = FilterParser().parse(u"state:"_s + states.constLast());
        QVERIFY2(filter && filter->matches(ObjectSource(objects, row, 0)), qPrintable(states.constLast()));
    }
    QCOMPARE(states, (QStringList{u"idle"_s, u"listening"_s, u"open"_s, u"idle"_s, u"resolving"_s, u"connecting"_s,
                                  u"read-ended"_s, u"write-ended"_s, u"closed"_s, u"closing"_s, u"ended"_s, u"closed"_s,
                                  u"running"_s}));
}

// A reader's doubles hold whole numbers up to 2^53.
void tst_Exports::largeNumbersKeepTheirDigits()
{
    QuietSession quiet;
    addAccepted(quiet, (1ULL << 53) + 1, 1ULL << 53);
    quiet.happen(1, {Scene::event(2, EventKind::Received, ~0ULL, 7)});
    const QJsonArray rows = QJsonDocument::fromJson(linesOf<ObjectLines>(quiet, LineForm::Json)).array();
    QCOMPARE(rows.at(2)[u"received"_s], QJsonValue(u"9007199254740993"_s));
    QCOMPARE(rows.at(2)[u"sent"_s], QJsonValue(1LL << 53));
    const QJsonArray events = QJsonDocument::fromJson(linesOf<EventLines>(quiet, LineForm::Json)).array();
    QCOMPARE(events.at(0)[u"a"_s], QJsonValue(u"18446744073709551615"_s));
    QCOMPARE(events.at(0)[u"b"_s], QJsonValue(7));
    QVERIFY(linesOf<EventLines>(quiet, LineForm::Csv).contains(",18446744073709551615,7,"));
}

// A live session goes on while its export is written bit by bit.
void tst_Exports::whatIsForgottenMeanwhileIsCounted()
{
    QuietSession quiet;
    addAccepted(quiet, 5, 0);
    Records &records = quiet.session.records();
    records.payloads.append({1, 2}, Scene::payload(2, Direction::Received, 0, "hello"));
    quiet.happen(1, QList<EventRecord>(3, Scene::event(2, EventKind::Received, 1, 1)));
    QBuffer packetFile;
    packetFile.open(QIODevice::WriteOnly);
    Packets packets(records, packetFile, 0);
    QBuffer eventFile;
    eventFile.open(QIODevice::WriteOnly);
    EventLines events(records, eventFile, 0, LineForm::Json);
    QVERIFY(packets.writeNext() && events.writeNext());
    QVERIFY(packets.progress() < 1 && events.progress() < 1);
    records.payloads.clear();
    records.events.clear();
    while (packets.writeNext())
        ;
    while (events.writeNext())
        ;
    QVERIFY(packets.ok() && events.ok());
    QCOMPARE(packets.progress(), 1.0);
    QCOMPARE(events.progress(), 1.0);
    QCOMPARE(packets.account().received, 0u);
    QCOMPARE(packets.account().receivedMissing, 5u);
    QCOMPARE(QJsonDocument::fromJson(eventFile.data()).array().size(), 1);
    QVERIFY2(events.summary().contains(u"2 more"_s), qPrintable(events.summary()));
}

void tst_Exports::fileNamesDecide()
{
    QVERIFY(canExport(u"/tmp/a.pcapng"_s));
    QVERIFY(canExport(u"a.EVENTS.CSV"_s));
    QVERIFY(!canExport(u"/tmp/pcapng"_s));
    QuietSession quiet;
    addAccepted(quiet, 1, 1);
    QTemporaryDir place;
    for (const QString &ending : exportEndings()) {
        const QString file = place.filePath(u"x"_s + ending);
        QCOMPARE(exportTo(file, quiet.session.records()).problem, QString());
        QVERIFY(QFile::exists(file));
    }
}

void tst_Exports::aFileThatCannotBeWrittenIsTold()
{
    const QuietSession quiet;
    QVERIFY(exportTo(u"/nowhere/at/all.csv"_s, quiet.session.records()).problem.contains(u"/nowhere/at/all.csv"_s));
    QVERIFY(exportTo(u"/tmp/x.png"_s, quiet.session.records()).problem.contains(u".pcapng"_s));
}

// Not a device, which a mistake would replace for the whole system if root makes it.
void tst_Exports::aPipeIsWrittenIntoAndStaysOne()
{
    QuietSession quiet;
    addAccepted(quiet, 1, 1);
    QTemporaryDir place;
    const QString pipe = place.filePath(u"pipe.csv"_s);
    QCOMPARE(::mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
    const int reader = ::open(QFile::encodeName(pipe).constData(), O_RDONLY | O_NONBLOCK);
    QVERIFY(reader >= 0);
    const QString link = place.filePath(u"link.csv"_s);
    QVERIFY(QFile::link(pipe, link));
    QCOMPARE(exportTo(link, quiet.session.records()).problem, QString());
    QVERIFY(QFileInfo(link).isSymLink() && QFileInfo(pipe).exists() && !QFileInfo(pipe).isFile());
    QByteArray read(64'000, 0);
    read.truncate(::read(reader, read.data(), std::size_t(read.size())));
    QFile plain(place.filePath(u"plain.csv"_s));
    QCOMPARE(exportTo(plain.fileName(), quiet.session.records()).problem, QString());
    QVERIFY(plain.open(QIODevice::ReadOnly));
    QCOMPARE(read, plain.readAll());
    ::close(reader);

    // The reader leaves before anything is written.
    const int leaver = ::open(QFile::encodeName(pipe).constData(), O_RDONLY | O_NONBLOCK);
    Export work(pipe, quiet.session.records());
    QCOMPARE(work.begin(), QString());
    ::close(leaver);
    while (work.writeOn(std::chrono::hours(1)))
        ;
    QCOMPARE(work.problem(), u"%1 could not be written: %2"_s.arg(pipe, errorText(EPIPE)));
}

// As on a disk that becomes full: a part can be written, and then no more.
void tst_Exports::aFullDiskIsNamedAsTheReason()
{
    QuietSession quiet;
    addAccepted(quiet, 1, 1);
    quiet.happen(1, QList<EventRecord>(10'000, Scene::event(2, EventKind::Received, 1, 1)));
    QTemporaryDir place;
    const QString file = place.filePath(u"x.events.json"_s);
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit before = {};
    ::getrlimit(RLIMIT_FSIZE, &before);
    const rlimit little = {100'000, before.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &little);
    const QString problem = exportTo(file, quiet.session.records()).problem;
    ::setrlimit(RLIMIT_FSIZE, &before);
    QCOMPARE(problem, u"%1 could not be written: %2"_s.arg(file, errorText(EFBIG)));
    QVERIFY(QDir(place.path()).isEmpty());
}

QTEST_GUILESS_MAIN(tst_Exports)
#include "tst_exports.moc"
