#pragma once
#include <QHash>

namespace model {

/// What was written to each stream and what has arrived of it, to be compared when an episode is over.
struct Streams
{
    struct Stream
    {
        quint64 written = 0;
        bool finished = false; ///< the writer was told that everything has left
        qint64 arrived = -1;   ///< bytes that were read when its end was told; -1: it was not
    };

    quint32 last = 0;
    QHash<quint32, Stream> all;
};

} // namespace model
