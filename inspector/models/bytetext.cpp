#include "inspector/models/bytetext.h"

#include <QStringList>

#include <utility>

namespace inspector {

using namespace Qt::StringLiterals;

static constexpr qsizetype lineLength = 16;

static QString hexDump(QByteArrayView bytes)
{
    QStringList lines;
    for (qsizetype at = 0; at < bytes.size(); at += lineLength) {
        const QByteArrayView part = bytes.sliced(at, std::min(lineLength, bytes.size() - at));
        QString plain;
        for (const char byte : part)
            plain += byte >= 0x20 && byte < 0x7f ? QLatin1Char(byte) : QLatin1Char('.');
        const QString hex = QString::fromLatin1(part.toByteArray().toHex(' '));
        lines += u"%1  %2  %3"_s.arg(at, 8, 16, QChar(u'0')).arg(hex, -(lineLength * 3 - 1)).arg(plain);
    }
    return lines.join(u'\n');
}

static QString cArray(QByteArrayView bytes)
{
    QStringList lines;
    for (qsizetype at = 0; at < bytes.size(); at += lineLength) {
        QStringList values;
        for (const char byte : bytes.sliced(at, std::min(lineLength, bytes.size() - at)))
            values += u"0x%1"_s.arg(static_cast<quint8>(byte), 2, 16, QChar(u'0'));
        lines += u"    "_s + values.join(u", "_s);
    }
    return u"const unsigned char data[%1] = {\n"_s.arg(bytes.size()) + lines.join(u",\n"_s) + u"\n};\n"_s;
}

// Three octal digits end by themselves, whatever follows.
static QString octal(char byte)
{
    return u"\\%1"_s.arg(static_cast<quint8>(byte), 3, 8, QChar(u'0'));
}

static QString escaped(char byte)
{
    switch (byte) {
    case '\n':
        return u"\\n"_s;
    case '\r':
        return u"\\r"_s;
    case '\t':
        return u"\\t"_s;
    case '\\':
        return u"\\\\"_s;
    default:
        return byte >= 0x20 && byte < 0x7f ? QString(QLatin1Char(byte)) : octal(byte);
    }
}

static QString qtLiteral(QByteArrayView bytes)
{
    static constexpr int width = 100;
    QStringList lines;
    QString line;
    for (const char byte : bytes) {
        line += byte == '"' ? u"\\\""_s : escaped(byte);
        if (byte == '\n' || line.size() >= width)
            lines += std::exchange(line, {});
    }
    if (!line.isEmpty() || lines.isEmpty())
        lines += line;
    return u"QByteArrayLiteral(\""_s + lines.join(u"\"\n                  \""_s) + u"\")"_s;
}

static QString quotedForShell(QString word)
{
    return u'\'' + word.replace(u'\'', u"'\\''"_s) + u'\'';
}

QString netcatLine(QByteArrayView bytes, const QString &server)
{
    const qsizetype colon = server.lastIndexOf(u':');
    QString target;
    if (server.startsWith(u'/'))
        target = u"-U "_s + quotedForShell(server);
    else if (colon > 0 && !server.startsWith(u'@'))
        target = quotedForShell(server.first(colon).remove(u'[').remove(u']')) + u' ' + server.sliced(colon + 1);
    else
        return {};
    QString said;
    for (const char byte : bytes)
        said += byte == '\'' ? octal(byte) : byte == '%' ? u"%%"_s : escaped(byte);
    return u"printf '%1' | nc %2\n"_s.arg(said, target);
}

QString byteText(ByteForm form, QByteArrayView bytes)
{
    switch (form) {
    case ByteForm::HexDump:
        return hexDump(bytes);
    case ByteForm::CArray:
        return cArray(bytes);
    case ByteForm::Base64:
        return QString::fromLatin1(bytes.toByteArray().toBase64());
    case ByteForm::QtLiteral:
        return qtLiteral(bytes);
    case ByteForm::Text:
        break;
    }
    return QString::fromUtf8(bytes);
}

} // namespace inspector
