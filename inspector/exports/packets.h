#pragma once
#include "inspector/exports/content.h"

#include <QIODevice>

#include <memory>

namespace inspector {

/// What went into a file of packets, and what could not.
struct PacketAccount
{
    int conversations = 0;
    int twins = 0;        ///< the other ends of conversations that are in it already
    int neverOpen = 0;    ///< sockets that had no connection, and are not in it
    quint64 received = 0; ///< bytes in the file, as the sockets that are in it see them
    quint64 sent = 0;
    quint64 receivedMissing = 0; ///< bytes that have gone that way and that nobody captured
    quint64 sentMissing = 0;
};

/// What was captured of every socket as a pcapng file in which "Follow TCP Stream" works. The packets are made up
/// around the bytes: a local socket gets addresses of 127.88.0.0/16 and 127.99.0.0/16, and its path as a comment.
/// Bytes that were not captured leave a hole in the sequence numbers, and are counted in a comment.
class Packets final : public Content
{
public:
    /// \a epoch is added to the times of the records to make them ns since 1970. \a choice says which rows are meant,
    /// now. \a records and \a device must outlive it.
    Packets(const Records &records, QIODevice &device, qint64 epoch, const RowChoice &choice = {});
    ~Packets() override;

    bool writeNext() override;
    double progress() const override;
    bool ok() const override;
    QString summary() const override;
    const PacketAccount &account() const;

private:
    class Play;
    std::unique_ptr<Play> m_play;
};

} // namespace inspector
