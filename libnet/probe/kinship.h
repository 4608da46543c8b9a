#pragma once
#include <libnet/export.h>

#include <QtGlobal>

namespace net::probe {

/// Which process this one was forked by, with a channel to it.
struct Kinship
{
    qint64 parent = 0;  ///< its process id; 0: nobody that we know of
    quint32 worker = 0; ///< our id in its cluster; 0: we are in none
};

/// Known from the creation of the QCoreApplication on. Thread-safe.
LIBNET_EXPORT Kinship kinship();
void setKinship(const Kinship &kinship);

} // namespace net::probe
