#include "inspector/exports/tables.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>

#include <utility>

namespace inspector {

using namespace Qt::StringLiterals;
using namespace net::wire;

namespace {

// The names are those of the wire's protocol, and are not translated: programs read them.
QString kindName(RowKind kind)
{
    switch (kind) {
    case RowKind::Process:
        return u"process"_s;
    case RowKind::Listener:
        return u"listener"_s;
    case RowKind::Server:
        return u"server"_s;
    case RowKind::Accepted:
        return u"accepted"_s;
    case RowKind::Client:
        return u"client"_s;
    case RowKind::Adopted:
        return u"adopted"_s;
    }
    return QString::number(int(kind));
}

QString stateName(State state)
{
    static constexpr const char *names[] = {"idle",        "resolving", "connecting", "open",   "read-ended",
                                            "write-ended", "closed",    "listening",  "closing"};
    const auto number = std::size_t(state);
    return number < std::size(names) ? QString(QLatin1StringView(names[number])) : QString::number(int(number));
}

QString eventName(quint8 kind)
{
    static constexpr const char *names[] = {
        "",          "opened",          "lookup",   "attempt",     "attempt-failed", "connected", "listening",
        "accepted",  "dropped",         "received", "sent",        "queued",         "drain",     "paused",
        "resumed",   "peer-ended",      "ended",    "finished",    "timed-out",      "failed",    "closed",
        "data-lost", "write-after-end", "closing",  "handed-over", "taken-over"};
    return kind > 0 && kind < std::size(names) ? QString(QLatin1StringView(names[kind])) : QString::number(int(kind));
}

QString timeText(qint64 time, qint64 epoch)
{
    if (!time)
        return {};
    const qint64 wall = time + epoch;
    return QDateTime::fromMSecsSinceEpoch(wall / 1'000'000, Qt::UTC).toString(u"yyyy-MM-ddTHH:mm:ss"_s) + u'.' +
           QString::number(wall % 1'000'000'000).rightJustified(9, u'0') + u'Z';
}

/// A line under its column names; a value is a text or a number.
using Cells = QList<std::pair<QString, QVariant>>;

Cells objectCells(const ObjectTable &table, int row, qint64 epoch)
{
    const RowIdentity &identity = table.identity(row);
    const RowTexts &texts = table.texts(row);
    const CounterRecord &counters = table.counters(row);
    return {{u"process"_s, identity.key.process},
            {u"pid"_s, identity.pid},
            {u"id"_s, identity.key.subject},
            {u"server"_s, identity.server},
            {u"kind"_s, kindName(identity.kind)},
            {u"state"_s, stateName(counters.state)},
            {u"name"_s, texts.name},
            {u"local"_s, texts.local},
            {u"remote"_s, texts.remote},
            {u"received"_s, counters.received},
            {u"sent"_s, counters.sent},
            {u"queued"_s, counters.queued},
            {u"created"_s, timeText(identity.createdAt, epoch)},
            {u"gone"_s, timeText(identity.goneAt, epoch)},
            {u"error"_s, texts.error}};
}

Cells eventCells(const LogRecord &event, qint64 epoch)
{
    return {{u"time"_s, timeText(event.time, epoch)},
            {u"process"_s, event.process},
            {u"id"_s, event.subject},
            {u"event"_s, eventName(event.kind)},
            {u"a"_s, event.a},
            {u"b"_s, event.b},
            {u"state"_s, stateName(State(event.state))}};
}

// Quoted where RFC 4180 asks for it.
QByteArray csvField(QString text)
{
    if (text.contains(u'"') || text.contains(u',') || text.contains(u'\n') || text.contains(u'\r'))
        text = u'"' + text.replace(u'"', "\"\""_L1) + u'"';
    return text.toUtf8();
}

/// Lines as CSV or as JSON, to a device that may fail.
class LineWriter
{
public:
    enum class Form : quint8 { Csv, Json };

    LineWriter(QIODevice &device, Form form) : m_device(device), m_form(form) {}

    void write(const Cells &cells)
    {
        if (m_form == Form::Json)
            return put((m_lines++ ? ",\n" : "[\n") + jsonLine(cells));
        if (m_lines++ == 0)
            put(csvLine(cells, true));
        put(csvLine(cells, false));
    }
    bool finish()
    {
        if (m_form == Form::Json)
            put(m_lines ? "\n]\n" : "[]\n");
        return m_ok;
    }

private:
    static QByteArray csvLine(const Cells &cells, bool head)
    {
        QByteArray line;
        for (const auto &[name, value] : cells)
            line += (line.isNull() ? "" : ",") + csvField(head ? name : value.toString());
        return line + "\r\n";
    }
    // Numbers above 2^53 would lose digits as JSON's.
    static QByteArray jsonLine(const Cells &cells)
    {
        QJsonObject object;
        for (const auto &[name, value] : cells) {
            const bool large = value.typeId() == QMetaType::ULongLong && value.toULongLong() > 1ULL << 53;
            object[name] = large ? QJsonValue(value.toString()) : QJsonValue::fromVariant(value);
        }
        return QJsonDocument(object).toJson(QJsonDocument::Compact);
    }
    void put(const QByteArray &bytes) { m_ok = m_ok && m_device.write(bytes) == bytes.size(); }

    QIODevice &m_device;
    Form m_form;
    quint64 m_lines = 0;
    bool m_ok = true;
};

bool writeObjects(const Records &records, QIODevice &device, qint64 epoch, const RowChoice &choice,
                  LineWriter::Form form)
{
    LineWriter writer(device, form);
    for (int row = 0; row < records.objects.size(); ++row) {
        if (records.objects.identity(row).life != RowLife::Free && (!choice || choice(row)))
            writer.write(objectCells(records.objects, row, epoch));
    }
    return writer.finish();
}

bool writeEvents(const Records &records, QIODevice &device, qint64 epoch, LineWriter::Form form)
{
    LineWriter writer(device, form);
    for (quint64 number = records.events.begin(); number < records.events.end(); ++number)
        writer.write(eventCells(records.events.at(number), epoch));
    return writer.finish();
}

} // namespace

bool writeObjectsCsv(const Records &records, QIODevice &device, qint64 epoch, const RowChoice &choice)
{
    return writeObjects(records, device, epoch, choice, LineWriter::Form::Csv);
}

bool writeObjectsJson(const Records &records, QIODevice &device, qint64 epoch, const RowChoice &choice)
{
    return writeObjects(records, device, epoch, choice, LineWriter::Form::Json);
}

bool writeEventsCsv(const Records &records, QIODevice &device, qint64 epoch)
{
    return writeEvents(records, device, epoch, LineWriter::Form::Csv);
}

bool writeEventsJson(const Records &records, QIODevice &device, qint64 epoch)
{
    return writeEvents(records, device, epoch, LineWriter::Form::Json);
}

} // namespace inspector
