#pragma once
#include "tests/conformance/host/values.h"

#include "libnet/listensource_p.h"

#include <QHash>

/// In a worker of Node's `cluster`: what servers listen on comes from the primary, by Node's own protocol, which
/// cluster.js speaks. Never destroyed; of the main thread, to which Node's cluster is confined.
class ClusterListening final : public net::ListenSource
{
public:
    /// \a primary: an object of JavaScript with ask(ticket, handle, query), announced(ticket, address) and
    /// released(ticket).
    static void install(napi_env env, napi_value primary);
    static ClusterListening *current();

    void ask(const net::ListenQuery &query, const std::shared_ptr<net::ServerCensus> &server,
             quint32 generation) override;
    void listensAlone(const std::shared_ptr<net::ServerCensus> &, quint32) override {}

    /// The answer to a question: an errno, or a descriptor of ours to accept on, or none (-1): then connections are
    /// offered.
    void grant(int ticket, int error, int fd, const QString &address, int port);
    void offer(int ticket, net::Descriptor connection);

private:
    class Lease;
    struct Share
    {
        std::weak_ptr<net::ServerCensus> server;
        quint32 generation = 0;
        net::ListenQuery query = {};
    };

    ClusterListening(napi_env env, napi_value primary);
    void call(const char *function, std::initializer_list<napi_value> arguments) const;
    void release(int ticket);

    napi_env m_env;
    napi_ref m_primary = nullptr;
    QHash<int, Share> m_shares;
    int m_last = 0;
};

/// The functions for cluster.js, as properties of \a exports.
void defineClusterListening(napi_env env, napi_value exports);
