#pragma once
#include "libnet/probe/roster.h"
#include "libnet/probe/tap.h"

#include <libnet/error.h>

#include <QHash>
#include <QMutex>

/// A tap that writes down what it is told.
namespace probetap {

using net::probe::Call;
using net::probe::EventKind;
using net::probe::State;
using net::probe::Subject;
using net::probe::SubjectKind;

/// What the tap keeps for a subject.
struct Record
{
    Subject *subject = nullptr;
    SubjectKind kind = SubjectKind::Socket;
    int opened = 0;
    int described = 0;
    int gone = 0;
    bool heardBefore = false; ///< something was told before opened()
    QList<EventKind> kinds;
    QList<Call> calls;
    State state = State::Idle;
    quint32 flags = 0;
    QByteArray received;
    QByteArray sent;
    quint64 receivedTotal = 0;
    quint64 sentTotal = 0;
    quint64 queued = 0;
    quint64 lost = 0;
    QList<EventKind> timed; ///< signals whose slots were timed
    QStringList errors;
    QThread *thread = nullptr;
};

inline QMutex mutex;
inline QHash<quint64, Record> records; // by id

inline Record &recordOf(Subject &subject)
{
    Record &record = records[subject.id()];
    record.subject = &subject;
    record.kind = subject.kind();
    record.heardBefore = record.heardBefore || !subject.ledger;
    return record;
}

inline const net::probe::Tap tap = {
    .opened =
        [](Subject &subject) {
            const QMutexLocker lock(&mutex);
            subject.ledger = &records; // anything but null: it is known
            Record &record = recordOf(subject);
            ++record.opened;
            record.thread = QThread::currentThread();
            record.state = subject.facts().state;
        },
    .described =
        [](Subject &subject) {
            const QMutexLocker lock(&mutex);
            ++recordOf(subject).described;
        },
    .changed =
        [](Subject &subject, EventKind why, State state, quint32 flags, quint64 a, quint64) {
            const QMutexLocker lock(&mutex);
            Record &record = recordOf(subject);
            record.kinds.append(why);
            record.state = state;
            record.flags = flags;
            if (why == EventKind::DataLost)
                record.lost += a;
        },
    .received =
        [](Subject &subject, const char *bytes, qsizetype size, quint64 total) {
            const QMutexLocker lock(&mutex);
            Record &record = recordOf(subject);
            record.received.append(bytes, bytes ? size : 0);
            record.receivedTotal = total;
        },
    .sent =
        [](Subject &subject, const char *bytes, qsizetype size, quint64 total, quint64 queued) {
            const QMutexLocker lock(&mutex);
            Record &record = recordOf(subject);
            record.sent.append(bytes, bytes ? size : 0);
            record.sentTotal = total;
            record.queued = queued;
        },
    .queued =
        [](Subject &subject, quint64 queued, quint64) {
            const QMutexLocker lock(&mutex);
            recordOf(subject).queued = queued;
        },
    .called =
        [](Subject &subject, Call call) {
            const QMutexLocker lock(&mutex);
            recordOf(subject).calls.append(call);
        },
    .failed =
        [](Subject &subject, const net::Error &error) {
            const QMutexLocker lock(&mutex);
            recordOf(subject).errors.append(error.code());
        },
    .slotReturned =
        [](Subject &subject, EventKind why, qint64, qint64) {
            const QMutexLocker lock(&mutex);
            recordOf(subject).timed.append(why);
        },
    .gone =
        [](Subject &subject) {
            const QMutexLocker lock(&mutex);
            ++recordOf(subject).gone;
        },
};

inline QList<Record> all(SubjectKind kind)
{
    const QMutexLocker lock(&mutex);
    QList<quint64> ids = records.keys();
    std::sort(ids.begin(), ids.end());
    QList<Record> found;
    for (const quint64 id : std::as_const(ids)) {
        if (records.value(id).kind == kind)
            found.append(records.value(id));
    }
    return found;
}

inline bool has(const Record &record, EventKind kind)
{
    return record.kinds.contains(kind);
}

} // namespace probetap
