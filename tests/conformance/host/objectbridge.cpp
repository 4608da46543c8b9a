#include "tests/conformance/host/objectbridge.h"

#include "tests/conformance/host/nodeloop.h"

#include "libnet/socket.h"

#include <QHash>
#include <QMetaProperty>

#include <array>
#include <utility>
#include <vector>

namespace {

// Each thread of Node's has an environment of its own.
thread_local napi_ref theClass = nullptr;

QHash<QObject *, ObjectBridge *> &bridges()
{
    static thread_local QHash<QObject *, ObjectBridge *> all;
    return all;
}

napi_value fail(napi_env env, const char *what, const QByteArray &name)
{
    napi_throw_error(env, nullptr, (QByteArray(what) + name).constData());
    return nullptr;
}

} // namespace

/// Receives any signal of any object: the number of the slot is the number of the signal.
class ObjectBridge::Relay : public QObject
{
public:
    explicit Relay(ObjectBridge *bridge) : m_bridge(bridge) {}

    static int slotFor(int signal) { return QObject::staticMetaObject.methodCount() + signal; }

    int qt_metacall(QMetaObject::Call call, int id, void **arguments) override
    {
        id = QObject::qt_metacall(call, id, arguments);
        if (id < 0 || call != QMetaObject::InvokeMetaMethod)
            return id;
        m_bridge->notify(id, arguments);
        return -1;
    }

private:
    ObjectBridge *m_bridge;
};

// Life ---------------------------------------------------------------------------------------------------------

void ObjectBridge::define(napi_env env, std::initializer_list<napi_property_descriptor> methods)
{
    const auto method = [](const char *name, napi_callback function) {
        return napi_property_descriptor{name,   nullptr, function, nullptr, nullptr, nullptr, napi_default_method,
                                        nullptr};
    };
    std::vector<napi_property_descriptor> all = {method("get", get), method("set", set), method("invoke", invoke),
                                                 method("listen", listen), method("ignore", ignore)};
    all.insert(all.end(), methods);
    const auto construct = [](napi_env constructing, napi_callback_info info) {
        return values::Call(constructing, info).self;
    };
    napi_value constructor = nullptr;
    napi_define_class(env, "Handle", size_t(-1), construct, nullptr, all.size(), all.data(), &constructor);
    napi_create_reference(env, constructor, 1, &theClass);
}

napi_value ObjectBridge::wrap(napi_env env, QObject *object)
{
    napi_value self = nullptr;
    if (!object) {
        napi_get_null(env, &self);
        return self;
    }
    if (const ObjectBridge *const known = bridges().value(object)) {
        napi_get_reference_value(env, known->m_self, &self);
        if (self)
            return self;
    }
    // JavaScript decides how long it lives, whatever became of the connection.
    object->setParent(nullptr);
    if (auto *const socket = qobject_cast<net::Socket *>(object))
        socket->setAutoDelete(false);
    napi_value constructor = nullptr;
    napi_get_reference_value(env, theClass, &constructor);
    napi_new_instance(env, constructor, 0, nullptr, &self);
    new ObjectBridge(env, object, self);
    return self;
}

ObjectBridge::ObjectBridge(napi_env env, QObject *object, napi_value self)
    : m_object(object),
      m_relay(std::make_unique<Relay>(this)),
      m_env(env)
{
    bridges().insert(object, this);
    napi_wrap(env, self, this, finalize, nullptr, &m_self);
}

void ObjectBridge::finalize(napi_env, void *data, void *)
{
    auto *const bridge = static_cast<ObjectBridge *>(data);
    // The process ends, and everything with it.
    if (NodeLoop::exists() && !NodeLoop::isRunning())
        return;
    if (bridges().value(bridge->m_object) == bridge)
        bridges().remove(bridge->m_object);
    // In the middle of a garbage collection: whatever follows from the death has to wait.
    if (bridge->m_object)
        bridge->m_object->deleteLater();
    napi_delete_reference(bridge->m_env, bridge->m_self);
    delete bridge;
}

void ObjectBridge::deleteAll()
{
    for (QObject *const object : std::exchange(bridges(), {}).keys())
        delete object;
}

ObjectBridge *ObjectBridge::of(napi_env env, napi_value value)
{
    void *bridge = nullptr;
    if (values::typeOf(env, value) == napi_object)
        napi_unwrap(env, value, &bridge);
    return static_cast<ObjectBridge *>(bridge);
}

QObject *ObjectBridge::unwrap(napi_env env, napi_value value)
{
    const ObjectBridge *const bridge = of(env, value);
    return bridge ? bridge->m_object.data() : nullptr;
}

// Properties and functions -------------------------------------------------------------------------------------

napi_value ObjectBridge::get(napi_env env, napi_callback_info info)
{
    const NodeLoop::Visit visit;
    const values::Call call(env, info);
    const QObject *const object = unwrap(env, call.self);
    const QByteArray name = values::toText(env, call[0]).toLatin1();
    const int index = object ? object->metaObject()->indexOfProperty(name.constData()) : -1;
    if (index < 0)
        return fail(env, "no such property: ", name);
    const QVariant value = object->metaObject()->property(index).read(object);
    return values::toJs(env, value.metaType(), value.constData());
}

napi_value ObjectBridge::set(napi_env env, napi_callback_info info)
{
    const NodeLoop::Visit visit;
    const values::Call call(env, info);
    QObject *const object = unwrap(env, call.self);
    const QByteArray name = values::toText(env, call[0]).toLatin1();
    const int index = object ? object->metaObject()->indexOfProperty(name.constData()) : -1;
    if (index < 0)
        return fail(env, "no such property: ", name);
    const QMetaProperty property = object->metaObject()->property(index);
    const QVariant value = values::toVariant(env, call[1], property.metaType());
    if (!value.isValid() || !property.write(object, value))
        return fail(env, "not a value for the property: ", name);
    return values::undefined(env);
}

// The arguments for \a method, if those of \a call suit it; the first one is the method's name.
static bool collect(const values::Call &call, const QMetaMethod &method, std::vector<QVariant> &arguments)
{
    if (size_t(method.parameterCount()) + 1 != call.count)
        return false;
    arguments.clear();
    for (int i = 0; i < method.parameterCount(); ++i) {
        arguments.push_back(values::toVariant(call.env, call[size_t(i) + 1], method.parameterMetaType(i)));
        if (!arguments.back().isValid())
            return false;
    }
    return true;
}

napi_value ObjectBridge::invoke(napi_env env, napi_callback_info info)
{
    const NodeLoop::Visit visit;
    const values::Call call(env, info);
    QObject *const object = unwrap(env, call.self);
    const QByteArray name = values::toText(env, call[0]).toLatin1();
    if (!object)
        return fail(env, "no object to call this on: ", name);
    std::vector<QVariant> arguments;
    for (int i = 0; i < object->metaObject()->methodCount(); ++i) {
        const QMetaMethod method = object->metaObject()->method(i);
        if (method.name() != name || method.methodType() == QMetaMethod::Signal || !collect(call, method, arguments))
            continue;
        // A reference to the object itself is not fetched.
        const QMetaType type = method.returnMetaType();
        const bool returns = type.isValid() && type.id() != QMetaType::Void;
        QVariant result = returns ? QVariant(type) : QVariant();
        std::array<void *, values::Call::MaxArguments + 1> pointers = {returns ? result.data() : nullptr};
        for (size_t n = 0; n < arguments.size(); ++n)
            pointers[n + 1] = arguments[n].data();
        QMetaObject::metacall(object, QMetaObject::InvokeMetaMethod, i, pointers.data());
        return returns ? values::toJs(env, type, result.constData()) : values::undefined(env);
    }
    return fail(env, "no function for these arguments: ", name);
}

// Signals ------------------------------------------------------------------------------------------------------

QMetaMethod ObjectBridge::signalNamed(const QObject *object, const QByteArray &name)
{
    for (int i = 0; object && i < object->metaObject()->methodCount(); ++i) {
        const QMetaMethod method = object->metaObject()->method(i);
        if (method.methodType() == QMetaMethod::Signal && method.name() == name)
            return method;
    }
    return {};
}

napi_value ObjectBridge::listen(napi_env env, napi_callback_info info)
{
    const NodeLoop::Visit visit;
    const values::Call call(env, info);
    const QByteArray name = values::toText(env, call[0]).toLatin1();
    const ObjectBridge *const bridge = of(env, call.self);
    const QMetaMethod signal = signalNamed(unwrap(env, call.self), name);
    if (!signal.isValid())
        return fail(env, "no such signal: ", name);
    QMetaObject::connect(bridge->m_object, signal.methodIndex(), bridge->m_relay.get(),
                         Relay::slotFor(signal.methodIndex()), Qt::DirectConnection);
    return values::undefined(env);
}

napi_value ObjectBridge::ignore(napi_env env, napi_callback_info info)
{
    const NodeLoop::Visit visit;
    const values::Call call(env, info);
    const ObjectBridge *const bridge = of(env, call.self);
    const QMetaMethod signal = signalNamed(unwrap(env, call.self), values::toText(env, call[0]).toLatin1());
    if (signal.isValid())
        QMetaObject::disconnect(bridge->m_object, signal.methodIndex(), bridge->m_relay.get(),
                                Relay::slotFor(signal.methodIndex()));
    return values::undefined(env);
}

void ObjectBridge::notify(int signal, void **arguments)
{
    if (!NodeLoop::isRunning())
        return;
    const NodeLoop::Event event;
    napi_value self = nullptr;
    napi_get_reference_value(m_env, m_self, &self);
    if (!self)
        return;
    const QMetaMethod method = m_object->metaObject()->method(signal);
    std::vector<napi_value> passed = {values::toJs(m_env, QString::fromLatin1(method.name()))};
    for (int i = 0; i < method.parameterCount(); ++i) {
        // By name: a class that was only declared has no meta type. Signals carry no pointers but to QObjects.
        const bool object = method.parameterTypeName(i).endsWith('*');
        passed.push_back(object ? wrap(m_env, *static_cast<QObject **>(arguments[i + 1]))
                                : values::toJs(m_env, method.parameterMetaType(i), arguments[i + 1]));
    }
    NodeLoop::current().call(self, values::member(m_env, self, "notify"), passed.size(), passed.data());
}
