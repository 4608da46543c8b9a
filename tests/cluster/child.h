#pragma once
#include "tests/cluster/stage.h"

#include <libnet/net.h>

namespace test {

/// A child outside of any cluster, and what is heard of it.
class Child
{
public:
    explicit Child(net::ForkOptions options = {.exec = actorProgram(), .args = QStringList()})
        : worker(net::Worker::fork(options))
    {
        listen();
    }

    void order(const QString &what, QCborMap order = {}) { Stage::order(worker.get(), what, std::move(order)); }
    bool ends()
    {
        return waitFor([this] { return worker->isDead(); });
    }

    std::unique_ptr<net::Worker> worker;
    QStringList events;
    QList<QCborMap> told;

private:
    void listen()
    {
        net::Worker *const w = worker.get();
        QObject::connect(w, &net::Worker::online, w, [this] { events.append(QStringLiteral("online")); });
        QObject::connect(w, &net::Worker::message, w, [this](const QCborValue &value) {
            told.append(value.toMap());
            events.append(QStringLiteral("message ") + value.toMap().value(QStringLiteral("told")).toString());
        });
        QObject::connect(w, &net::Worker::disconnected, w, [this] { events.append(QStringLiteral("disconnect")); });
        QObject::connect(w, &net::Worker::exited, w, [this](int code, int signal) {
            events.append(QStringLiteral("exit %1 %2").arg(code).arg(signal));
        });
        QObject::connect(w, &net::Worker::errorOccurred, w,
                         [this](const net::Error &error) { events.append(QStringLiteral("error ") + error.code()); });
    }
};

} // namespace test
