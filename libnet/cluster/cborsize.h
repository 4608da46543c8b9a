#pragma once
#include <QByteArray>

namespace net {

/// The memory that \a cbor takes as a QCborValue, in bytes and rather too much than too little, but for the room that
/// Qt's lists keep to grow. A byte may become a hundred and more. Found out without taking any. The largest number
/// there is if it is no CBOR that could be whole.
qsizetype sizeOnceRead(QByteArrayView cbor);

} // namespace net
