#pragma once
#include "libnet/wire/frame.h"
#include "libnet/wire/messages.h"

#include <QObject>

namespace inspector {

/// One conversation with an agent, without the socket: takes the agent's bytes and says what they mean, in order.
/// Whatever comes in, it ends in a message or in failed(), once, and then nothing follows.
class Dialogue : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// The inspector's first words.
    static QByteArray greeting(quint32 rights);
    /// Asks the agent to capture the payload of \a subject, or no longer.
    static QByteArray captureRequest(quint64 subject, bool on);

    /// Asks for more about sockets, or no more.
    static QByteArray watchRequest(const QList<net::wire::WatchRecord> &wanted);
    /// Asks the agent to do something. It answers with the same id, but for "hold".
    static QByteArray commandRequest(const net::wire::Command &command);

    void receive(QByteArrayView bytes);
    /// Ends it in failed(): the agent has said what cannot be taken.
    void refuse(const QString &reason);
    /// The agent's answer to the greeting; its version is 0 before it came.
    const net::wire::Hello &agent() const { return m_agent; }
    bool isGreeted() const { return m_agent.version != 0; }
    bool hasFailed() const { return m_failed; }

Q_SIGNALS:
    /// A frame was understood, and all that follows from it is done.
    void took(const net::wire::Frame &frame);
    void greeted(const net::wire::Hello &agent);
    void snapshotBegun(const net::wire::SnapshotBegin &begin);
    void described(const net::wire::Batch<net::wire::Description> &descriptions);
    void snapshotEnded(const net::wire::SnapshotEnd &end);
    void counted(const net::wire::Batch<net::wire::CounterRecord> &counters);
    void gone(const net::wire::Batch<net::wire::GoneRecord> &gone);
    void happened(const net::wire::Batch<net::wire::EventRecord> &events);
    void dropped(const net::wire::Drops &drops);
    void captureChanged(const net::wire::Batch<net::wire::CaptureRecord> &captures);
    void toldOfKernel(const net::wire::Batch<net::wire::KernelRecord> &records);
    void toldOfModules(const net::wire::Batch<net::wire::Module> &modules);
    void toldOfFrames(const net::wire::Batch<net::wire::StackFrameRecord> &frames);
    void toldOfCalls(const net::wire::Batch<net::wire::StackRecord> &calls);
    void captured(const net::wire::Payload &payload);
    void answered(const net::wire::CommandResult &result);
    void reported(const net::wire::Status &status);
    void ended(net::wire::ByeReason reason);
    void failed(const QString &reason);

private:
    /// False if the payload is malformed.
    bool take(const net::wire::Frame &frame);
    bool takeHello(QByteArrayView payload);
    bool takeError(QByteArrayView payload);

    net::wire::FrameReader m_reader{net::wire::Side::Agent};
    net::wire::Hello m_agent;
    bool m_failed = false;
};

} // namespace inspector
