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

QStringList objectColumns()
{
    return {u"process"_s, u"pid"_s,      u"id"_s,   u"server"_s, u"kind"_s,    u"state"_s, u"name"_s, u"local"_s,
            u"remote"_s,  u"received"_s, u"sent"_s, u"queued"_s, u"created"_s, u"gone"_s,  u"error"_s};
}

QVariantList objectCells(const ObjectTable &table, int row, qint64 epoch)
{
    const RowIdentity &identity = table.identity(row);
    const RowTexts &texts = table.texts(row);
    const CounterRecord &counters = table.counters(row);
    const int process = table.processOf(row);
    return {identity.key.process,
            process < 0 ? QVariant() : table.identity(process).pid,
            identity.key.subject,
            identity.server,
            kindName(identity.kind),
            rowStateName(table, row),
            texts.name,
            texts.local,
            texts.remote,
            counters.received,
            counters.sent,
            counters.queued,
            timeText(identity.createdAt, epoch),
            timeText(identity.goneAt, epoch),
            texts.error};
}

QStringList eventColumns()
{
    return {u"time"_s, u"process"_s, u"id"_s, u"event"_s, u"a"_s, u"b"_s, u"state"_s};
}

QVariantList eventCells(const LogRecord &event, qint64 epoch)
{
    return {timeText(event.time, epoch),  event.process, event.subject, eventName(event.kind), event.a, event.b,
            stateName(State(event.state))};
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
    /// The names of the \a columns stand above them in CSV, also where nothing follows.
    LineWriter(QIODevice &device, LineForm form, const QStringList &columns)
        : m_device(device),
          m_form(form),
          m_columns(columns)
    {
        if (m_form == LineForm::Csv)
            put(csvLine(QVariantList(m_columns.begin(), m_columns.end())));
    }

    quint64 lines() const { return m_lines; }
    bool ok() const { return m_ok; }

    /// A text or a number for each column.
    void write(const QVariantList &cells)
    {
        const bool isFirst = m_lines++ == 0;
        put(m_form == LineForm::Json ? (isFirst ? "[\n" : ",\n") + jsonLine(cells) : csvLine(cells));
    }
    void finish()
    {
        if (m_form == LineForm::Json)
            put(m_lines ? "\n]\n" : "[]\n");
    }

private:
    static QByteArray csvLine(const QVariantList &cells)
    {
        QByteArrayList fields;
        for (const QVariant &value : cells)
            fields += csvField(value.toString());
        return fields.join(',') + "\r\n";
    }
    QByteArray jsonLine(const QVariantList &cells) const
    {
        QJsonObject object;
        for (qsizetype i = 0; i < cells.size(); ++i) {
            const QVariant &value = cells[i];
            const bool large = value.typeId() == QMetaType::ULongLong && value.toULongLong() > 1ULL << 53;
            object[m_columns[i]] = large ? QJsonValue(value.toString()) : QJsonValue::fromVariant(value);
        }
        return QJsonDocument(object).toJson(QJsonDocument::Compact);
    }
    void put(const QByteArray &bytes) { m_ok = m_ok && m_device.write(bytes) == bytes.size(); }

    QIODevice &m_device;
    LineForm m_form;
    QStringList m_columns;
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
      m_writer(std::make_unique<LineWriter>(device, form, objectColumns()))
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

EventLines::EventLines(const Records &records, QIODevice &device, qint64 epoch, LineForm form, EventChoice choice)
    : m_records(records),
      m_epoch(epoch),
      m_choice(std::move(choice)),
      m_writer(std::make_unique<LineWriter>(device, form, eventColumns())),
      m_begin(records.events.begin()),
      m_end(records.events.end()),
      m_next(m_begin)
{
}

EventLines::~EventLines() = default;

bool EventLines::writeNext()
{
    // What was overwritten meanwhile was the oldest.
    const quint64 oldest = std::min(m_records.events.begin(), m_end);
    if (oldest > m_next)
        m_forgotten += oldest - m_next;
    m_next = std::max(m_next, oldest);
    if (!m_writer->ok())
        return false;
    if (m_next >= m_end) {
        m_writer->finish();
        return false;
    }
    const LogRecord event = m_records.events.at(m_next++);
    if (!m_choice || m_choice(event))
        m_writer->write(eventCells(event, m_epoch));
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
    QString text = Texts::tr("events: %L1").arg(m_writer->lines());
    if (m_forgotten > 0)
        text += Texts::tr("; %L1 more were forgotten meanwhile").arg(m_forgotten);
    return text;
}

} // namespace inspector
