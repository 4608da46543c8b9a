#pragma once
#include <QByteArrayView>
#include <QString>

namespace inspector {

/// How bytes are written where they are copied to.
enum class ByteForm : quint8 { Text, HexDump, CArray, Base64 };

QString byteText(ByteForm form, QByteArrayView bytes);

} // namespace inspector
