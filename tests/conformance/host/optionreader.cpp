#include "tests/conformance/host/optionreader.h"

#include "tests/conformance/host/familydefaults.h"
#include "tests/conformance/host/heldvalues.h"
#include "tests/conformance/host/nodeloop.h"

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

void OptionReader::read(const char *name, std::stop_token &value) const
{
    if (auto *const held = HeldValue::unwrap<HeldStop>(m_env, member(name, napi_external)))
        value = held->source.get_token();
}

void OptionReader::read(const char *name, std::optional<net::BlockList> &value) const
{
    if (const auto *const held = HeldValue::unwrap<HeldBlockList>(m_env, member(name, napi_external)))
        value = held->list;
}

void OptionReader::read(const char *name, net::KeepAlive &value) const
{
    if (const napi_value given = member(name, napi_object)) {
        const OptionReader inner(m_env, given);
        inner.read("enable", value.enable);
        inner.read("initialDelay", value.initialDelay);
        inner.read("interval", value.interval);
        inner.read("count", value.count);
    }
}

// What JavaScript may call until it has answered; afterwards it is ignored.
static napi_value answerLookup(napi_env env, napi_callback_info info)
{
    const NodeLoop::Visit visit;
    void *data = nullptr;
    size_t count = 2;
    napi_value arguments[2] = {};
    napi_value self = nullptr;
    napi_get_cb_info(env, info, &count, arguments, &self, &data);
    QList<net::SocketAddress> addresses;
    uint32_t length = 0;
    bool list = false;
    if (count == 2 && napi_is_array(env, arguments[1], &list) == napi_ok && list)
        napi_get_array_length(env, arguments[1], &length);
    for (uint32_t i = 0; i < length; ++i) {
        napi_value text = nullptr;
        napi_get_element(env, arguments[1], i, &text);
        addresses.append({.address = values::toText(env, text), .family = net::Family::IPv4});
    }
    (*static_cast<net::LookupReply *>(data))(values::toError(env, count ? arguments[0] : nullptr), addresses);
    return values::undefined(env);
}

void OptionReader::read(const char *name, net::Lookup &value) const
{
    const napi_value given = member(name, napi_function);
    if (!given)
        return;
    value = [env = m_env, kept = values::Function(m_env, given)](const QString &host, net::Family family,
                                                                 const net::LookupReply &reply) {
        napi_value answer = nullptr;
        // JavaScript may keep the function for ever, so that the reply has to live as long.
        auto *const owned = new net::LookupReply(reply);
        napi_create_function(env, "answer", size_t(-1), answerLookup, owned, &answer);
        const auto free = [](napi_env, void *data, void *) {
            delete static_cast<net::LookupReply *>(data);
        };
        napi_add_finalizer(env, answer, owned, free, nullptr, nullptr);
        const int number = family == net::Family::IPv6 ? 6 : family == net::Family::IPv4 ? 4 : 0;
        kept({values::toJs(env, host), values::toJs(env, double(number)), answer});
    };
}

// supply() gives the memory of the next read, callback(bytes) says whether to go on.
void OptionReader::read(const char *name, std::optional<net::OnRead> &value) const
{
    const napi_value given = member(name, napi_object);
    if (!given)
        return;
    const OptionReader inner(m_env, given);
    const napi_value callback = inner.member("callback", napi_function);
    const napi_value supply = inner.member("supply", napi_function);
    if (!callback || !supply)
        return;
    net::OnRead onread;
    onread.supply = [env = m_env, kept = values::Function(m_env, supply)]() -> std::pair<char *, qsizetype> {
        void *bytes = nullptr;
        size_t size = 0;
        const napi_value buffer = kept({});
        if (!buffer || napi_get_buffer_info(env, buffer, &bytes, &size) != napi_ok)
            return {nullptr, 0};
        return {static_cast<char *>(bytes), qsizetype(size)};
    };
    onread.callback = [env = m_env, kept = values::Function(m_env, callback)](qsizetype bytes, char *) {
        const NodeLoop::Event event;
        const napi_value result = kept({values::toJs(env, double(bytes))});
        return !result || values::toBool(env, result);
    };
    value = onread;
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
    read("blockList", options.blockList);
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
    read("fd", options.fd);
    read("signal", options.signal);
    if (auto *const held = HeldValue::unwrap<HeldBoundSocket>(m_env, member("handle", napi_external)))
        options.handle = &held->socket;
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
    read("noDelay", options.noDelay);
    read("keepAlive", options.keepAlive);
    std::optional<int> typeOfService;
    read("typeOfService", typeOfService);
    options.typeOfService = typeOfService;
    read("blockList", options.blockList);
    read("onread", options.onread);
    read("signal", options.signal);
    if (auto *const held = HeldValue::unwrap<HeldBoundSocket>(m_env, member("handle", napi_external)))
        options.handle = &held->socket;
    return options;
}

net::BoundSocketOptions OptionReader::boundSocketOptions() const
{
    net::BoundSocketOptions options;
    read("host", options.host);
    read("port", options.port);
    read("path", options.path);
    read("ipv6Only", options.ipv6Only);
    read("reusePort", options.reusePort);
    return options;
}

net::ConnectOptions OptionReader::connectOptions() const
{
    net::ConnectOptions options;
    read("port", options.port);
    read("host", options.host);
    read("path", options.path);
    read("family", options.family);
    read("hints", options.hints);
    read("lookup", options.lookup);
    read("localAddress", options.localAddress);
    read("localPort", options.localPort);
    read("autoSelectFamily", options.autoSelectFamily);
    read("autoSelectFamilyAttemptTimeout", options.autoSelectFamilyAttemptTimeout);
    const auto &defaults = FamilyDefaults::ofThread();
    options.autoSelectFamily = options.autoSelectFamily.value_or(defaults.autoSelect);
    options.autoSelectFamilyAttemptTimeout = options.autoSelectFamilyAttemptTimeout.value_or(defaults.attemptTimeout);
    return options;
}
