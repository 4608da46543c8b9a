#pragma once
#include "inspector/models/objecttext.h"
#include "inspector/session/eventlog.h"

namespace inspector {

/// "received", "peer ended", ...
QString eventName(const LogRecord &event);
/// What the numbers of an event say: "64 B, 1.2 MiB in all".
QString eventDetail(const LogRecord &event, const ObjectTable &table);
Tone eventTone(const LogRecord &event);
/// True for bytes that moved or wait: most of the events, and rarely what one looks for.
bool isDataEvent(const LogRecord &event);
/// The name of the object, as long as anything is known of it.
QString eventSubject(const LogRecord &event, const ObjectTable &table);

} // namespace inspector
