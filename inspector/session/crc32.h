#pragma once
#include <QByteArrayView>

namespace inspector {

/// The CRC-32 of Ethernet and PNG, over \a bytes after those that gave \a before.
quint32 crc32(QByteArrayView bytes, quint32 before = 0);

} // namespace inspector
