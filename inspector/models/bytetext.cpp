#include "inspector/models/bytetext.h"

#include <QStringList>

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

QString byteText(ByteForm form, QByteArrayView bytes)
{
    switch (form) {
    case ByteForm::HexDump:
        return hexDump(bytes);
    case ByteForm::CArray:
        return cArray(bytes);
    case ByteForm::Base64:
        return QString::fromLatin1(bytes.toByteArray().toBase64());
    case ByteForm::Text:
        break;
    }
    return QString::fromUtf8(bytes);
}

} // namespace inspector
