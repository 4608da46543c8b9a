#include "tests/conformance/host/optionreader.h"

napi_value OptionReader::member(const char *name, napi_valuetype type) const
{
    if (values::typeOf(m_env, m_object) != napi_object)
        return nullptr;
    const napi_value value = values::member(m_env, m_object, name);
    return values::typeOf(m_env, value) == type ? value : nullptr;
}

void OptionReader::read(const char *name, bool &value) const
{
    if (const napi_value given = member(name, napi_boolean))
        value = values::toBool(m_env, given);
}

void OptionReader::read(const char *name, std::optional<bool> &value) const
{
    if (const napi_value given = member(name, napi_boolean))
        value = values::toBool(m_env, given);
}

void OptionReader::read(const char *name, QString &value) const
{
    if (const napi_value given = member(name, napi_string))
        value = values::toText(m_env, given);
}

void OptionReader::read(const char *name, net::Family &value) const
{
    if (const napi_value given = member(name, napi_number)) {
        const int number = int(values::toNumber(m_env, given));
        value = number == 4 ? net::Family::IPv4 : number == 6 ? net::Family::IPv6 : net::Family::Unspecified;
    }
}

void OptionReader::read(const char *name, std::optional<int> &value) const
{
    if (const napi_value given = member(name, napi_number))
        value = int(values::toNumber(m_env, given));
}

net::ServerOptions OptionReader::serverOptions() const
{
    net::ServerOptions options;
    read("allowHalfOpen", options.allowHalfOpen);
    read("pauseOnConnect", options.pauseOnConnect);
    read("noDelay", options.noDelay);
    read("keepAlive", options.keepAlive);
    read("keepAliveInitialDelay", options.keepAliveInitialDelay);
    read("highWaterMark", options.highWaterMark);
    return options;
}

net::ListenOptions OptionReader::listenOptions() const
{
    net::ListenOptions options;
    read("port", options.port);
    read("host", options.host);
    read("path", options.path);
    read("backlog", options.backlog);
    read("exclusive", options.exclusive);
    read("ipv6Only", options.ipv6Only);
    read("reusePort", options.reusePort);
    read("readableAll", options.readableAll);
    read("writableAll", options.writableAll);
    return options;
}

net::SocketOptions OptionReader::socketOptions() const
{
    net::SocketOptions options;
    read("fd", options.fd);
    read("readable", options.readable);
    read("writable", options.writable);
    read("allowHalfOpen", options.allowHalfOpen);
    read("highWaterMark", options.highWaterMark);
    return options;
}

net::ConnectOptions OptionReader::connectOptions() const
{
    net::ConnectOptions options;
    read("port", options.port);
    read("host", options.host);
    read("path", options.path);
    read("family", options.family);
    read("localAddress", options.localAddress);
    read("localPort", options.localPort);
    read("autoSelectFamily", options.autoSelectFamily);
    read("autoSelectFamilyAttemptTimeout", options.autoSelectFamilyAttemptTimeout);
    read("noDelay", options.noDelay);
    read("keepAlive", options.keepAlive);
    read("keepAliveInitialDelay", options.keepAliveInitialDelay);
    read("timeout", options.timeout);
    read("allowHalfOpen", options.allowHalfOpen);
    read("highWaterMark", options.highWaterMark);
    return options;
}
