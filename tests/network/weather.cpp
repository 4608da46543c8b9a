#include "tests/network/weather.h"

#include <QDeadlineTimer>
#include <QFile>

#include <arpa/inet.h>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace test {

using namespace Qt::StringLiterals;

namespace {

bool writeFile(const QString &path, const QByteArray &text)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly | QIODevice::Unbuffered) && file.write(text) == text.size();
}

QString because(const char *what)
{
    return QString::fromLatin1(what) + u": "_s + qt_error_string(errno);
}

qint64 nowInMs()
{
    return QDeadlineTimer::current(Qt::PreciseTimer).deadline();
}

bool setAddress(int control, ifreq request, unsigned long call, const char *literal)
{
    auto *address = reinterpret_cast<sockaddr_in *>(&request.ifr_addr);
    address->sin_family = AF_INET;
    inet_pton(AF_INET, literal, &address->sin_addr);
    return ioctl(control, call, &request) == 0;
}

bool setUp(int control, ifreq request)
{
    request.ifr_flags = IFF_UP | IFF_RUNNING;
    return ioctl(control, SIOCSIFFLAGS, &request) == 0;
}

} // namespace

QString Weather::enterNetwork()
{
    const uid_t user = geteuid();
    const gid_t group = getegid();
    if (unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0)
        return because("no namespaces for this user");
    writeFile(u"/proc/self/setgroups"_s, "deny");
    if (!writeFile(u"/proc/self/uid_map"_s, "0 " + QByteArray::number(user) + " 1") ||
        !writeFile(u"/proc/self/gid_map"_s, "0 " + QByteArray::number(group) + " 1"))
        return because("no user in the namespace");
    return {};
}

Weather::Weather()
{
    if (!openDevice())
        return;
    if (pipe2(m_wake, O_CLOEXEC) != 0)
        qFatal("no pipe");
    m_thread = std::thread([this] { serve(); });
}

Weather::~Weather()
{
    if (m_thread.joinable()) {
        close(m_wake[1]);
        m_thread.join();
        close(m_wake[0]);
    }
    if (m_device >= 0)
        close(m_device);
}

bool Weather::openDevice()
{
    m_device = open("/dev/net/tun", O_RDWR | O_CLOEXEC | O_NONBLOCK);
    if (m_device < 0) {
        m_reason = because("/dev/net/tun");
        return false;
    }
    ifreq request = {};
    request.ifr_flags = IFF_TUN | IFF_NO_PI;
    std::strcpy(request.ifr_name, "weather0");
    const int control = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    ifreq loopback = {};
    std::strcpy(loopback.ifr_name, "lo");
    if (ioctl(m_device, TUNSETIFF, &request) != 0 || !setAddress(control, request, SIOCSIFADDR, Own) ||
        !setAddress(control, request, SIOCSIFNETMASK, "255.255.255.0") || !setUp(control, request) ||
        !setUp(control, loopback))
        m_reason = because("no device");
    close(control);
    return m_reason.isEmpty();
}

void Weather::set(const Forecast &forecast)
{
    m_delay = forecast.delay;
    m_jitter = forecast.jitter;
    m_loss = forecast.lost;
    m_twice = forecast.twice;
    m_late = forecast.overtaken;
    m_carried = m_lost = m_doubled = m_overtaken = 0;
}

void Weather::serve()
{
    char buffer[65536];
    for (;;) {
        pollfd entries[] = {{m_device, POLLIN, 0}, {m_wake[0], POLLIN, 0}};
        const qint64 wait = m_underWay.empty() ? -1 : std::max<qint64>(0, m_underWay.begin()->first - nowInMs());
        poll(entries, 2, int(wait));
        if (entries[1].revents)
            return;
        const qint64 now = nowInMs();
        for (ssize_t size; (size = read(m_device, buffer, sizeof buffer)) > 0;)
            take(QByteArray(buffer, size), now);
        while (!m_underWay.empty() && m_underWay.begin()->first <= now) {
            const QByteArray &packet = m_underWay.begin()->second;
            if (write(m_device, packet.constData(), size_t(packet.size())) == packet.size())
                ++m_carried;
            m_underWay.erase(m_underWay.begin());
        }
    }
}

void Weather::take(QByteArray packet, qint64 now)
{
    constexpr qsizetype Addresses = 12;
    if (packet.size() < 20 || quint8(packet.at(0)) >> 4 != 4)
        return; // the system's own IPv6 greetings
    // Source and destination change places, which no checksum notices.
    std::swap_ranges(packet.begin() + Addresses, packet.begin() + Addresses + 4, packet.begin() + Addresses + 4);
    if (happens(m_loss)) {
        ++m_lost;
        return;
    }
    qint64 due = now + m_delay + (m_jitter > 0 ? qint64(m_random() % quint32(m_jitter + 1)) : 0);
    if (happens(m_twice)) {
        ++m_doubled;
        m_underWay.emplace(due + 1, packet);
    }
    if (happens(m_late)) {
        ++m_overtaken;
        due += 20;
    }
    m_underWay.emplace(due, packet);
}

} // namespace test
