#pragma once
#include "inspector/session/objecttable.h"

#include <QString>

namespace inspector {

/// What a value means to the reader; the views have a colour and a glyph for it.
enum class Tone : quint8 { Plain, Dim, In, Out, Good, Warning, Bad };

/// "echo", or "#17" for an object without a name; "demo" for a process.
QString rowName(const ObjectTable &table, int row);
/// "demo", or "worker 2: demo" for one that a cluster forked; empty if nobody knows it.
QString processName(const ObjectTable &table, quint32 process);
/// A row's name with what it is: "echo (server)", "client #17", "demo (4711)", "worker 2 (4712): demo".
QString rowTitle(const ObjectTable &table, int row);
/// Of a server that shares its address: "worker 2 (4711): echo".
QString sharerName(const ObjectTable &table, int row);
QString kindText(RowKind kind);
/// "open", "read ended · paused".
QString stateText(const ObjectTable &table, int row);
Tone stateTone(const ObjectTable &table, int row);
/// "paused, waits for drain"; empty if nothing is set that is worth a word.
QString flagsText(quint32 flags);
/// What stands in the remote column: the peer, or how many connections a server has.
QString remoteText(const ObjectTable &table, int row);
/// "12 KiB of 16 KiB", or nothing while nothing waits.
QString queueText(const ObjectTable &table, int row);
/// ns since it was created, until it was gone.
qint64 ageOf(const ObjectTable &table, int row, qint64 now);
/// ns since something last happened to it, or -1.
qint64 idleOf(const ObjectTable &table, int row, qint64 now);

} // namespace inspector
