#pragma once
#include "libnet/transport/acceptor.h"

#include <QTcpServer>

namespace net {

/// Accepts through QTcpServer::incomingConnection(), on a descriptor that listens already: so its errors are exact.
class TcpAcceptor : public Acceptor, public QTcpServer
{
public:
    TcpAcceptor(Owner &owner, QObject *home, Descriptor descriptor);

    int descriptor() const override { return int(socketDescriptor()); }
    void settle(Owner &owner, QObject *home) override;

private:
    void incomingConnection(qintptr descriptor) override;

    Owner *m_owner;
};

} // namespace net
