#include "inspector/models/filterparser.h"
#include "inspector/models/filterstate.h"
#include "inspector/models/filtervalue.h"
#include "inspector/models/objectsource.h"
#include "scene.h"

#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

using namespace inspector;
using namespace Qt::StringLiterals;

namespace {

/// A row of which everything is known beforehand.
class Echo final : public FilterSource
{
public:
    QString text(Field field) const override
    {
        switch (field) {
        case Field::Name:
            return u"#17"_s;
        case Field::Server:
            return u"echo"_s;
        case Field::State:
            return u"read-ended half-open"_s;
        case Field::Remote:
            return u"10.1.2.3:4000"_s;
        case Field::Address:
            return u"[::1]:8124\n10.1.2.3:4000"_s;
        case Field::Any:
            return u"#17\nopen\n127.0.0.1:80\nGruß"_s;
        default:
            return {};
        }
    }
    double number(Field field, bool second) const override
    {
        switch (field) {
        case Field::Port:
            return second ? 4000 : 8124;
        case Field::Bytes:
            return second ? -1 : 2'000'000;
        case Field::Age:
            return second ? -1 : 90;
        default:
            return -1;
        }
    }
};

} // namespace

class tst_Filter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTheGrammar_data();
    void readsTheGrammar();
    void judgesARow_data();
    void judgesARow();
    void findsAnAddressThatIsMappedIntoIPv6_data();
    void findsAnAddressThatIsMappedIntoIPv6();
    void findsAProcessByItsNumber();
    void aStarAloneAsksWhetherThereIsAny_data();
    void aStarAloneAsksWhetherThereIsAny();
    void refusesInWords_data();
    void refusesInWords();
    void readsNumbersWithUnits_data();
    void readsNumbersWithUnits();
    void survivesNonsense();
    void boundsNestingAndLength();
    void keepsTheLastGoodFilter();
};

void tst_Filter::readsTheGrammar_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("structure");
    QTest::newRow("nothing") << u"  "_s << u"all()"_s;
    QTest::newRow("a word") << u"echo"_s << u"any:echo"_s;
    QTest::newRow("and binds tighter than or") << u"a b or c"_s << u"any(all(any:a, any:b), any:c)"_s;
    QTest::newRow("signs") << u"a & b | !c"_s << u"any(all(any:a, any:b), none(any:c))"_s;
    QTest::newRow("words in any case") << u"a AND b OR NOT c"_s << u"any(all(any:a, any:b), none(any:c))"_s;
    QTest::newRow("brackets") << u"(a or b) -c"_s << u"all(any(any:a, any:b), none(any:c))"_s;
    QTest::newRow("double negation") << u"--a"_s << u"none(none(any:a))"_s;
    QTest::newRow("no blanks") << u"port>1024"_s << u"port>1024"_s;
    QTest::newRow("blanks") << u"port >= 1024"_s << u"port>=1024"_s;
    QTest::newRow("units") << u"bytes>1M"_s << u"bytes>1048576"_s;
    QTest::newRow("quotes keep blanks") << u"name=\"a b\""_s << u"name=a b"_s;
    QTest::newRow("quotes keep escaped quotes") << u"name=\"a\\\"b\""_s << u"name=a\"b"_s;
    QTest::newRow("an address is a word") << u"127.0.0.1:80"_s << u"any:127.0.0.1:80"_s;
    QTest::newRow("so is an IPv6 one") << u"::1"_s << u"any:::1"_s;
    QTest::newRow("a value may hold colons") << u"remote:[::1]:80"_s << u"remote:[::1]:80"_s;
    QTest::newRow("a value may begin with a slash") << u"local:/run/a.sock"_s << u"local:/run/a.sock"_s;
    QTest::newRow("a value may be a keyword") << u"name:or"_s << u"name:or"_s;
    QTest::newRow("the whole of it") << u"state:open remote:10.* port>1024 bytes>1M -server:echo or \"x\""_s
                                     << u"any(all(state:open, remote~^10\\..*$, port>1024, bytes>1048576, "
                                        "none(server:echo)), any:x)"_s;
}

void tst_Filter::readsTheGrammar()
{
    QFETCH(QString, text);
    QFETCH(QString, structure);
    FilterParser parser;
    const std::optional<Filter> filter = parser.parse(text);
    QVERIFY2(filter, qPrintable(parser.error().message));
    QCOMPARE(filter->toString(), structure);
}

void tst_Filter::judgesARow_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("passes");
    QTest::newRow("empty") << QString() << true;
    QTest::newRow("a word anywhere") << u"gruß"_s << true;
    QTest::newRow("a word nowhere") << u"nowhere"_s << false;
    QTest::newRow("either word of a state") << u"state:half-open state:read-ended"_s << true;
    QTest::newRow("another state") << u"state:open"_s << false;
    QTest::newRow("not another state") << u"state!=open"_s << true;
    QTest::newRow("a pattern of a state") << u"state:half*"_s << true;
    QTest::newRow("a pattern is anchored") << u"remote:1.2.*"_s << false;
    QTest::newRow("a pattern") << u"remote:10.*"_s << true;
    QTest::newRow("no pattern: contained") << u"remote:1.2."_s << true;
    QTest::newRow("exactly one of both ends") << u"address=10.1.2.3:4000"_s << true;
    QTest::newRow("a pattern for one of both ends") << u"address:10.*"_s << true;
    QTest::newRow("regular expression") << u"remote~^\\d+\\.1"_s << true;
    QTest::newRow("either port") << u"port:4000 port=8124"_s << true;
    QTest::newRow("neither port") << u"port!=80"_s << true;
    QTest::newRow("one port is it") << u"port!=8124"_s << false;
    QTest::newRow("size") << u"bytes>1.5M"_s << true;
    QTest::newRow("too small") << u"bytes>2M"_s << false;
    QTest::newRow("duration") << u"age>=1m age<2m"_s << true;
    QTest::newRow("not there at all") << u"queue<10"_s << false;
    QTest::newRow("not") << u"-server:echo"_s << false;
    QTest::newRow("or") << u"nowhere or server:echo"_s << true;
}

void tst_Filter::judgesARow()
{
    QFETCH(QString, text);
    QFETCH(bool, passes);
    FilterParser parser;
    const std::optional<Filter> filter = parser.parse(text);
    QVERIFY2(filter, qPrintable(parser.error().message));
    QCOMPARE(filter->matches(Echo()), passes);
}

/// What \a filter lets pass of \a quiet, by numbers of objects.
static QList<quint64> passing(QuietSession &quiet, const QString &text)
{
    QList<quint64> subjects;
    const std::optional<Filter> filter = FilterParser().parse(text);
    for (int row = 0; filter && row < quiet.objects().size(); ++row) {
        if (filter->matches(ObjectSource(quiet.objects(), row, 0)))
            subjects += quiet.objects().identity(row).key.subject;
    }
    return subjects;
}

// As on a server that listens on every address: what the system calls ::ffff:10.1.0.7, people call 10.1.0.7.
void tst_Filter::findsAnAddressThatIsMappedIntoIPv6_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("passes");
    QTest::newRow("a pattern") << u"remote:10.1.*"_s << true;
    QTest::newRow("regular expression") << u"remote~\"^10\\.(1|2)\\.\""_s << true;
    QTest::newRow("exactly") << u"remote=10.1.0.7:4000"_s << true;
    QTest::newRow("anything else") << u"remote!=10.1.0.7:4000"_s << false;
    QTest::newRow("a bare word") << u"10.1.0.7:4000"_s << true;
    QTest::newRow("the other end") << u"local:127.0.0.*"_s << true;
    QTest::newRow("a bare word of it") << u"127.0.0.1:7777"_s << true;
    QTest::newRow("either end") << u"address:10.* address:127.*"_s << true;
    QTest::newRow("another one") << u"remote:10.2.*"_s << false;
    QTest::newRow("as it is shown") << u"remote=[::ffff:10.1.0.7]:4000"_s << true;
    QTest::newRow("the socket's family") << u"family:ipv6"_s << true;
    QTest::newRow("not the address's") << u"family:ipv4"_s << false;
}

void tst_Filter::findsAnAddressThatIsMappedIntoIPv6()
{
    QFETCH(QString, text);
    QFETCH(bool, passes);
    QuietSession quiet;
    net::wire::Description socket = Scene::accepted(2, 1, 4000);
    socket.record.localFamily = socket.record.remoteFamily = net::wire::Family::IPv6;
    socket.record.localPort = 7777;
    socket.localAddress = u"::ffff:127.0.0.1"_s;
    socket.remoteAddress = u"::ffff:10.1.0.7"_s;
    quiet.add(1, socket);
    QCOMPARE(passing(quiet, text), passes ? QList<quint64>{2} : QList<quint64>());
}

void tst_Filter::findsAProcessByItsNumber()
{
    QuietSession quiet;
    quiet.addProcess(1, u"demo"_s, 22093);
    quiet.add(1, Scene::client(4, u"fetcher"_s, 80));
    quiet.addProcess(2, u"demo"_s, 31007);
    const SubjectKey shown{1, 0}; // "demo (22093)"
    const std::optional<Filter> filter = FilterParser().parse(u"22093"_s);
    const ObjectTable &table = quiet.objects();
    QVERIFY(filter->matches(ObjectSource(table, table.find(shown), 0)));
    QVERIFY(filter->matches(ObjectSource(table, table.find({1, 4}), 0))); // as by its process's name
    QVERIFY(!filter->matches(ObjectSource(table, table.find({2, 0}), 0)));
}

void tst_Filter::aStarAloneAsksWhetherThereIsAny_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QList<quint64>>("passing");
    QTest::newRow("has failed") << u"error:*"_s << QList<quint64>{3};
    QTest::newRow("has not") << u"-error:*"_s << QList<quint64>{1, 2};
    QTest::newRow("two of them are one") << u"error:**"_s << QList<quint64>{3};
    QTest::newRow("has a peer") << u"remote:*"_s << QList<quint64>{2, 3};
    QTest::newRow("has an address") << u"address:*"_s << QList<quint64>{1, 2, 3};
    QTest::newRow("of a server") << u"server:*"_s << QList<quint64>{1, 2};
    QTest::newRow("words") << u"state:*"_s << QList<quint64>{1, 2, 3};
    QTest::newRow("words that may be missing") << u"is:*"_s << QList<quint64>{2};
    QTest::newRow("with more around it") << u"error:*refused*"_s << QList<quint64>{3};
}

void tst_Filter::aStarAloneAsksWhetherThereIsAny()
{
    QFETCH(QString, text);
    QuietSession quiet;
    quiet.add(1, Scene::server(1, u"echo"_s, 8124));
    net::wire::Description accepted = Scene::accepted(2, 1, 4000);
    accepted.counters.flags = 1;
    quiet.add(1, accepted);
    net::wire::Description failed = Scene::client(3, u"fetcher"_s, 80);
    failed.errorMessage = u"connect ECONNREFUSED: refused"_s;
    quiet.add(1, failed);
    QTEST(passing(quiet, text), "passing");
}

void tst_Filter::refusesInWords_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("message");
    QTest::addColumn<int>("position");
    QTest::newRow("unknown field") << u"a colour:red"_s
                                   << u"unknown field \"colour\"; put the text in quotes to search for it"_s << 2;
    QTest::newRow("unknown word") << u"family:ipx"_s << u"\"family\" is one of: ipv4, ipv6, local"_s << 7;
    QTest::newRow("no number") << u"port>many"_s << u"\"port\" takes a number"_s << 5;
    QTest::newRow("no size") << u"bytes>1X"_s << u"\"bytes\" takes a size such as 512, 10k or 1.5M"_s << 6;
    QTest::newRow("no time") << u"age>1M1"_s << u"\"age\" takes a time such as 500ms, 10s or 2m"_s << 4;
    QTest::newRow("a text has no order") << u"name>a"_s << u"\"name\" is a text: use :, =, != or ~"_s << 4;
    QTest::newRow("open bracket") << u"(a or b"_s << u"this parenthesis is not closed"_s << 0;
    QTest::newRow("closing bracket") << u"a)"_s << u"nothing to close here"_s << 1;
    QTest::newRow("empty brackets") << u"()"_s << u"a word or a field is missing before \")\""_s << 1;
    QTest::newRow("open quote") << u"name=\"a"_s << u"this quote is not closed"_s << 5;
    QTest::newRow("no value") << u"port>"_s << u"a value is missing after \"port>\""_s << 4;
    QTest::newRow("dangling or") << u"a or"_s << u"something is missing at the end"_s << 4;
    QTest::newRow("leading or") << u"or a"_s << u"a word or a field is missing before \"or\""_s << 0;
    QTest::newRow("dangling not") << u"-"_s << u"something is missing at the end"_s << 1;
}

void tst_Filter::refusesInWords()
{
    QFETCH(QString, text);
    QFETCH(QString, message);
    QFETCH(int, position);
    FilterParser parser;
    QVERIFY(!parser.parse(text));
    QCOMPARE(parser.error().message, message);
    QCOMPARE(parser.error().position, position);
}

void tst_Filter::readsNumbersWithUnits_data()
{
    QTest::addColumn<FieldType>("type");
    QTest::addColumn<QString>("text");
    QTest::addColumn<double>("value"); // -1: none
    QTest::newRow("plain") << FieldType::Number << u"80"_s << 80.0;
    QTest::newRow("a number has no unit") << FieldType::Number << u"80k"_s << -1.0;
    QTest::newRow("kibi") << FieldType::Bytes << u"1.5k"_s << 1536.0;
    QTest::newRow("MiB") << FieldType::Bytes << u"2MiB"_s << 2097152.0;
    QTest::newRow("bytes are no time") << FieldType::Bytes << u"2s"_s << -1.0;
    QTest::newRow("seconds") << FieldType::Duration << u"2"_s << 2.0;
    QTest::newRow("ms") << FieldType::Duration << u"250ms"_s << 0.25;
    QTest::newRow("minutes") << FieldType::Duration << u"2m"_s << 120.0;
    QTest::newRow("nothing") << FieldType::Bytes << QString() << -1.0;
    QTest::newRow("two points") << FieldType::Bytes << u"1.2.3"_s << -1.0;
    QTest::newRow("negative") << FieldType::Number << u"-1"_s << -1.0;
    QTest::newRow("endless") << FieldType::Number << u"inf"_s << -1.0;
}

void tst_Filter::readsNumbersWithUnits()
{
    QFETCH(FieldType, type);
    QFETCH(QString, text);
    QFETCH(double, value);
    QCOMPARE(filterNumber(type, text).value_or(-1), value);
}

void tst_Filter::survivesNonsense()
{
    // Whatever comes in gives a filter or a message with a place inside the text, and a filter can be asked.
    static const QStringList pieces = {u"("_s, u")"_s,      u"-"_s,  u"!"_s,         u"or"_s,   u"and"_s, u"port"_s,
                                       u">"_s, u">="_s,     u":"_s,  u"~"_s,         u"\""_s,   u"'"_s,   u"\\"_s,
                                       u" "_s, u"\t"_s,     u"1M"_s, u"state"_s,     u"open"_s, u"*"_s,   u"[a"_s,
                                       u"("_s, u"\u00e9"_s, u"|"_s,  u"&"_s,         u"="_s,    u"!="_s,  u"name"_s,
                                       u"/"_s, u"(?<"_s,    u"\n"_s, u"\U0001F980"_s};
    QRandomGenerator random(7);
    int filters = 0;
    int errors = 0;
    for (int round = 0; round < 20'000; ++round) {
        QString text;
        const int length = random.bounded(12);
        for (int i = 0; i < length; ++i)
            text += pieces[random.bounded(static_cast<int>(pieces.size()))];
        FilterParser parser;
        if (const std::optional<Filter> filter = parser.parse(text)) {
            filter->matches(Echo());
            ++filters;
        } else {
            QVERIFY2(!parser.error().message.isEmpty(), qPrintable(text));
            QVERIFY(parser.error().position >= 0 && parser.error().position <= text.size());
            QVERIFY(parser.error().position + parser.error().length <= text.size());
            ++errors;
        }
    }
    QVERIFY(filters > 500);
    QVERIFY(errors > 500);
}

void tst_Filter::boundsNestingAndLength()
{
    FilterParser parser;
    QVERIFY(parser.parse(QString(60, u'(') + u'a' + QString(60, u')')));
    QVERIFY(!parser.parse(QString(2000, u'(') + u'a' + QString(2000, u')')));
    QCOMPARE(parser.error().message, u"nested deeper than 64"_s);
    QVERIFY(!parser.parse(QString(3000, u'-') + u'a'));
    QVERIFY(!parser.parse(QString(100'000, u'a')));
    QCOMPARE(parser.error().message, u"longer than 4096 characters"_s);
    // Wide is not deep.
    QVERIFY(parser.parse(QString(u"a or "_s).repeated(800) + u'a'));
}

void tst_Filter::keepsTheLastGoodFilter()
{
    FilterState state;
    QSignalSpy changed(&state, &FilterState::changed);
    QVERIFY(state.setText(u"port>80"_s));
    QVERIFY(!state.setText(u"port>"_s));
    QVERIFY(!state.isValid());
    QCOMPARE(state.filter().toString(), u"port>80"_s);
    QCOMPARE(changed.count(), 1);
    QVERIFY(state.setText({}));
    QVERIFY(state.isValid());
    QVERIFY(state.filter().isEmpty());
    QCOMPARE(changed.count(), 2);
}

QTEST_GUILESS_MAIN(tst_Filter)
#include "tst_filter.moc"
