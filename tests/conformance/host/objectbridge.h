#pragma once
#include "tests/conformance/host/values.h"

#include <QMetaMethod>
#include <QPointer>

#include <memory>

/// One QObject in JavaScript, by reflection: its properties, its invokable functions, its signals. JavaScript sees an
/// object with get, set, invoke, listen and ignore, and a signal calls that object's own `notify(signal,
/// ...arguments)`. Owns the QObject, which dies when JavaScript has forgotten it.
class ObjectBridge
{
public:
    /// Prepares the class, once; \a methods are those that reflection can't reach.
    static void define(napi_env env, std::initializer_list<napi_property_descriptor> methods);
    /// The object in JavaScript that stands for \a object, whose owner we become; null for null.
    static napi_value wrap(napi_env env, QObject *object);
    /// What stands behind \a value, or null.
    static QObject *unwrap(napi_env env, napi_value value);

    /// The thread's objects go: JavaScript has ended in it.
    static void deleteAll();

private:
    class Relay;

    ObjectBridge(napi_env env, QObject *object, napi_value self);
    static void finalize(napi_env env, void *bridge, void *hint);
    static ObjectBridge *of(napi_env env, napi_value value);
    static napi_value get(napi_env env, napi_callback_info info);
    static napi_value set(napi_env env, napi_callback_info info);
    static napi_value invoke(napi_env env, napi_callback_info info);
    static napi_value listen(napi_env env, napi_callback_info info);
    static napi_value ignore(napi_env env, napi_callback_info info);
    static QMetaMethod signalNamed(const QObject *object, const QByteArray &name);
    void notify(int signal, void **arguments);

    QPointer<QObject> m_object;
    std::unique_ptr<Relay> m_relay;
    napi_env m_env;
    napi_ref m_self = nullptr; ///< weak
};
