#include "inspector/exports/tables.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
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

// As the filter's "state:" has it: what went with its application is closed, and a process runs.
QString rowStateName(const ObjectTable &table, int row)
{
    const RowIdentity &identity = table.identity(row);
    const State state = identity.goneAt ? State::Closed : table.counters(row).state;
    if (identity.kind == RowKind::Process && (state == State::Open || state == State::Closed))
        return state == State::Open ? u"running"_s : u"ended"_s;
    return stateName(state);
}

QString eventName(quint8 kind)
{
    static constexpr const char *names[] = {
        "",          "opened",          "lookup",   "attempt",     "attempt-failed", "connected", "listening",
        "accepted",  "dropped",         "received", "sent",        "queued",         "drain",     "paused",
        "resumed",   "peer-ended",      "ended",    "finished",    "timed-out",      "failed",    "closed",
        "data-lost", "write-after-end", "closing",  "handed-over", "taken-over",     "ordered",   "slot-returned"};
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
    const int process = table.processOf(row);
    return {{u"process"_s, identity.key.process},
            {u"pid"_s, process < 0 ? QVariant() : table.identity(process).pid},
            {u"id"_s, identity.key.subject},
            {u"server"_s, identity.server},
            {u"kind"_s, kindName(identity.kind)},
            {u"state"_s, rowStateName(table, row)},
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

} // namespace

/// Lines as CSV or as JSON, to a device that may fail.
class LineWriter
{
public:
    LineWriter(QIODevice &device, LineForm form) : m_device(device), m_form(form) {}

    quint64 lines() const { return m_lines; }
    bool ok() const { return m_ok; }

    void write(const Cells &cells)
    {
        const bool isFirst = m_lines++ == 0;
        if (m_form == LineForm::Json)
            return put((isFirst ? "[\n" : ",\n") + jsonLine(cells));
        if (isFirst)
            put(csvLine(cells, true));
        put(csvLine(cells, false));
    }
    void finish()
    {
        if (m_form == LineForm::Json)
            put(m_lines ? "\n]\n" : "[]\n");
    }

private:
    static QByteArray csvLine(const Cells &cells, bool head)
    {
        QByteArray line;
        for (const auto &[name, value] : cells)
            line += (line.isNull() ? "" : ",") + csvField(head ? name : value.toString());
        return line + "\r\n";
    }
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
    LineForm m_form;
    quint64 m_lines = 0;
    bool m_ok = true;
};

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(inspector::Export)
};

double share(double part, double whole)
{
    return whole > 0 ? part / whole : 1;
}

} // namespace

ObjectLines::ObjectLines(const Records &records, QIODevice &device, qint64 epoch, LineForm form, RowChoice choice)
    : m_records(records),
      m_epoch(epoch),
      m_choice(std::move(choice)),
      m_writer(std::make_unique<LineWriter>(device, form))
{
}

ObjectLines::~ObjectLines() = default;

bool ObjectLines::writeNext()
{
    if (!m_writer->ok())
        return false;
    if (m_row >= m_records.objects.size()) {
        m_writer->finish();
        return false;
    }
    if (m_records.objects.identity(m_row).life != RowLife::Free && (!m_choice || m_choice(m_row)))
        m_writer->write(objectCells(m_records.objects, m_row, m_epoch));
    ++m_row;
    return true;
}

double ObjectLines::progress() const
{
    return share(m_row, m_records.objects.size());
}

bool ObjectLines::ok() const
{
    return m_writer->ok();
}

QString ObjectLines::summary() const
{
    return Texts::tr("processes, servers and connections: %L1").arg(m_writer->lines());
}

EventLines::EventLines(const Records &records, QIODevice &device, qint64 epoch, LineForm form)
    : m_records(records),
      m_epoch(epoch),
      m_writer(std::make_unique<LineWriter>(device, form)),
      m_begin(records.events.begin()),
      m_end(records.events.end()),
      m_next(m_begin)
{
}

EventLines::~EventLines() = default;

bool EventLines::writeNext()
{
    // What was overwritten meanwhile was the oldest.
    m_next = std::max(m_next, m_records.events.begin());
    if (!m_writer->ok())
        return false;
    if (m_next >= m_end) {
        m_writer->finish();
        return false;
    }
    m_writer->write(eventCells(m_records.events.at(m_next++), m_epoch));
    return true;
}

double EventLines::progress() const
{
    return share(double(m_next - m_begin), double(m_end - m_begin));
}

bool EventLines::ok() const
{
    return m_writer->ok();
}

QString EventLines::summary() const
{
    const quint64 lost = m_end - m_begin - std::min(m_end - m_begin, m_writer->lines());
    QString text = Texts::tr("events: %L1").arg(m_writer->lines());
    if (lost > 0)
        text += Texts::tr("; %L1 more were forgotten meanwhile").arg(lost);
    return text;
}

} // namespace inspector
