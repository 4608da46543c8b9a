#include "inspector/models/objectsource.h"

#include "inspector/models/lints.h"
#include "inspector/models/objecttext.h"
#include "inspector/session/wallclock.h"

namespace inspector {

using namespace Qt::StringLiterals;
using net::wire::CounterRecord;
using net::wire::State;

// The words of the filter language are the same in every tongue, unlike those in the table.
static QLatin1StringView stateWords(State state, RowKind kind)
{
    const bool isProcess = kind == RowKind::Process;
    switch (state) {
    case State::Idle:
        return "idle"_L1;
    case State::Resolving:
        return "resolving"_L1;
    case State::Connecting:
        return "connecting"_L1;
    case State::Open:
        return isProcess ? "running"_L1 : "open"_L1;
    case State::ReadEnded:
        return "read-ended half-open"_L1;
    case State::WriteEnded:
        return "write-ended half-open"_L1;
    case State::Closed:
        return isProcess ? "ended"_L1 : "closed"_L1;
    case State::Listening:
        return "listening"_L1;
    case State::Closing:
        return "closing"_L1;
    }
    return {};
}

static QLatin1StringView kindWords(RowKind kind)
{
    switch (kind) {
    case RowKind::Process:
        return "process"_L1;
    case RowKind::Listener:
    case RowKind::Server:
        return "server"_L1;
    case RowKind::Accepted:
        return "accepted"_L1;
    case RowKind::Client:
        return "client"_L1;
    case RowKind::Adopted:
        return "adopted"_L1;
    }
    return {};
}

static QString flagWords(quint32 flags)
{
    // In the order of their bits.
    static constexpr QLatin1StringView names[] = {
        "paused"_L1,           "drain"_L1,   "ending"_L1,      "no-receiver"_L1, "half-open-allowed"_L1, "failed"_L1,
        "no-error-handler"_L1, "timeout"_L1, "unreferenced"_L1};
    QString words;
    for (std::size_t bit = 0; bit < std::size(names); ++bit) {
        if (flags & (1u << bit))
            words += names[bit] + u' ';
    }
    return words.trimmed();
}

// An IPv4 address that the system has mapped into IPv6 is found as either, each on a line.
static QString endText(const QString &text)
{
    static constexpr QLatin1StringView start("[::ffff:");
    const qsizetype close = text.startsWith(start) ? text.indexOf(u']') : -1;
    if (close < 0)
        return text;
    const QString address = text.sliced(start.size(), close - start.size());
    return address.contains(u'.') ? text + u'\n' + address + text.sliced(close + 1) : text;
}

QString ObjectSource::words(Field field) const
{
    const RowIdentity &identity = m_table.identity(m_row);
    switch (field) {
    case Field::Kind:
        return kindWords(identity.kind);
    case Field::State:
        return stateWords(identity.goneAt ? State::Closed : m_table.counters(m_row).state, identity.kind);
    case Field::Flag:
        return flagWords(m_table.counters(m_row).flags);
    case Field::Family:
        switch (identity.family) {
        case net::wire::Family::IPv4:
            return u"ipv4"_s;
        case net::wire::Family::IPv6:
            return u"ipv6"_s;
        case net::wire::Family::Local:
            return u"local"_s;
        case net::wire::Family::Unspecified:
            break;
        }
        return {};
    case Field::Lint:
        return lintWords(lintsOf(m_table, m_row, m_now));
    default:
        return {};
    }
}

QString ObjectSource::pidText() const
{
    const int process = m_table.processOf(m_row);
    return process < 0 ? QString() : QString::number(m_table.identity(process).pid);
}

QString ObjectSource::text(Field field) const
{
    const RowTexts &texts = m_table.texts(m_row);
    const auto nameOf = [this](int row) {
        return row >= 0 ? rowName(m_table, row) : QString();
    };
    switch (field) {
    case Field::Any:
        return QStringList{rowName(m_table, m_row),
                           nameOf(m_table.processOf(m_row)),
                           pidText(),
                           words(Field::Kind),
                           words(Field::State),
                           endText(texts.local),
                           endText(texts.remote),
                           texts.error}
            .join(u'\n');
    case Field::Name:
        return rowName(m_table, m_row);
    case Field::Process:
        return nameOf(m_table.processOf(m_row));
    case Field::Server:
        return m_table.identity(m_row).kind == RowKind::Server ? rowName(m_table, m_row)
                                                               : nameOf(m_table.serverOf(m_row));
    case Field::Local:
        return endText(texts.local);
    case Field::Remote:
        return endText(texts.remote);
    case Field::Address:
        return endText(texts.local) + u'\n' + endText(texts.remote);
    case Field::Error:
        return texts.error;
    default:
        return words(field);
    }
}

FilterSource::Presence ObjectSource::presence() const
{
    const RowIdentity &identity = m_table.identity(m_row);
    const RowMarks &marks = m_table.marks(m_row);
    const qint64 end = identity.goneAt ? identity.goneAt : marks.closedAt ? marks.closedAt : m_now;
    const double now = m_table.clock().secondOfDay(m_now);
    const auto ago = [&](qint64 time) {
        return now - static_cast<double>(m_now - time) / 1e9;
    };
    return {.from = ago(m_moment ? m_moment : identity.createdAt), .to = ago(m_moment ? m_moment : end), .now = now};
}

double ObjectSource::number(Field field, bool second) const
{
    const RowIdentity &identity = m_table.identity(m_row);
    const CounterRecord &counters = m_table.counters(m_row);
    const RowRates &rates = m_table.rates(m_row);
    const auto port = [](quint16 number) {
        return number ? static_cast<double>(number) : -1.0;
    };
    const auto seconds = [](qint64 span) {
        return span < 0 ? -1.0 : static_cast<double>(span) / 1e9;
    };
    if (field == Field::Port)
        return port(second ? identity.remotePort : identity.localPort);
    if (second)
        return -1;
    switch (field) {
    case Field::Pid: {
        const int process = m_table.processOf(m_row);
        return process >= 0 ? static_cast<double>(m_table.identity(process).pid) : -1;
    }
    case Field::Id:
        return static_cast<double>(identity.key.subject);
    case Field::LocalPort:
        return port(identity.localPort);
    case Field::RemotePort:
        return port(identity.remotePort);
    case Field::Received:
        return static_cast<double>(counters.received);
    case Field::Sent:
        return static_cast<double>(counters.sent);
    case Field::Bytes:
        return static_cast<double>(counters.received) + static_cast<double>(counters.sent);
    case Field::Rate:
        return rates.in + rates.out;
    case Field::RateIn:
        return rates.in;
    case Field::RateOut:
        return rates.out;
    case Field::Queue:
        return static_cast<double>(counters.queued);
    case Field::Mark:
        return static_cast<double>(counters.highWaterMark);
    case Field::Connections:
        return counters.connections;
    case Field::Age:
        return seconds(ageOf(m_table, m_row, m_now));
    case Field::Idle:
        return seconds(idleOf(m_table, m_row, m_now));
    default:
        return -1;
    }
}

} // namespace inspector
