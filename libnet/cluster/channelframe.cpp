#include "libnet/cluster/channelframe.h"

#include "libnet/cluster/cborsize.h"

#include <QCborArray>
#include <QCborMap>
#include <QVariant>
#include <QtEndian>

#include <algorithm>

namespace net {

FrameHeader FrameHeader::read(const char *bytes)
{
    return {.bytes = qFromLittleEndian<quint32>(bytes),
            .kind = ChannelMessage::Kind(quint8(bytes[4])),
            .handle = bytes[5] != 0};
}

bool FrameHeader::isValid() const
{
    return bytes <= quint32(HandleChannel::LargestMessage) && kind <= ChannelMessage::Kind::Lost;
}

// Qt reads 1,024 levels, of which the frame needs some.
static constexpr int DeepestValue = 1000;

static bool isReadableWithin(const QCborValue &value, int levels)
{
    if (value.isInvalid() || levels < 0)
        return false;
    if (value.isTag())
        return isReadableWithin(value.taggedValue(), levels - 1);
    if (value.isArray()) {
        const QCborArray array = value.toArray();
        return std::all_of(array.cbegin(), array.cend(),
                           [levels](const QCborValue &item) { return isReadableWithin(item, levels - 1); });
    }
    if (value.isMap()) {
        const QCborMap map = value.toMap();
        for (auto it = map.cbegin(); it != map.cend(); ++it)
            if (!isReadableWithin(it.key(), levels - 1) || !isReadableWithin(it.value(), levels - 1))
                return false;
    }
    return true;
}

bool isReadable(const QCborValue &value)
{
    return isReadableWithin(value, DeepestValue);
}

QCborValue valueFrom(const QVariant &variant)
{
    const int type = variant.typeId();
    if (type == QMetaType::QVariantMap || type == QMetaType::QVariantHash) {
        QCborMap map;
        const QVariantMap entries = variant.toMap();
        for (auto it = entries.cbegin(); it != entries.cend(); ++it)
            map.insert(it.key(), valueFrom(it.value()));
        return map;
    }
    QCborValue value = type == QMetaType::QVariantList ? QCborValue() : QCborValue::fromVariant(variant);
    if (!value.isUndefined() || !variant.isValid() || type == QMetaType::QJsonValue || type == QMetaType::QCborValue ||
        type == QMetaType::QCborSimpleType)
        return value;
    // Lists of every type, and nothing else that looks like one.
    if (!variant.canConvert<QVariantList>())
        return QCborValue::Invalid;
    QCborArray array;
    for (const QVariant &item : variant.toList())
        array.append(valueFrom(item));
    return array;
}

QByteArray encoded(const ChannelMessage &message)
{
    const QByteArray body = QCborValue(QCborArray{message.value, message.about}).toCbor();
    QByteArray frame(FrameHeader::Size, Qt::Uninitialized);
    qToLittleEndian(quint32(body.size()), frame.data());
    frame[4] = char(message.kind);
    frame[5] = message.handle ? 1 : 0;
    return frame + body;
}

bool isTooLarge(QByteArrayView body)
{
    return body.size() > HandleChannel::LargestMessage || sizeOnceRead(body) > HandleChannel::HeaviestMessage;
}

bool decode(const FrameHeader &header, const QByteArray &body, ChannelMessage &message)
{
    // Before memory is taken for it.
    message.size = sizeOnceRead(body);
    if (message.size > HandleChannel::HeaviestMessage)
        return false;
    QCborParserError error;
    const QCborValue value = QCborValue::fromCbor(body, &error);
    if (error.error != QCborError::NoError || !value.isArray())
        return false;
    const QCborArray parts = value.toArray();
    if (parts.size() != 2 || !parts.at(1).isMap())
        return false;
    message.kind = header.kind;
    message.value = parts.at(0);
    message.about = parts.at(1).toMap();
    return true;
}

} // namespace net
