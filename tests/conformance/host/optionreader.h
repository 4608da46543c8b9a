#pragma once
#include "tests/conformance/host/values.h"

#include "libnet/boundsocket.h"
#include "libnet/options.h"

/// Reads an object of JavaScript into one of libnet's option aggregates: members of the same names and types.
/// What is missing or undefined keeps its default.
class OptionReader
{
public:
    OptionReader(napi_env env, napi_value object) : m_env(env), m_object(object) {}

    net::ServerOptions serverOptions() const;
    net::ListenOptions listenOptions() const;
    net::SocketOptions socketOptions() const;
    net::ConnectOptions connectOptions() const;
    net::BoundSocketOptions boundSocketOptions() const;

private:
    napi_value member(const char *name, napi_valuetype type) const;
    void read(const char *name, bool &value) const;
    void read(const char *name, std::optional<bool> &value) const;
    void read(const char *name, QString &value) const;
    void read(const char *name, net::Family &value) const;
    void read(const char *name, std::optional<int> &value) const;
    void read(const char *name, std::stop_token &value) const;
    void read(const char *name, std::optional<net::BlockList> &value) const;
    void read(const char *name, net::Lookup &value) const;
    void read(const char *name, net::KeepAlive &value) const;
    void read(const char *name, std::optional<net::OnRead> &value) const;
    template <typename Number>
    void read(const char *name, Number &value) const
    {
        if (const napi_value given = member(name, napi_number))
            value = Number(values::toNumber(m_env, given));
    }

    napi_env m_env;
    napi_value m_object;
};
