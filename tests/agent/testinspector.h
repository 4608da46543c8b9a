#pragma once
#include "libnet/wire/frame.h"
#include "libnet/wire/messages.h"

#include <QMap>
#include <QObject>

#include <memory>
#include <optional>

class QSocketNotifier;

/// An inspector that keeps what it is told, checks that it may be told so, and can be told to stop reading.
class TestInspector : public QObject
{
    Q_OBJECT
public:
    explicit TestInspector(const QString &socketPath);
    ~TestInspector() override;

    static net::wire::Hello hello(quint32 rights = net::wire::Observe);
    /// Says hello and returns when the first snapshot is there; false if it does not come.
    bool attach(const net::wire::Hello &hello = TestInspector::hello());
    template <typename Message>
    void send(const Message &message)
    {
        QByteArray bytes;
        net::wire::encode(bytes, message);
        sendBytes(bytes);
    }
    void sendBytes(const QByteArray &bytes);
    /// Sends its hello's first byte with a copy of \a descriptor; attach() sends the rest.
    void sendWithDescriptor(int descriptor);
    /// Sends until the agent takes no more for a while; how many bytes that were.
    qsizetype sendWhatFits(const QByteArray &bytes);
    void capture(quint64 subject, bool on);
    /// Wants to know what the kernel knows of \a subject, or no longer.
    void watch(quint64 subject, bool on);
    /// Wants stacks to be taken, or no longer.
    void watchStacks(bool on);
    /// Gives a command and waits for the answer to it.
    net::wire::CommandResult command(quint64 subject, const QString &verb, const QCborMap &arguments = {});
    void setReading(bool reading);
    void hangUp();
    bool isConnected() const { return m_descriptor >= 0; }

    /// Waits for a living subject of that name; 0 if none comes.
    quint64 idOf(const QString &name);
    const net::wire::CounterRecord &counters(quint64 subject) { return subjects[subject].counters; }
    quint64 eventsOf(quint64 subject) const;
    QList<net::wire::EventKind> kindsOf(quint64 subject) const;
    /// The bytes of one direction that came in order, up to the first gap.
    QByteArray stream(quint64 subject, net::wire::Direction direction) const;
    /// True if the last status accounts for every event, and for as many as came here.
    bool everyEventIsAccountedFor() const;

    std::optional<net::wire::Hello> agent;
    QMap<quint64, net::wire::Description> subjects;
    QList<net::wire::EventRecord> events;
    quint64 historyEvents = 0;
    quint64 missedNumbers = 0; ///< gaps in the numbers of the events
    std::optional<quint64> firstNumber;
    quint64 nextNumber = 0;
    QList<quint64> gone;
    QList<net::wire::CaptureRecord> captures;
    QList<net::wire::Payload> payload;
    QList<net::wire::Batch<net::wire::KernelRecord>> kernel;
    QMap<quint32, net::wire::Module> modules;
    QMap<quint32, QList<net::wire::StackFrameRecord>> stacks;
    QList<net::wire::StackRecord> calls;
    QMap<net::wire::DropReason, net::wire::Drops> drops;
    net::wire::Status status;
    int statuses = 0;
    int snapshots = 0;
    bool keepsEvents = true;
    QList<net::wire::CommandResult> results;
    std::optional<net::wire::Error> error;
    std::optional<net::wire::Bye> bye;
    QList<net::wire::FrameType> frames;
    QString problem; ///< what the agent may not have said

private:
    void read();
    bool take(const net::wire::Frame &frame);
    void takeEvents(const net::wire::Frame &frame, const net::wire::Batch<net::wire::EventRecord> &batch);

    int m_descriptor = -1;
    std::unique_ptr<QSocketNotifier> m_readable;
    net::wire::FrameReader m_reader{net::wire::Side::Agent};
    bool m_inSnapshot = false;
    bool m_hasBegun = false;
};
