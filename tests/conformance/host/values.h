#pragma once
#include "tests/conformance/host/nodeapi.h"

#include "libnet/error.h"
#include "libnet/socketaddress.h"

#include <QMetaType>
#include <QVariant>

#include <initializer_list>
#include <memory>
#include <utility>

/// What goes from JavaScript to C++ and back. Nothing here knows what the values mean.
namespace values {

napi_value undefined(napi_env env);
napi_value toJs(napi_env env, const QString &text);
napi_value toJs(napi_env env, double number);
napi_value toJs(napi_env env, bool value);
napi_value toJs(napi_env env, const QByteArray &bytes);
/// null if there is no error, else an object with the members of net::Error.
napi_value toJs(napi_env env, const net::Error &error);
napi_value toJs(napi_env env, const net::SocketAddress &address);
/// The value of type \a type at \a data; undefined if JavaScript has nothing like it.
napi_value toJs(napi_env env, QMetaType type, const void *data);

napi_valuetype typeOf(napi_env env, napi_value value);
QString toText(napi_env env, napi_value value);
double toNumber(napi_env env, napi_value value);
bool toBool(napi_env env, napi_value value);
/// The bytes of a Buffer or Uint8Array.
QByteArray toBytes(napi_env env, napi_value value);
/// An object with code and message, as an error; no error for anything else.
net::Error toError(napi_env env, napi_value value);
/// \a value as a \a type, or nothing if it can't be one. Enumerators are given by name.
QVariant toVariant(napi_env env, napi_value value, QMetaType type);

napi_value member(napi_env env, napi_value object, const char *name);
void setMember(napi_env env, napi_value object, const char *name, napi_value value);

/// The arguments of one call from JavaScript.
struct Call
{
    Call(napi_env env, napi_callback_info info);
    napi_value operator[](size_t index) const { return index < count ? arguments[index] : nullptr; }

    static constexpr size_t MaxArguments = 8;
    napi_env env;
    napi_value self = nullptr;
    napi_value arguments[MaxArguments] = {};
    size_t count = MaxArguments;
};

/// A function of JavaScript that C++ keeps. Copies share it.
class Function
{
public:
    Function(napi_env env, napi_value function);
    /// What the function returns, or null if it threw.
    napi_value operator()(std::initializer_list<napi_value> arguments) const;

private:
    struct Reference;
    std::shared_ptr<Reference> m_reference;
};

} // namespace values
