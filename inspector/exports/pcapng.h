#pragma once
#include <QByteArray>
#include <QIODevice>
#include <QString>

namespace inspector {

/// Writes the blocks of a pcapng file with one interface of raw IP packets. Times are ns since 1970.
/// Nothing more is written once the device has failed: see ok().
class PcapngWriter
{
public:
    PcapngWriter(QIODevice &device, const QString &application);

    /// A packet, with what is to be said about it.
    void packet(qint64 time, const QByteArray &bytes, const QString &comment = {});
    bool ok() const { return m_ok; }

private:
    void block(quint32 type, const QByteArray &body);

    QIODevice &m_device;
    bool m_ok = true;
};

} // namespace inspector
