#include "tests/conformance/host/nodeloop.h"
#include "tests/conformance/host/objectbridge.h"
#include "tests/conformance/host/optionreader.h"

#include "libnet/net.h"

// What JavaScript can't reach by reflection: constructors, options, callbacks.

namespace {

using values::Call;

template <typename Object>
Object *self(const Call &call)
{
    auto *const object = qobject_cast<Object *>(ObjectBridge::unwrap(call.env, call.self));
    if (!object)
        napi_throw_error(call.env, nullptr, "not an object of this kind");
    return object;
}

// A callback of C++ that tells a function of JavaScript.
auto tell(napi_env env, napi_value function)
{
    return [env, kept = values::Function(env, function)](const net::Error &error) {
        const NodeLoop::Event event;
        kept({values::toJs(env, error)});
    };
}

napi_value createServer(napi_env env, napi_callback_info info)
{
    const NodeLoop::Visit visit;
    const Call call(env, info);
    return ObjectBridge::wrap(env, new net::Server(OptionReader(env, call[0]).serverOptions()));
}

napi_value createSocket(napi_env env, napi_callback_info info)
{
    const NodeLoop::Visit visit;
    const Call call(env, info);
    return ObjectBridge::wrap(env, new net::Socket(OptionReader(env, call[0]).socketOptions()));
}

napi_value isIP(napi_env env, napi_callback_info info)
{
    const Call call(env, info);
    return values::toJs(env, double(net::isIP(values::toText(env, call[0]))));
}

// Of a server --------------------------------------------------------------------------------------------------

napi_value listenTo(napi_env env, napi_callback_info info)
{
    const NodeLoop::Visit visit;
    const Call call(env, info);
    if (auto *const server = self<net::Server>(call))
        server->listen(OptionReader(env, call[0]).listenOptions());
    return values::undefined(env);
}

napi_value listenDescriptor(napi_env env, napi_callback_info info)
{
    const NodeLoop::Visit visit;
    const Call call(env, info);
    if (auto *const server = self<net::Server>(call))
        server->listenDescriptor(qintptr(values::toNumber(env, call[0])));
    return values::undefined(env);
}

napi_value closeWith(napi_env env, napi_callback_info info)
{
    const NodeLoop::Visit visit;
    const Call call(env, info);
    if (auto *const server = self<net::Server>(call))
        server->close(server, tell(env, call[0]));
    return values::undefined(env);
}

napi_value getConnections(napi_env env, napi_callback_info info)
{
    const NodeLoop::Visit visit;
    const Call call(env, info);
    if (auto *const server = self<net::Server>(call)) {
        const values::Function kept(env, call[0]);
        server->getConnections(server, [env, kept](const net::Error &error, int count) {
            const NodeLoop::Event event;
            kept({values::toJs(env, error), values::toJs(env, double(count))});
        });
    }
    return values::undefined(env);
}

// Of a socket --------------------------------------------------------------------------------------------------

napi_value connectTo(napi_env env, napi_callback_info info)
{
    const NodeLoop::Visit visit;
    const Call call(env, info);
    if (auto *const socket = self<net::Socket>(call))
        socket->connectTo(OptionReader(env, call[0]).connectOptions());
    return values::undefined(env);
}

napi_value writeWith(napi_env env, napi_callback_info info)
{
    const NodeLoop::Visit visit;
    const Call call(env, info);
    auto *const socket = self<net::Socket>(call);
    return values::toJs(env, socket && socket->write(values::toBytes(env, call[0]), socket, tell(env, call[1])));
}

napi_value endWith(napi_env env, napi_callback_info info)
{
    const NodeLoop::Visit visit;
    const Call call(env, info);
    if (auto *const socket = self<net::Socket>(call))
        socket->end(values::toBytes(env, call[0]), socket, tell(env, call[1]));
    return values::undefined(env);
}

napi_value pipe(napi_env env, napi_callback_info info)
{
    const NodeLoop::Visit visit;
    const Call call(env, info);
    auto *const destination = qobject_cast<net::Socket *>(ObjectBridge::unwrap(env, call[0]));
    if (auto *const socket = self<net::Socket>(call); socket && destination)
        socket->pipe(destination, values::toBool(env, call[1]));
    return values::undefined(env);
}

napi_value unpipe(napi_env env, napi_callback_info info)
{
    const NodeLoop::Visit visit;
    const Call call(env, info);
    if (auto *const socket = self<net::Socket>(call))
        socket->unpipe(qobject_cast<net::Socket *>(ObjectBridge::unwrap(env, call[0])));
    return values::undefined(env);
}

napi_property_descriptor method(const char *name, napi_callback function)
{
    return {name, nullptr, function, nullptr, nullptr, nullptr, napi_default_method, nullptr};
}

} // namespace

extern "C" Q_DECL_EXPORT int32_t node_api_module_get_api_version_v1()
{
    return 8;
}

extern "C" Q_DECL_EXPORT napi_value napi_register_module_v1(napi_env env, napi_value exports)
{
    NodeLoop::install(env);
    ObjectBridge::define(env, {method("listenTo", listenTo), method("listenDescriptor", listenDescriptor),
                               method("closeWith", closeWith), method("getConnections", getConnections),
                               method("connectTo", connectTo), method("writeWith", writeWith),
                               method("endWith", endWith), method("pipe", pipe), method("unpipe", unpipe)});
    const napi_property_descriptor functions[] = {method("createServer", createServer),
                                                  method("createSocket", createSocket), method("isIP", isIP)};
    napi_define_properties(env, exports, std::size(functions), functions);
    return exports;
}
