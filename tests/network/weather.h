#pragma once
#include <QByteArray>
#include <QString>

#include <atomic>
#include <map>
#include <random>
#include <thread>

namespace test {

/// A network of its own for this process, behind a device that the process itself serves: what is sent to Peer comes
/// back from there to Own, late, twice, in another order, or never. So both ends of a connection live here, and nothing
/// of the machine's network is touched. Works without rights where unprivileged namespaces and /dev/net/tun are
/// allowed.
class Weather
{
public:
    /// Of each packet; parts are per thousand.
    struct Forecast
    {
        int delay = 0;     ///< ms
        int jitter = 0;    ///< ms on top, at most
        int lost = 0;      ///< part that never arrives
        int twice = 0;     ///< part that arrives twice
        int overtaken = 0; ///< part that waits 20 ms more than what follows it
    };

    static constexpr const char *Own = "10.99.0.1";
    static constexpr const char *Peer = "10.99.0.2";

    /// Moves the process to a network of its own; before it has threads. Else why that is not possible.
    static QString enterNetwork();
    /// Starts to serve. Check reason().
    Weather();
    ~Weather();
    Weather(const Weather &) = delete;
    Weather &operator=(const Weather &) = delete;

    QString reason() const { return m_reason; } ///< why there is no device; empty: there is
    void set(const Forecast &forecast);
    /// Nothing arrives any more.
    void vanish() { set({.lost = 1000}); }

    int carried() const { return m_carried; }
    int lost() const { return m_lost; }
    int doubled() const { return m_doubled; }
    int overtaken() const { return m_overtaken; }

private:
    bool openDevice();
    void serve();
    void take(QByteArray packet, qint64 now);
    bool happens(const std::atomic<int> &part) { return int(m_random() % 1000) < part; }

    QString m_reason;
    int m_device = -1;
    int m_wake[2] = {-1, -1};
    std::multimap<qint64, QByteArray> m_underWay; ///< by the ms at which they arrive
    std::mt19937 m_random{1};
    std::atomic<int> m_delay = 0, m_jitter = 0, m_loss = 0, m_twice = 0, m_late = 0;
    std::atomic<int> m_carried = 0, m_lost = 0, m_doubled = 0, m_overtaken = 0;
    std::thread m_thread;
};

} // namespace test
