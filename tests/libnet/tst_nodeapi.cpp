#include "tests/libnet/headerreader.h"
#include "tests/support/waiting.h"

#include <libnet/cluster/cluster.h>
#include <libnet/server.h>
#include <libnet/socket.h>

using namespace Qt::StringLiterals;

namespace {

struct Row
{
    QString node;
    QString libnet;
    QString status;
    QString remarks;
};

QString contentOf(const QString &path)
{
    QFile file(QStringLiteral(LIBNET_SOURCE_DIR "/") + path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

// What stands between backquotes, without parentheses.
QStringList namesIn(const QString &cell)
{
    static const QRegularExpression quoted(u"`([^`]+)`"_s);
    QStringList names;
    for (auto match = quoted.globalMatch(cell); match.hasNext();)
        names.append(match.next().captured(1).remove(u"()"_s));
    return names;
}

QString sorted(const QSet<QString> &set)
{
    QStringList list(set.begin(), set.end());
    list.sort();
    return list.join(u", "_s);
}

} // namespace

/// libnet/NODE_API.md, the headers and the meta-objects say the same: none of them can lose a member alone.
class tst_NodeApi : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void everyRowOfNodeIsThere();
    void everyRowSaysHowItStands();
    void everyNameOfTheTableExists();
    void everyPublicMemberHasARow();
    void everySignalAndPropertyHasARow_data();
    void everySignalAndPropertyHasARow();
    void everyErrorCodeHasARow();
    void everyPublicClassIsDocumented();

private:
    QList<Row> m_rows;
    QSet<QString> m_named; ///< in the second and the last column
    test::HeaderReader m_headers;
};

void tst_NodeApi::initTestCase()
{
    const QStringList lines = contentOf(u"libnet/NODE_API.md"_s).split(u'\n');
    for (const QString &line : lines) {
        if (!line.startsWith(u"| "_s) || line.startsWith(u"| ---"_s) || line.startsWith(u"| Node |"_s))
            continue;
        const QStringList cells = line.mid(2).split(u" |"_s);
        QVERIFY2(cells.size() == 5, qPrintable(line));
        m_rows.append({cells[0].trimmed(), cells[1].trimmed(), cells[2].trimmed(), cells[3].trimmed()});
        for (const QString &name : namesIn(cells[1]) + namesIn(cells[3]))
            m_named.insert(name);
    }
    QVERIFY(m_rows.size() > 150);
    const QString build = contentOf(u"libnet/CMakeLists.txt"_s);
    static const QRegularExpression publicHeaders(u"set\\(public_headers([^)]*)\\)"_s);
    const QStringList headers = publicHeaders.match(build).captured(1).simplified().split(u' ');
    for (const QString &header : headers)
        m_headers.read(header, contentOf(u"libnet/"_s + header));
    for (const QString &header : {u"cluster/cluster.h"_s, u"cluster/worker.h"_s})
        m_headers.read(header, contentOf(u"libnet/"_s + header));
    QVERIFY(m_headers.functions().contains(u"Socket::write"_s));
    QVERIFY(m_headers.functions().contains(u"Worker::send"_s));
    QVERIFY(m_headers.fields().contains(u"ListenOptions::backlog"_s));
    QVERIFY(!m_headers.functions().contains(u"Socket::writeWith"_s)); // private
}

void tst_NodeApi::everyRowOfNodeIsThere()
{
    QStringList expected = contentOf(u"tests/libnet/node_members.txt"_s).split(u'\n', Qt::SkipEmptyParts);
    expected.removeIf([](const QString &line) { return line.startsWith(u'#'); });
    QStringList actual;
    for (const Row &row : std::as_const(m_rows))
        actual.append(row.node);
    QCOMPARE(actual, expected);
}

void tst_NodeApi::everyRowSaysHowItStands()
{
    for (const Row &row : std::as_const(m_rows)) {
        QVERIFY2(QStringList({u"same"_s, u"deviates"_s, u"C++"_s}).contains(row.status), qPrintable(row.node));
        QVERIFY2(!row.libnet.isEmpty(), qPrintable(row.node));
        if (row.status == u"deviates"_s)
            QVERIFY2(row.remarks.size() > 20, qPrintable(row.node + u" gives no reason"_s));
        QVERIFY2(!row.remarks.contains(u"not implemented"_s), qPrintable(row.node));
    }
}

void tst_NodeApi::everyNameOfTheTableExists()
{
    const QSet<QString> known = m_headers.functions() + m_headers.fields() + m_headers.types();
    QStringList unknown;
    for (const Row &row : std::as_const(m_rows)) {
        for (const QString &name : namesIn(row.libnet)) {
            if (!name.contains(u"::"_s) || known.contains(name))
                continue;
            const QByteArray property = name.section(u"::"_s, 1).toLatin1();
            const QMetaObject &meta = name.startsWith(u"Server"_s)    ? net::Server::staticMetaObject
                                      : name.startsWith(u"Worker"_s)  ? net::Worker::staticMetaObject
                                      : name.startsWith(u"Cluster"_s) ? net::Cluster::staticMetaObject
                                                                      : net::Socket::staticMetaObject;
            if (meta.indexOfProperty(property) < 0)
                unknown.append(name);
        }
    }
    QCOMPARE(unknown.join(u", "_s), QString());
}

void tst_NodeApi::everyPublicMemberHasARow()
{
    QCOMPARE(sorted(m_headers.functions() + m_headers.fields() - m_named), QString());
}

void tst_NodeApi::everySignalAndPropertyHasARow_data()
{
    QTest::addColumn<const QMetaObject *>("meta");
    QTest::newRow("Server") << &net::Server::staticMetaObject;
    QTest::newRow("Socket") << &net::Socket::staticMetaObject;
    QTest::newRow("Worker") << &net::Worker::staticMetaObject;
    QTest::newRow("Cluster") << &net::Cluster::staticMetaObject;
    QTest::newRow("Error") << &net::Error::staticMetaObject;
}

void tst_NodeApi::everySignalAndPropertyHasARow()
{
    QFETCH(const QMetaObject *, meta);
    const QString prefix = QString::fromLatin1(meta->className()).remove(u"net::"_s) + u"::"_s;
    QSet<QString> members;
    for (int i = meta->methodOffset(); i < meta->methodCount(); ++i)
        members.insert(prefix + QString::fromLatin1(meta->method(i).name()));
    for (int i = meta->propertyOffset(); i < meta->propertyCount(); ++i)
        members.insert(prefix + QString::fromLatin1(meta->property(i).name()));
    QVERIFY(members.size() > 5);
    QCOMPARE(sorted(members - m_named), QString());
}

void tst_NodeApi::everyErrorCodeHasARow()
{
    static const QRegularExpression code(u"u\"(ERR_[A-Z_]+|ABORT_ERR)\""_s);
    QSet<QString> used;
    for (const QString &file : {u"codes.cpp"_s, u"blocklist.cpp"_s}) {
        const QString text = contentOf(u"libnet/"_s + file);
        for (auto match = code.globalMatch(text); match.hasNext();)
            used.insert(match.next().captured(1));
    }
    QVERIFY(used.size() > 15);
    QSet<QString> listed;
    for (const Row &row : std::as_const(m_rows)) {
        const QString name = namesIn(row.node).value(0);
        if (row.status != u"C++"_s && (name.startsWith(u"ERR_"_s) || name == u"ABORT_ERR"_s))
            listed.insert(name);
    }
    QCOMPARE(sorted(listed), sorted(used));
}

void tst_NodeApi::everyPublicClassIsDocumented()
{
    QCOMPARE(m_headers.undocumentedTypes(), QStringList());
}

QTEST_GUILESS_MAIN(tst_NodeApi)
#include "tst_nodeapi.moc"
