#include "inspector/session/ratemeter.h"

#include <cmath>

namespace inspector {

// A new rate shows half of its height after 0.35 s: fast enough to follow, slow enough to read.
static constexpr double smoothing = 0.5;

void RateMeter::touch(int row)
{
    m_touched.push_back(row);
}

void RateMeter::advance(ObjectTable &table, qint64 stamp)
{
    m_isMoving.resize(static_cast<std::size_t>(table.size()), false);
    const auto start = [&](int row) {
        if (row < 0 || m_isMoving[static_cast<std::size_t>(row)])
            return;
        m_isMoving[static_cast<std::size_t>(row)] = true;
        m_moving.push_back({row, table.identity(row).key});
    };
    for (const int row : m_touched) {
        const RowRates &rates = table.rates(row);
        const net::wire::CounterRecord &counters = table.counters(row);
        if (counters.received == rates.lastReceived && counters.sent == rates.lastSent)
            continue;
        start(row);
        start(table.serverOf(row));
        start(table.processOf(row));
    }
    m_touched.clear();

    const double seconds = static_cast<double>(stamp - m_stamp) / 1e9;
    const bool first = m_stamp == 0;
    m_stamp = stamp;
    if (!first && seconds <= 0)
        return;
    const double weight = 1 - std::exp(-seconds / smoothing);

    std::erase_if(m_moving, [&](const Moving &moving) {
        const auto stop = [&] {
            m_isMoving[static_cast<std::size_t>(moving.row)] = false;
            return true;
        };
        if (table.identity(moving.row).key != moving.key)
            return stop();
        const net::wire::CounterRecord &counters = table.counters(moving.row);
        RowRates rates = table.rates(moving.row);
        // What was moved before the first look has no duration.
        if (!first) {
            const quint64 in = counters.received >= rates.lastReceived ? counters.received - rates.lastReceived : 0;
            const quint64 out = counters.sent >= rates.lastSent ? counters.sent - rates.lastSent : 0;
            rates.latestIn = static_cast<double>(in) / seconds;
            rates.latestOut = static_cast<double>(out) / seconds;
            rates.in += (rates.latestIn - rates.in) * weight;
            rates.out += (rates.latestOut - rates.out) * weight;
        }
        rates.lastReceived = counters.received;
        rates.lastSent = counters.sent;
        const bool isOver = table.identity(moving.row).life != RowLife::Live;
        const bool still = isOver || (rates.in < 1 && rates.out < 1);
        if (still)
            rates.in = rates.out = rates.latestIn = rates.latestOut = 0;
        table.setRates(moving.row, rates);
        return still && stop();
    });
}

} // namespace inspector
