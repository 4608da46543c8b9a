#pragma once
#include "inspector/models/objecttext.h"
#include "inspector/session/eventlog.h"

namespace inspector {

/// "received", "peer ended", ...
QString eventName(const LogRecord &event);
/// What the numbers of an event say: "64 B, 1.2 MiB in all".
QString eventDetail(const LogRecord &event, const ObjectTable &table);
/// Of a SlotReturned: the event whose signal it was, and the ns that this had waited; 0: not known.
net::wire::EventKind slotSignal(const LogRecord &event);
qint64 slotWait(const LogRecord &event);
/// "data", "connection": the signal's name in libnet.
QString signalText(net::wire::EventKind why);
Tone eventTone(const LogRecord &event);
/// True for bytes that moved or wait: most of the events, and rarely what one looks for.
bool isDataEvent(const LogRecord &event);
/// The name of the object, as long as anything is known of it.
QString eventSubject(const LogRecord &event, const ObjectTable &table);

} // namespace inspector
