#include "tests/conformance/host/clusterlistening.h"
#include "tests/conformance/host/familydefaults.h"
#include "tests/conformance/host/heldvalues.h"
#include "tests/conformance/host/nodeloop.h"
#include "tests/conformance/host/objectbridge.h"
#include "tests/conformance/host/optionreader.h"

#include "libnet/net.h"

#include <QMutex>

#include <fcntl.h>

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

// Threads set the defaults of the process in turns, so that libnet says what becomes of a value.
QMutex settingDefaults;

napi_value autoSelectFamily(napi_env env, napi_callback_info info)
{
    const Call call(env, info);
    auto &defaults = FamilyDefaults::ofThread();
    if (call.count) {
        const QMutexLocker turn(&settingDefaults);
        net::setDefaultAutoSelectFamily(values::toBool(env, call[0]));
        defaults.autoSelect = net::defaultAutoSelectFamily();
    }
    return values::toJs(env, defaults.autoSelect);
}

napi_value attemptTimeout(napi_env env, napi_callback_info info)
{
    const Call call(env, info);
    auto &defaults = FamilyDefaults::ofThread();
    if (call.count) {
        const QMutexLocker turn(&settingDefaults);
        net::setDefaultAutoSelectFamilyAttemptTimeout(int(values::toNumber(env, call[0])));
        defaults.attemptTimeout = net::defaultAutoSelectFamilyAttemptTimeout();
    }
    return values::toJs(env, double(defaults.attemptTimeout));
}

// A second descriptor for what somebody else owns.
napi_value duplicate(napi_env env, napi_callback_info info)
{
    const Call call(env, info);
    return values::toJs(env, double(::fcntl(int(values::toNumber(env, call[0])), F_DUPFD_CLOEXEC, 0)));
}

// The connection is closed behind its owner's back, whose descriptor is a bad one from now on; the number stays taken.
napi_value closeBehind(napi_env env, napi_callback_info info)
{
    const Call call(env, info);
    const int nothing = ::open("/", O_PATH | O_CLOEXEC);
    ::dup3(nothing, int(values::toNumber(env, call[0])), O_CLOEXEC);
    ::close(nothing);
    return nullptr;
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

napi_value listenOn(napi_env env, napi_callback_info info)
{
    const NodeLoop::Visit visit;
    const Call call(env, info);
    auto *const server = self<net::Server>(call);
    QObject *const other = ObjectBridge::unwrap(env, call[0]);
    net::ListenHandle handle;
    if (auto *const listener = qobject_cast<net::Server *>(other))
        handle = listener;
    else if (auto *const socket = qobject_cast<net::Socket *>(other))
        handle = socket;
    else if (auto *const held = HeldValue::unwrap<HeldBoundSocket>(env, call[0]))
        handle = &held->socket;
    if (server)
        server->listen(handle, int(values::toNumber(env, call[1])));
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

napi_value keepAlive(napi_env env, napi_callback_info info)
{
    const NodeLoop::Visit visit;
    const Call call(env, info);
    if (auto *const socket = self<net::Socket>(call))
        socket->setKeepAlive({.enable = values::toBool(env, call[0]),
                              .initialDelay = int(values::toNumber(env, call[1])),
                              .interval = int(values::toNumber(env, call[2])),
                              .count = int(values::toNumber(env, call[3]))});
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
    if (!NodeLoop::install(env)) {
        napi_throw_error(env, nullptr, "under libnet the preload has to be loaded in Node's main thread first");
        return exports;
    }
    ObjectBridge::define(env,
                         {method("listenTo", listenTo), method("listenOn", listenOn), method("closeWith", closeWith),
                          method("getConnections", getConnections), method("connectTo", connectTo),
                          method("writeWith", writeWith), method("endWith", endWith), method("keepAlive", keepAlive),
                          method("pipe", pipe), method("unpipe", unpipe)});
    const napi_property_descriptor functions[] = {method("createServer", createServer),
                                                  method("createSocket", createSocket),
                                                  method("isIP", isIP),
                                                  method("duplicate", duplicate),
                                                  method("closeBehind", closeBehind),
                                                  method("autoSelectFamily", autoSelectFamily),
                                                  method("attemptTimeout", attemptTimeout)};
    napi_define_properties(env, exports, std::size(functions), functions);
    defineHeldValues(env, exports);
    defineClusterListening(env, exports);
    return exports;
}
