#include "tests/benchmarks/netbench/peer.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace bench {

static QString beside(const QString &name)
{
    const QFileInfo file(QCoreApplication::applicationDirPath() + u'/' + name);
    return file.exists() ? file.absoluteFilePath() : QString();
}

QString Peer::title(bool local) const
{
    if (id.startsWith("qt"_L1))
        return (local ? u"QLocalSocket"_s : u"QTcpSocket"_s) + id.mid(2).replace(u'-', u' ');
    return id;
}

QList<Peer> allPeers()
{
    const QStringList noGlib = {u"QT_NO_GLIB=1"_s};
    const QStringList epoll = {u"BENCH_DISPATCHER=epoll"_s};
    const QStringList inspected = noGlib + QStringList{u"LIBNET_INSPECT=1"_s};
    const QString libnet = beside(u"bench_libnet"_s);
    const auto none = Peer::Watcher::None;
    return {
        {u"raw"_s, beside(u"bench_raw"_s), {}, {}, true},
        {u"libnet"_s, libnet, {}, noGlib, true},
        {u"libnet-epoll"_s, libnet, {}, epoll, true},
        {u"libnet-glib"_s, libnet, {}, {u"QT_NO_GLIB="_s}, false, none, true},
        {u"libnet-recorded"_s, libnet, {}, inspected, true, none, true},
        {u"libnet-attached"_s, libnet, {}, inspected, true, Peer::Watcher::Metadata, true},
        {u"libnet-payload"_s,
         libnet,
         {},
         inspected + QStringList{u"LIBNET_INSPECT_PAYLOAD=1"_s},
         true,
         Peer::Watcher::Payload,
         true},
        {u"qt"_s, beside(u"bench_qt"_s), {}, noGlib, true},
        {u"qt-epoll"_s, beside(u"bench_qt_epoll"_s), {}, epoll, false, none, true},
        {u"qt-glib"_s, beside(u"bench_qt"_s), {}, {u"QT_NO_GLIB="_s}, false, none, true},
        {u"node"_s, QStandardPaths::findExecutable(u"node"_s), {beside(u"node.js"_s)}, {}, true},
        {u"libuv"_s, beside(u"bench_libuv"_s), {}, {}, false},
        {u"asio"_s, beside(u"bench_asio"_s), {}, {}, false},
    };
}

} // namespace bench
