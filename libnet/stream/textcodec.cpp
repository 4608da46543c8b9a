#include "libnet/stream/textcodec.h"

#include <QtEndian>

#include <utility>

namespace net {

namespace {

// How many bytes at the end of \a bytes begin a UTF-8 character that is not finished there.
qsizetype unfinishedUtf8(const QByteArray &bytes)
{
    const qsizetype size = bytes.size();
    for (qsizetype back = 1; back <= qMin<qsizetype>(3, size); ++back) {
        const auto byte = uchar(bytes.at(size - back));
        if ((byte & 0xC0) == 0x80)
            continue;
        const int needed = byte >= 0xF0 && byte < 0xF5   ? 4
                           : byte >= 0xE0 && byte < 0xF0 ? 3
                           : byte >= 0xC2 && byte < 0xE0 ? 2
                                                         : 1;
        return needed > back ? back : 0;
    }
    return 0;
}

// Bytes that are no UTF-8, as the encoding standard and Node have it: one replacement for as much as could have been
// the beginning of a character. Qt has one for every byte.
QString decodeBrokenUtf8(const QByteArray &bytes)
{
    QString text;
    text.reserve(bytes.size());
    qsizetype at = 0;
    while (at < bytes.size()) {
        const auto first = uchar(bytes.at(at++));
        int missing = first < 0x80 ? 0 : first >= 0xC2 && first < 0xE0 ? 1 : first >= 0xE0 && first < 0xF0 ? 2 : 3;
        if ((first >= 0x80 && first < 0xC2) || first > 0xF4) {
            text += QChar(QChar::ReplacementCharacter);
            continue;
        }
        // Neither overlong, nor a surrogate, nor beyond the last character.
        uchar least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        uchar most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        char32_t character = missing ? first & (0x3Fu >> missing) : first;
        for (; missing && at < bytes.size(); --missing) {
            const auto next = uchar(bytes.at(at));
            if (next < least || next > most)
                break;
            character = character << 6 | (next & 0x3Fu);
            least = 0x80;
            most = 0xBF;
            ++at;
        }
        text.append(QChar::fromUcs4(missing ? char32_t(QChar::ReplacementCharacter) : character));
    }
    return text;
}

constexpr QByteArray::Base64Options UrlOptions = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

} // namespace

TextDecoder::TextDecoder(TextEncoding encoding) : m_encoding(encoding) {}

QByteArray TextDecoder::joined(const QByteArray &bytes)
{
    return m_rest.isEmpty() ? bytes : std::exchange(m_rest, {}) + bytes;
}

QString TextDecoder::decode(const QByteArray &bytes)
{
    switch (m_encoding) {
    case TextEncoding::Utf8:
        return decodeUtf8(bytes);
    case TextEncoding::Utf16le:
        return decodeUtf16(bytes);
    case TextEncoding::Latin1:
        return QString::fromLatin1(bytes);
    case TextEncoding::Ascii: {
        // Node's ascii ignores the eighth bit when decoding.
        QString text(bytes.size(), Qt::Uninitialized);
        for (qsizetype i = 0; i < bytes.size(); ++i)
            text[i] = QChar(ushort(bytes.at(i) & 0x7F));
        return text;
    }
    case TextEncoding::Hex:
        return QString::fromLatin1(bytes.toHex());
    case TextEncoding::Base64:
    case TextEncoding::Base64url:
        return decodeBase64(bytes);
    }
    return {};
}

QString TextDecoder::decodeUtf8(const QByteArray &bytes)
{
    QByteArray all = joined(bytes);
    const qsizetype unfinished = unfinishedUtf8(all);
    if (unfinished) {
        m_rest = all.right(unfinished);
        all.chop(unfinished);
    }
    if (!QUtf8StringView(all).isValidUtf8())
        return decodeBrokenUtf8(all);
    // Stateless: a byte order mark in mid-stream is a character like any other, as in Node.
    QStringDecoder decoder(QStringDecoder::Utf8,
                           QStringConverter::Flag::Stateless | QStringConverter::Flag::ConvertInitialBom);
    return decoder.decode(all);
}

QString TextDecoder::decodeUtf16(const QByteArray &bytes)
{
    QByteArray all = joined(bytes);
    qsizetype whole = all.size() & ~qsizetype(1);
    // A high surrogate at the end waits for its other half.
    if (whole >= 2 && QChar::isHighSurrogate(qFromLittleEndian<char16_t>(all.constData() + whole - 2)))
        whole -= 2;
    m_rest = all.mid(whole);
    QString text(whole / 2, Qt::Uninitialized);
    qFromLittleEndian<char16_t>(all.constData(), whole / 2, text.data());
    return text;
}

QString TextDecoder::decodeBase64(const QByteArray &bytes)
{
    QByteArray all = joined(bytes);
    const qsizetype rest = all.size() % 3;
    if (rest) {
        m_rest = all.right(rest);
        all.chop(rest);
    }
    return QString::fromLatin1(
        all.toBase64(m_encoding == TextEncoding::Base64 ? QByteArray::Base64Encoding : UrlOptions));
}

QString TextDecoder::finish()
{
    const QByteArray rest = std::exchange(m_rest, {});
    if (rest.isEmpty())
        return {};
    switch (m_encoding) {
    case TextEncoding::Utf8:
        return QString(QChar::ReplacementCharacter);
    case TextEncoding::Utf16le:
        return rest.size() < 2 ? QString() : QString(QChar(qFromLittleEndian<char16_t>(rest.constData())));
    case TextEncoding::Base64:
        return QString::fromLatin1(rest.toBase64());
    case TextEncoding::Base64url:
        return QString::fromLatin1(rest.toBase64(UrlOptions));
    default:
        return {};
    }
}

QByteArray TextDecoder::takeRest()
{
    return std::exchange(m_rest, {});
}

// The bytes of the character that begins \a at, or 0 if it is not whole; what is broken is as long as decoding has it.
static qsizetype utf8CharacterAt(const QByteArray &bytes, qsizetype at)
{
    const auto first = uchar(bytes.at(at));
    const int needed = first >= 0xF0 && first < 0xF5   ? 4
                       : first >= 0xE0 && first < 0xF0 ? 3
                       : first >= 0xC2 && first < 0xE0 ? 2
                                                       : 1;
    for (int i = 1; i < needed; ++i) {
        if (at + i == bytes.size())
            return 0;
        if ((uchar(bytes.at(at + i)) & 0xC0) != 0x80)
            return i;
    }
    return needed;
}

static qsizetype utf16CharacterAt(const QByteArray &bytes, qsizetype at)
{
    const qsizetype left = bytes.size() - at;
    if (left < 2)
        return 0;
    const bool pair = QChar::isHighSurrogate(qFromLittleEndian<char16_t>(bytes.constData() + at));
    return !pair ? 2 : left < 4 ? 0 : 4;
}

qsizetype TextDecoder::bytesOf(const QByteArray &bytes, qsizetype length) const
{
    const bool all = length < 0;
    // Digits and groups: so many units of text from so many bytes.
    const auto groups = [&](qsizetype unit, qsizetype size) {
        const qsizetype whole = bytes.size() / size * size;
        const qsizetype wanted = (length + unit - 1) / unit * size;
        return all ? whole : wanted <= whole ? wanted : 0;
    };
    switch (m_encoding) {
    case TextEncoding::Latin1:
    case TextEncoding::Ascii:
        return groups(1, 1);
    case TextEncoding::Hex:
        return groups(2, 1);
    case TextEncoding::Base64:
    case TextEncoding::Base64url:
        return groups(4, 3);
    case TextEncoding::Utf8:
        if (all)
            return bytes.size() - unfinishedUtf8(bytes);
        break;
    case TextEncoding::Utf16le:
        break;
    }
    const bool utf8 = m_encoding == TextEncoding::Utf8;
    qsizetype at = 0;
    while (at < bytes.size() && (all || length > 0)) {
        const qsizetype size = utf8 ? utf8CharacterAt(bytes, at) : utf16CharacterAt(bytes, at);
        if (size == 0)
            return all ? at : 0;
        at += size;
        length -= size == 4 ? 2 : 1;
    }
    return all || length <= 0 ? at : 0;
}

// Half a pair becomes the replacement character, where Qt would put a question mark.
static QByteArray encodeUtf8(const QString &text)
{
    if (text.isValidUtf16())
        return text.toUtf8();
    QString whole = text;
    for (qsizetype i = 0; i < whole.size(); ++i) {
        if (whole.at(i).isHighSurrogate() && i + 1 < whole.size() && whole.at(i + 1).isLowSurrogate())
            ++i;
        else if (whole.at(i).isSurrogate())
            whole[i] = QChar::ReplacementCharacter;
    }
    return whole.toUtf8();
}

QByteArray encodeText(const QString &text, TextEncoding encoding)
{
    switch (encoding) {
    case TextEncoding::Utf8:
        return encodeUtf8(text);
    case TextEncoding::Utf16le: {
        QByteArray bytes(text.size() * 2, Qt::Uninitialized);
        qToLittleEndian<char16_t>(text.utf16(), text.size(), bytes.data());
        return bytes;
    }
    case TextEncoding::Latin1:
    case TextEncoding::Ascii: {
        // The low byte of each unit, where Qt would put a question mark.
        QByteArray bytes(text.size(), Qt::Uninitialized);
        for (qsizetype i = 0; i < text.size(); ++i)
            bytes[i] = char(text.at(i).unicode() & 0xFF);
        return bytes;
    }
    case TextEncoding::Hex: {
        // Up to the first character that is not a digit, or an odd last one.
        qsizetype digits = 0;
        while (digits < text.size() && text.at(digits).unicode() < 128 && isxdigit(text.at(digits).unicode()))
            ++digits;
        return QByteArray::fromHex(text.left(digits & ~qsizetype(1)).toLatin1());
    }
    case TextEncoding::Base64:
    case TextEncoding::Base64url: {
        // Both alphabets are understood either way; what belongs to neither is skipped.
        QByteArray latin = text.toLatin1();
        latin.replace('+', '-').replace('/', '_');
        return QByteArray::fromBase64(latin, QByteArray::Base64UrlEncoding);
    }
    }
    return {};
}

} // namespace net
