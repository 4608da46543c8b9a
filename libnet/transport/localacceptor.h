#pragma once
#include "libnet/transport/acceptor.h"

#include <QLocalServer>

namespace net {

/// Accepts on a local path through QLocalServer, which also removes the path at the end.
class LocalAcceptor : public Acceptor, public QLocalServer
{
public:
    LocalAcceptor(Owner &owner, QObject *home, Descriptor descriptor);

    int descriptor() const override { return int(socketDescriptor()); }
    void settle(Owner &owner, QObject *home) override;

private:
    void incomingConnection(quintptr descriptor) override;

    Owner *m_owner;
};

} // namespace net
