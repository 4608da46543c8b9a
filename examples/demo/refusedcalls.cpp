#include "examples/demo/refusedcalls.h"

#include "examples/demo/toward.h"

using namespace Qt::StringLiterals;

RefusedCalls::RefusedCalls()
{
    // A port that was just given back is a port where nobody listens.
    auto *probe = new net::Server(this);
    probe->setObjectName(u"gone"_s);
    connect(probe, &net::Server::closed, probe, &QObject::deleteLater);
    connect(&m_pace, &QTimer::timeout, this, &RefusedCalls::call);
    probe->listen({.port = 0, .host = u"127.0.0.1"_s}, this, [this, probe] {
        m_nobody = probe->address();
        probe->close();
        m_pace.start(1000);
    });
}

void RefusedCalls::call()
{
    net::Socket *caller = net::connect(toward(m_nobody), this);
    caller->setObjectName(u"refused call"_s);
    caller->setAutoDelete(true);
    connect(caller, &net::Socket::errorOccurred, this,
            [](const net::Error &error) { Q_ASSERT(error.code() == u"ECONNREFUSED"_s); });
}
