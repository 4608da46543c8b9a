#include "inspector/models/throughputmodel.h"

#include "inspector/models/objecttext.h"

#include <algorithm>

namespace inspector {

ThroughputModel::ThroughputModel(LiveView &view, QObject *parent) : QObject(parent), m_view(view)
{
    // Samples are taken while the view is paused too, from the live records: the gap would never be filled again.
    connect(&m_view.session(), &Session::framed, this, &ThroughputModel::record);
    connect(&m_view, &LiveView::framed, this, &ThroughputModel::changed);
    if (isFromLog(m_subject))
        seed();
}

void ThroughputModel::record()
{
    const ObjectTable &table = m_view.session().records().objects;
    if (!m_view.session().isLive())
        return;
    const qint64 now = table.clock().now();
    const auto sampleOf = [&](int row) {
        const RowRates &rates = table.rates(row);
        return ThroughputSeries::Sample{now, static_cast<float>(rates.latestIn), static_cast<float>(rates.latestOut)};
    };
    ThroughputSeries::Sample all{.time = now};
    for (const auto &feed : m_view.session().feeds()) {
        const int row = table.find({feed->process(), 0});
        if (row < 0)
            continue;
        const ThroughputSeries::Sample sample = sampleOf(row);
        m_processes[feed->process()].append(sample);
        all.in += sample.in;
        all.out += sample.out;
    }
    m_all.append(all);
    m_processes.removeIf([&](auto entry) { return table.find({entry.key(), 0}) < 0; });
    if (!m_subject.isNull() && !m_subject.isProcess()) {
        const int row = table.find(m_subject);
        if (row >= 0)
            m_chosen.append(sampleOf(row));
    }
}

void ThroughputModel::setSubject(SubjectKey key)
{
    if (m_subject == key)
        return;
    m_subject = key;
    m_chosen.clear();
    if (isFromLog(key))
        seed();
    Q_EMIT changed();
}

void ThroughputModel::seed()
{
    static constexpr qint64 interval = 100'000'000;
    const bool live = m_view.session().isLive();
    const qint64 span = live ? 300'000'000'000 : 2'000'000'000'000; // no more than a series holds
    const ObjectTable &table = m_view.session().records().objects;
    const EventLog &events = m_view.events();
    const qint64 now = table.clock().now();
    std::vector<ThroughputSeries::Sample> bins(static_cast<std::size_t>(span / interval));
    QHash<SubjectKey, bool> mine{{m_subject, true}};
    for (quint64 number = events.end(); number > events.begin();) {
        const LogRecord event = events.at(--number);
        if (now - event.time >= span) {
            if (live)
                break;
            continue; // a process that was met late has told of what was long before
        }
        const auto kind = static_cast<net::wire::EventKind>(event.kind);
        const bool in = kind == net::wire::EventKind::Received;
        if ((!m_subject.isNull() && event.process != m_subject.process) ||
            (!in && kind != net::wire::EventKind::Sent) || event.time > now)
            continue;
        const auto known = mine.constFind(event.key());
        bool counts = known != mine.cend() && *known;
        if (known == mine.cend()) {
            const int row = table.find(event.key());
            counts = row >= 0 && (!m_subject.subject || table.identity(row).server == m_subject.subject);
            mine.insert(event.key(), counts);
        }
        if (!counts)
            continue;
        ThroughputSeries::Sample &bin = bins[static_cast<std::size_t>((now - event.time) / interval)];
        (in ? bin.in : bin.out) += static_cast<float>(event.a) * (1e9f / static_cast<float>(interval));
    }
    // Nothing is known of the time before the oldest event that is kept.
    const auto last =
        std::find_if(bins.rbegin(), bins.rend(), [](const auto &bin) { return bin.in > 0 || bin.out > 0; });
    for (auto bin = last; bin != bins.rend(); ++bin) {
        bin->time = now - (bins.rend() - bin - 1) * interval;
        m_chosen.append(*bin);
    }
}

// Of everything and of processes samples are taken all the time, unless it is a recording.
bool ThroughputModel::isFromLog(SubjectKey key) const
{
    return !m_view.session().isLive() || (!key.isNull() && !key.isProcess());
}

const ThroughputSeries &ThroughputModel::series() const
{
    if (isFromLog(m_subject))
        return m_chosen;
    if (m_subject.isNull())
        return m_all;
    const auto found = m_processes.constFind(m_subject.process);
    return found == m_processes.cend() ? m_chosen : *found;
}

ThroughputSeries::Sample ThroughputModel::latest() const
{
    const ObjectTable &table = m_view.objects();
    ThroughputSeries::Sample sum{.time = now()};
    const auto add = [&](int row) {
        if (row < 0)
            return;
        sum.in += static_cast<float>(table.rates(row).in);
        sum.out += static_cast<float>(table.rates(row).out);
    };
    if (!m_subject.isNull()) {
        add(table.find(m_subject));
        return sum;
    }
    for (const auto &feed : m_view.session().feeds())
        add(table.find({feed->process(), 0}));
    return sum;
}

QString ThroughputModel::title() const
{
    const int row = m_view.objects().find(m_subject);
    return row < 0 ? tr("All processes") : rowTitle(m_view.objects(), row);
}

qint64 ThroughputModel::now() const
{
    return m_view.isPaused() ? m_view.now() : m_view.objects().clock().now();
}

} // namespace inspector
