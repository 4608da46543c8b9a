#include "inspector/models/facts.h"

#include "inspector/models/callframes.h"
#include "inspector/models/units.h"

#include <QCoreApplication>

#include <cstring>

namespace inspector {

using namespace Qt::StringLiterals;
using net::wire::CounterRecord;

namespace {

/// Collects facts, and leaves out those without a value.
class FactList
{
    Q_DECLARE_TR_FUNCTIONS(inspector::Facts)

public:
    FactList(const LiveView &view, int row, Symbolizer *symbolizer)
        : m_view(view),
          m_symbolizer(symbolizer),
          m_table(view.objects()),
          m_row(row),
          m_identity(m_table.identity(row)),
          m_counters(m_table.counters(row))
    {
    }

    QList<Fact> list()
    {
        add(tr("State"), stateText(m_table, m_row), stateTone(m_table, m_row), Column::State);
        add(tr("Last error"), errorText(), Tone::Bad, Column::Error);
        switch (m_identity.kind) {
        case RowKind::Process:
            process();
            break;
        case RowKind::Listener:
            listener();
            break;
        case RowKind::Server:
            server();
            break;
        default:
            socket();
        }
        life();
        return m_facts;
    }

private:
    void add(const QString &label, const QString &value, Tone tone = Tone::Plain, Column column = Column::Name)
    {
        if (!value.isEmpty())
            m_facts.append({label, value, tone, {}, column});
    }
    void add(const QString &label, const QString &value, Column column) { add(label, value, Tone::Plain, column); }

    QString errorText() const
    {
        const QString &text = m_table.texts(m_row).error;
        if (!text.isEmpty() || !m_counters.errorNumber)
            return text;
        return QString::fromLocal8Bit(std::strerror(m_counters.errorNumber));
    }

    void bytes()
    {
        const auto exact = [](quint64 bytes) {
            return bytes < 1024 ? bytesText(bytes) : tr("%1 (%2 B)").arg(bytesText(bytes), countText(bytes));
        };
        add(tr("▼ Received"), exact(m_counters.received), Tone::In, Column::Received);
        add(tr("▲ Sent"), exact(m_counters.sent), Tone::Out, Column::Sent);
        if (m_identity.life != RowLife::Live)
            return;
        // Always there, so that the rows below do not jump with every pause.
        const RowRates &rates = m_table.rates(m_row);
        const auto rate = [](double value) {
            return value >= 1 ? rateText(value) : tr("nothing");
        };
        add(tr("At the moment"), u"▼ %1   ▲ %2"_s.arg(rate(rates.in), rate(rates.out)));
    }

    void process()
    {
        add(tr("Process id"), QString::number(m_identity.pid));
        if (m_identity.worker)
            add(tr("Worker"), QString::number(m_identity.worker));
        if (m_identity.parentPid)
            add(tr("Forked by"), QString::number(m_identity.parentPid));
        if (const int before = m_table.find({m_identity.heirOf, 0}); before >= 0)
            m_facts.append(
                {tr("Before"), u"→ "_s + rowTitle(m_table, before), Tone::Plain, {m_identity.heirOf, 0}, Column::Name});
        add(tr("Sockets"), countText(m_counters.connections));
        bytes();
        if (const AgentFeed *feed = m_view.session().feed(m_identity.key.process)) {
            const AgentFeed::Accounts &accounts = feed->accounts();
            if (accounts.loopDelay >= 0)
                add(tr("Event loop delay"), spanText(accounts.loopDelay),
                    accounts.loopDelay > 100'000'000 ? Tone::Warning : Tone::Plain);
            if (accounts.agentMemory)
                add(tr("Agent's memory"), bytesText(accounts.agentMemory));
            add(tr("Events"), countText(accounts.received));
            if (const quint64 dropped = accounts.ringDropped + accounts.linkDropped)
                add(tr("Events dropped"), countText(dropped), Tone::Warning);
        }
    }

    void link(const QString &label, SubjectKey key)
    {
        const int row = m_table.find(key);
        if (row < 0)
            return;
        const int process = m_table.processOf(row);
        const QString title = rowTitle(m_table, row);
        m_facts.append({label, process < 0 ? title : tr("→ %1 in %2").arg(title, rowTitle(m_table, process)),
                        Tone::Plain, key, Column::Name});
    }

    void listener()
    {
        add(tr("Listens on"), m_table.texts(m_row).local, Column::Local);
        add(tr("Connections"), countText(m_counters.connections));
        add(tr("Accepted"), countText(m_counters.accepted));
        if (m_counters.dropped)
            add(tr("Dropped"), countText(m_counters.dropped), Tone::Warning);
        bytes();
        for (int row = 0; row < m_table.size(); ++row) {
            if (m_table.isShown(row) && m_table.identity(row).listener == m_identity.key)
                m_facts.append({tr("Shared by"), tr("→ %1, %2").arg(sharerName(m_table, row), remoteText(m_table, row)),
                                Tone::Plain, m_table.identity(row).key, Column::Name});
        }
    }

    void server()
    {
        add(tr("Listens on"), m_table.texts(m_row).local, Column::Local);
        const QString open = countText(m_counters.connections);
        add(tr("Connections"),
            m_counters.maxConnections ? tr("%1 of at most %2").arg(open, countText(m_counters.maxConnections)) : open);
        add(tr("Accepted"), countText(m_counters.accepted));
        if (m_counters.dropped)
            add(tr("Dropped"), countText(m_counters.dropped), Tone::Warning);
        bytes();
        source();
    }

    void socket()
    {
        add(tr("Local"), m_table.texts(m_row).local, Column::Local);
        add(tr("Remote"), m_table.texts(m_row).remote, Column::Remote);
        const int server = m_table.serverOf(m_row);
        add(tr("Accepted by"), server < 0 ? QString() : rowTitle(m_table, server));
        for (const SubjectKey &other : m_view.session().records().handovers.others(m_identity.key))
            link(tr("Handed over"), other);
        bytes();
        const bool full = m_counters.highWaterMark && m_counters.queued >= m_counters.highWaterMark;
        add(tr("Write queue"), tr("%1 of %2").arg(bytesText(m_counters.queued), bytesText(m_counters.highWaterMark)),
            full ? Tone::Warning : Tone::Plain, Column::Queue);
        if (m_counters.readBuffered)
            add(tr("Read buffer"), bytesText(m_counters.readBuffered));
        if (const KernelState *state = m_view.session().records().kernel.find(m_identity.key, m_view.now()))
            kernel(state->record);
        notes();
        source();
    }

    void kernel(const net::wire::KernelRecord &kernel)
    {
        const bool isLocal = m_identity.family == net::wire::Family::Local;
        add(tr("In the kernel"), isLocal ? tr("%1 not read by the peer").arg(bytesText(kernel.unsent))
                                         : tr("%1 not acknowledged, %2 of them not sent yet")
                                               .arg(bytesText(kernel.unsent), bytesText(kernel.notSent)));
        if (kernel.unread)
            add(tr("Waits to be read"), bytesText(kernel.unread));
        if (isLocal)
            return;
        add(tr("Peer has room for"), bytesText(kernel.peerWindow), kernel.peerWindow ? Tone::Plain : Tone::Warning);
        add(tr("Network allows"), bytesText(kernel.networkWindow));
        const QString roundTrip = latencyText(qint64(kernel.roundTrip) * 1000);
        add(tr("Round trip"),
            kernel.resent ? tr("%1, %2 segments sent again").arg(roundTrip, countText(kernel.resent)) : roundTrip,
            kernel.resent ? Tone::Warning : Tone::Plain);
    }

    void notes()
    {
        const quint32 flags = m_counters.flags;
        QStringList words;
        if (flags & net::wire::HalfOpen)
            words += tr("may stay half-open");
        if (flags & net::wire::HasTimeout)
            words += tr("has a timeout");
        if (flags & net::wire::Unreferenced)
            words += tr("does not keep the application running");
        add(tr("Options"), words.join(u", "_s));
        if (flags & net::wire::NoReceiver)
            add(tr("Note"), tr("nobody listens to its data"), Tone::Warning);
        if (flags & net::wire::NoErrorHandler)
            add(tr("Note"), tr("nobody listens to its errors"), Tone::Warning);
    }

    void creator()
    {
        const auto created =
            m_symbolizer ? callSiteOf(m_view, *m_symbolizer, m_identity.key, net::wire::Call::Created) : std::nullopt;
        if (!created || created->own() < 0)
            return;
        const CallFrame &frame = created->frames.at(created->own());
        add(tr("Created by"), frame.file.isEmpty() ? frame.function : u"%1 (%2)"_s.arg(frame.function, frame.place()));
    }

    void source()
    {
        creator();
        const int process = m_table.processOf(m_row);
        add(tr("Process"), process < 0 ? QString() : rowTitle(m_table, process), Column::Process);
        add(tr("Number"), u'#' + QString::number(m_identity.key.subject));
        if (m_identity.descriptor >= 0)
            add(tr("Descriptor"), QString::number(m_identity.descriptor));
        if (m_identity.thread)
            add(tr("Thread"), QString::number(m_identity.thread));
        add(tr("Events"), countText(m_counters.events));
        if (m_counters.eventsDropped)
            add(tr("Events dropped"), countText(m_counters.eventsDropped), Tone::Warning);
        if (m_counters.payloadLost)
            add(tr("Payload not kept"), bytesText(m_counters.payloadLost), Tone::Warning);
    }

    void life()
    {
        const qint64 now = m_view.now();
        add(tr("Age"), spanText(ageOf(m_table, m_row, now)), Column::Age);
        const qint64 idle = idleOf(m_table, m_row, now);
        if (idle >= 0)
            add(tr("Quiet for"), spanText(idle), Column::Idle);
    }

    const LiveView &m_view;
    Symbolizer *m_symbolizer;
    const ObjectTable &m_table;
    int m_row;
    const RowIdentity &m_identity;
    const CounterRecord &m_counters;
    QList<Fact> m_facts;
};

} // namespace

QList<Fact> factsOf(const LiveView &view, int row, Symbolizer *symbolizer)
{
    return FactList(view, row, symbolizer).list();
}

} // namespace inspector
