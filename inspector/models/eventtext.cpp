#include "inspector/models/eventtext.h"

#include "inspector/models/units.h"

#include <QCoreApplication>

#include <cstring>

namespace inspector {

using namespace Qt::StringLiterals;
using net::wire::EventKind;

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(inspector::Events)
};

// By number; never renumbered, see the wire's protocol.
constexpr const char *names[] = {
    nullptr,
    QT_TRANSLATE_NOOP("inspector::Events", "opened"),
    QT_TRANSLATE_NOOP("inspector::Events", "lookup"),
    QT_TRANSLATE_NOOP("inspector::Events", "attempt"),
    QT_TRANSLATE_NOOP("inspector::Events", "attempt failed"),
    QT_TRANSLATE_NOOP("inspector::Events", "connected"),
    QT_TRANSLATE_NOOP("inspector::Events", "listening"),
    QT_TRANSLATE_NOOP("inspector::Events", "accepted"),
    QT_TRANSLATE_NOOP("inspector::Events", "dropped"),
    QT_TRANSLATE_NOOP("inspector::Events", "▼ received"),
    QT_TRANSLATE_NOOP("inspector::Events", "▲ sent"),
    QT_TRANSLATE_NOOP("inspector::Events", "queued"),
    QT_TRANSLATE_NOOP("inspector::Events", "drained"),
    QT_TRANSLATE_NOOP("inspector::Events", "paused"),
    QT_TRANSLATE_NOOP("inspector::Events", "resumed"),
    QT_TRANSLATE_NOOP("inspector::Events", "peer ended"),
    QT_TRANSLATE_NOOP("inspector::Events", "end called"),
    QT_TRANSLATE_NOOP("inspector::Events", "finished"),
    QT_TRANSLATE_NOOP("inspector::Events", "timed out"),
    QT_TRANSLATE_NOOP("inspector::Events", "failed"),
    QT_TRANSLATE_NOOP("inspector::Events", "closed"),
    QT_TRANSLATE_NOOP("inspector::Events", "data lost"),
    QT_TRANSLATE_NOOP("inspector::Events", "write after end"),
    QT_TRANSLATE_NOOP("inspector::Events", "closing"),
    QT_TRANSLATE_NOOP("inspector::Events", "handed over"),
    QT_TRANSLATE_NOOP("inspector::Events", "taken over"),
    QT_TRANSLATE_NOOP("inspector::Events", "⚑ ordered"),
    QT_TRANSLATE_NOOP("inspector::Events", "slot returned"),
};

QString errorText(quint64 errorNumber)
{
    return errorNumber ? QString::fromLocal8Bit(std::strerror(static_cast<int>(errorNumber))) : QString();
}

// By number, as PROTOCOL.md has them.
QString orderText(const LogRecord &event)
{
    static constexpr const char *verbs[] = {nullptr,
                                            QT_TRANSLATE_NOOP("inspector::Events", "pause"),
                                            QT_TRANSLATE_NOOP("inspector::Events", "resume"),
                                            QT_TRANSLATE_NOOP("inspector::Events", "end"),
                                            QT_TRANSLATE_NOOP("inspector::Events", "destroy"),
                                            QT_TRANSLATE_NOOP("inspector::Events", "reset"),
                                            QT_TRANSLATE_NOOP("inspector::Events", "inject towards the peer"),
                                            QT_TRANSLATE_NOOP("inspector::Events", "inject towards the application"),
                                            QT_TRANSLATE_NOOP("inspector::Events", "fault armed"),
                                            QT_TRANSLATE_NOOP("inspector::Events", "fault disarmed"),
                                            QT_TRANSLATE_NOOP("inspector::Events", "released")};
    if (event.a == 0 || event.a >= std::size(verbs))
        return Texts::tr("order %1").arg(event.a);
    const QString verb = Texts::tr(verbs[event.a]);
    return event.b ? u"%1, %2"_s.arg(verb, bytesText(event.b)) : verb;
}

} // namespace

QString eventName(const LogRecord &event)
{
    if (event.kind == 0 || event.kind >= std::size(names))
        return Texts::tr("event %1").arg(event.kind);
    return Texts::tr(names[event.kind]);
}

EventKind slotSignal(const LogRecord &event)
{
    return static_cast<EventKind>(event.a >> net::wire::slotSignalShift);
}

qint64 slotWait(const LogRecord &event)
{
    return static_cast<qint64>(event.a & ((quint64(1) << net::wire::slotSignalShift) - 1));
}

// As they are called in libnet's headers.
QString signalText(EventKind why)
{
    switch (why) {
    case EventKind::Received:
        return u"data"_s;
    case EventKind::Accepted:
        return u"connection"_s;
    case EventKind::Connected:
        return u"connected"_s;
    case EventKind::PeerEnded:
        return u"ended"_s;
    case EventKind::Drain:
        return u"drain"_s;
    default:
        return u"#%1"_s.arg(static_cast<int>(why));
    }
}

QString eventDetail(const LogRecord &event, const ObjectTable &table)
{
    switch (static_cast<EventKind>(event.kind)) {
    case EventKind::Received:
    case EventKind::Sent:
        return Texts::tr("%1, %2 in all").arg(bytesText(event.a), bytesText(event.b));
    case EventKind::Queued:
        return Texts::tr("%1 of %2").arg(bytesText(event.a), bytesText(event.b));
    case EventKind::Opened: {
        const int row = table.find(event.key());
        return row < 0 ? QString() : kindText(table.identity(row).kind);
    }
    case EventKind::Accepted: {
        const int row = table.find({event.process, event.a});
        return row < 0 ? u'#' + QString::number(event.a) : u"%1 %2"_s.arg(rowName(table, row), table.texts(row).remote);
    }
    case EventKind::Connected:
    case EventKind::Attempt: {
        const int row = table.find(event.key());
        return row < 0 ? QString() : table.texts(row).remote;
    }
    case EventKind::Listening: {
        const int row = table.find(event.key());
        return row < 0 ? QString() : table.texts(row).local;
    }
    case EventKind::Dropped:
        return Texts::tr("with %1 open").arg(countText(event.a));
    case EventKind::Failed:
    case EventKind::AttemptFailed:
        return errorText(event.a);
    case EventKind::Closed:
        return event.a ? Texts::tr("after an error") : QString();
    case EventKind::DataLost:
        return Texts::tr("%1 with nobody listening").arg(bytesText(event.a));
    case EventKind::HandedOver:
        return Texts::tr("to process %1, socket %2").arg(event.b).arg(event.a);
    case EventKind::Ordered:
        return orderText(event);
    case EventKind::SlotReturned: {
        const QString took =
            Texts::tr("%1 took %2").arg(signalText(slotSignal(event)), latencyText(static_cast<qint64>(event.b)));
        const qint64 waited = slotWait(event);
        return waited > 0 ? Texts::tr("%1, waited %2").arg(took, latencyText(waited)) : took;
    }
    case EventKind::TakenOver:
        return Texts::tr("from process %1, socket %2").arg(event.b).arg(event.a);
    default:
        return {};
    }
}

Tone eventTone(const LogRecord &event)
{
    switch (static_cast<EventKind>(event.kind)) {
    case EventKind::Received:
        return Tone::In;
    case EventKind::Sent:
        return Tone::Out;
    case EventKind::Connected:
    case EventKind::Listening:
    case EventKind::Accepted:
        return Tone::Good;
    case EventKind::Queued:
    case EventKind::Paused:
    case EventKind::TimedOut:
        return Tone::Warning;
    case EventKind::AttemptFailed:
    case EventKind::Dropped:
    case EventKind::Failed:
    case EventKind::DataLost:
    case EventKind::WriteAfterEnd:
        return Tone::Bad;
    case EventKind::Closed:
        return event.a ? Tone::Bad : Tone::Dim;
    default:
        return Tone::Plain;
    }
}

bool isDataEvent(const LogRecord &event)
{
    const auto kind = static_cast<EventKind>(event.kind);
    return kind == EventKind::Received || kind == EventKind::Sent || kind == EventKind::Queued ||
           kind == EventKind::SlotReturned;
}

QString eventSubject(const LogRecord &event, const ObjectTable &table)
{
    const int row = table.find(event.key());
    return row < 0 ? u'#' + QString::number(event.subject) : rowName(table, row);
}

} // namespace inspector
