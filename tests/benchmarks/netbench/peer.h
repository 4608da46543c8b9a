#pragma once
#include <QList>
#include <QString>
#include <QStringList>

namespace bench {

/// A program that plays the server.
struct Peer
{
    QString id;
    QString program;         ///< absolute path; empty if it was not built or is not installed
    QStringList arguments;   ///< before the role's own
    QStringList environment; ///< "NAME=value"
    bool quick = false;      ///< part of the quick set
    enum class Watcher { None, Metadata, Payload };
    Watcher watcher = Watcher::None; ///< an inspector that is attached to it
    bool special = false;            ///< plays only where a workload or --peers names it
    QString title(bool local) const;
};

/// All peers, the reference first.
QList<Peer> allPeers();

} // namespace bench
