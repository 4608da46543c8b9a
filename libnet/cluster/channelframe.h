#pragma once
#include "libnet/cluster/handlechannel.h"

namespace net {

/// What stands before the CBOR of a frame.
struct FrameHeader
{
    static constexpr qsizetype Size = 6;

    quint32 bytes = 0; ///< that follow the header
    ChannelMessage::Kind kind = ChannelMessage::Kind::User;
    bool handle = false;

    /// The header at the beginning of \a bytes, which are at least Size.
    static FrameHeader read(const char *bytes);
    /// Whether the other side keeps to the rules.
    bool isValid() const;
};

/// Whether the other side can read \a value: nothing in it is QCborValue::Invalid or deeper than Qt's reader goes.
bool isReadable(const QCborValue &value);
/// \a variant as CBOR; where it has neither a type nor a text for something, that is QCborValue::Invalid.
QCborValue valueFrom(const QVariant &variant);
/// The whole frame of \a message.
QByteArray encoded(const ChannelMessage &message);
/// Whether the other side would refuse a frame of \a body: it has more bytes than may be, or takes more memory.
bool isTooLarge(QByteArrayView body);
/// False if \a body is not what a frame consists of, or is too large.
bool decode(const FrameHeader &header, const QByteArray &body, ChannelMessage &message);

} // namespace net
