#pragma once
#include <QByteArray>
#include <QString>
#include <QStringDecoder>

namespace net {

/// The encodings of Node's setEncoding(). The order is that of Socket::Encoding without None.
enum class TextEncoding : quint8 { Utf8, Utf16le, Latin1, Ascii, Hex, Base64, Base64url };

/// Turns a stream of bytes into text without splitting a character that lies across two chunks.
class TextDecoder
{
public:
    explicit TextDecoder(TextEncoding encoding);

    QString decode(const QByteArray &bytes);
    /// What is left when the stream ends: the rest of base64, or a replacement for an unfinished character.
    QString finish();

    /// How many of \a bytes are the next \a length units of text, or all whole characters if that is below 0. A
    /// character is never split: one that lies across the end counts. 0: there are not so many yet.
    qsizetype bytesOf(const QByteArray &bytes, qsizetype length) const;
    /// The unfinished character that was decoded last, for whoever reads bytes after text; forgotten here.
    QByteArray takeRest();

private:
    QString decodeUtf8(const QByteArray &bytes);
    QString decodeUtf16(const QByteArray &bytes);
    QString decodeBase64(const QByteArray &bytes);
    QByteArray joined(const QByteArray &bytes);

    TextEncoding m_encoding;
    QByteArray m_rest; ///< the beginning of an unfinished character or base64 group
};

/// \a text as bytes in \a encoding, as Node's Buffer.from() has it.
QByteArray encodeText(const QString &text, TextEncoding encoding);

} // namespace net
