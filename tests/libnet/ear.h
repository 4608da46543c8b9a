#pragma once
#include "libnet/transport/reactor.h"

#include <QCoreApplication>
#include <QTest>

#include <sys/socket.h>
#include <unistd.h>

namespace test {

/// One end of a socket pair, watched; the other end makes it ready.
class Ear : public net::Reactor::Watch
{
public:
    explicit Ear(std::function<void(Ear &, quint8)> function = {}) : then(std::move(function))
    {
        int fds[2] = {-1, -1};
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, fds) == 0) {
            here.reset(fds[0]);
            there.reset(fds[1]);
        }
    }

    void want(quint8 readiness) { net::Reactor::current().want(*this, here.get(), readiness); }
    void forget() { net::Reactor::forget(*this); }
    void say(const char *what = "x") const { QVERIFY(::write(there.get(), what, 1) == 1); }
    void hear() const
    {
        char byte = 0;
        QVERIFY(::read(here.get(), &byte, 1) == 1);
    }

    net::Descriptor here;
    net::Descriptor there;
    std::function<void(Ear &, quint8)> then;
    int calls = 0;
    quint8 heard = net::Reactor::Nothing;

private:
    void ready(quint8 readiness) override
    {
        ++calls;
        heard |= readiness;
        if (then)
            then(*this, readiness);
    }
};

/// As Ear, but takes what was said.
inline std::unique_ptr<Ear> attentive(int &calls)
{
    return std::make_unique<Ear>([&calls](Ear &ear, quint8) {
        ++calls;
        ear.hear();
    });
}

/// Whether this program is the one in which each descriptor has a notifier of its own.
inline bool isOneNotifierEach()
{
    return QCoreApplication::applicationFilePath().endsWith(QLatin1String("-notifier"));
}

} // namespace test
