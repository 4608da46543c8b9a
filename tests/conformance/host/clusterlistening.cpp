#include "tests/conformance/host/clusterlistening.h"

#include "tests/conformance/host/nodeloop.h"
#include "tests/conformance/host/objectbridge.h"

#include "libnet/server_p.h"

#include <array>

using net::socketops::duplicate;

static ClusterListening *theListening = nullptr;

/// Given back when its server has closed, or never got to listen.
class ClusterListening::Lease final : public net::ListenLease
{
public:
    Lease(ClusterListening *listening, int ticket) : m_listening(listening), m_ticket(ticket) {}
    ~Lease() override { m_listening->release(m_ticket); }

    void announce(const net::SocketAddress &bound) override
    {
        const napi_env env = m_listening->m_env;
        const NodeLoop::Event event;
        m_listening->call("announced", {values::toJs(env, double(m_ticket)), values::toJs(env, bound)});
    }
    // Node's primary asks whoever is full again and again.
    void tellRoom() override {}
    // Nor does it count: each worker knows its own connections.
    void countOthers(Count done) override
    {
        net::NextTick::current().post(nullptr, [done = std::move(done)] { done({}, 0); });
    }

private:
    ClusterListening *const m_listening;
    const int m_ticket;
};

void ClusterListening::install(napi_env env, napi_value primary)
{
    if (theListening)
        return;
    theListening = new ClusterListening(env, primary);
    net::ListenSource::replace(theListening);
}

ClusterListening *ClusterListening::current()
{
    return theListening;
}

ClusterListening::ClusterListening(napi_env env, napi_value primary) : m_env(env)
{
    napi_create_reference(env, primary, 1, &m_primary);
}

void ClusterListening::call(const char *function, std::initializer_list<napi_value> arguments) const
{
    if (!NodeLoop::isRunning())
        return;
    napi_value primary = nullptr;
    napi_get_reference_value(m_env, m_primary, &primary);
    NodeLoop::current().call(primary, values::member(m_env, primary, function), arguments);
}

void ClusterListening::ask(const net::ListenQuery &query, const std::shared_ptr<net::ServerCensus> &server,
                           quint32 generation)
{
    const NodeLoop::Event event;
    const int ticket = ++m_last;
    m_shares.insert(ticket, {.server = server, .generation = generation, .query = query});
    napi_value question = nullptr;
    napi_create_object(m_env, &question);
    values::setMember(m_env, question, "where", values::toJs(m_env, query.address));
    // An address that is not said is no address in JavaScript; its port is.
    values::setMember(m_env, question, "port", values::toJs(m_env, double(query.address.port)));
    values::setMember(m_env, question, "fd", values::toJs(m_env, double(query.fd)));
    values::setMember(m_env, question, "backlog", values::toJs(m_env, double(query.backlog)));
    values::setMember(m_env, question, "ipv6Only", values::toJs(m_env, query.ipv6Only));
    call("ask", {values::toJs(m_env, double(ticket)), ObjectBridge::wrap(m_env, server->server()), question});
}

void ClusterListening::grant(int ticket, int error, int fd, const QString &address, int port)
{
    const auto found = m_shares.constFind(ticket);
    if (found == m_shares.cend())
        return;
    const Share share = *found;
    auto grant = std::make_shared<net::ListenGrant>();
    grant->error = error;
    if (!error && fd >= 0) {
        grant->descriptor = duplicate(fd);
        // The primary has bound it, and left the rest to its workers.
        grant->error = net::socketops::listenOn(fd, share.query.backlog);
        grant->bound = net::socketops::localEnd(fd);
    } else if (!error) {
        grant->bound = share.query.address;
        if (!address.isEmpty())
            grant->bound = {.address = address,
                            .family = address.contains(u':') ? net::Family::IPv6 : net::Family::IPv4,
                            .port = quint16(port)};
    }
    grant->lease = std::make_unique<Lease>(this, ticket);
    if (const auto server = share.server.lock())
        server->run(
            [grant, generation = share.generation](auto &taker) { taker.granted(generation, std::move(*grant)); });
}

void ClusterListening::offer(int ticket, net::Descriptor connection)
{
    const auto found = m_shares.constFind(ticket);
    if (found == m_shares.cend())
        return;
    const auto held = std::make_shared<net::Descriptor>(std::move(connection));
    if (const auto server = found->server.lock())
        server->run([held, generation = found->generation](auto &taker) {
            // Node's primary has had its answer already.
            taker.offered(generation, {std::move(*held), [](net::ListenOffer::Answer) {
                                       }});
        });
}

void ClusterListening::release(int ticket)
{
    m_shares.remove(ticket);
    const NodeLoop::Event event;
    call("released", {values::toJs(m_env, double(ticket))});
}

// For JavaScript ------------------------------------------------------------------------------------------------

namespace {

using values::Call;

napi_value listenThrough(napi_env env, napi_callback_info info)
{
    ClusterListening::install(env, Call(env, info)[0]);
    return values::undefined(env);
}

napi_value grantListen(napi_env env, napi_callback_info info)
{
    const NodeLoop::Visit visit;
    const Call call(env, info);
    const auto number = [&call](size_t index) {
        return int(values::toNumber(call.env, call[index]));
    };
    ClusterListening::current()->grant(number(0), number(1), number(2), values::toText(env, call[3]), number(4));
    return values::undefined(env);
}

napi_value offerConnection(napi_env env, napi_callback_info info)
{
    const NodeLoop::Visit visit;
    const Call call(env, info);
    ClusterListening::current()->offer(int(values::toNumber(env, call[0])),
                                       duplicate(int(values::toNumber(env, call[1]))));
    return values::undefined(env);
}

} // namespace

void defineClusterListening(napi_env env, napi_value exports)
{
    const auto function = [](const char *name, napi_callback callback) {
        return napi_property_descriptor{name,   nullptr, callback, nullptr, nullptr, nullptr, napi_default_method,
                                        nullptr};
    };
    const std::array functions = {function("listenThrough", listenThrough), function("grantListen", grantListen),
                                  function("offerConnection", offerConnection)};
    napi_define_properties(env, exports, functions.size(), functions.data());
}
