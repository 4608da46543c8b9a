#pragma once
#include <QByteArrayView>
#include <QString>

namespace inspector {

/// How bytes are written where they are copied to.
enum class ByteForm : quint8 { Text, HexDump, CArray, Base64, QtLiteral };

QString byteText(ByteForm form, QByteArrayView bytes);
/// A line for a shell that says \a bytes to \a server, "127.0.0.1:80", "[::1]:80" or a path; empty if that is none,
/// or an abstract address, which nc can't reach.
QString netcatLine(QByteArrayView bytes, const QString &server);

} // namespace inspector
