#include "tests/conformance/host/values.h"

#include "tests/conformance/host/nodeloop.h"

#include <QMetaEnum>
#include <QStringList>

namespace values {

using namespace Qt::StringLiterals;

napi_value undefined(napi_env env)
{
    napi_value value = nullptr;
    napi_get_undefined(env, &value);
    return value;
}

napi_value toJs(napi_env env, const QString &text)
{
    napi_value value = nullptr;
    napi_create_string_utf16(env, reinterpret_cast<const char16_t *>(text.utf16()), size_t(text.size()), &value);
    return value;
}

napi_value toJs(napi_env env, double number)
{
    napi_value value = nullptr;
    napi_create_double(env, number, &value);
    return value;
}

napi_value toJs(napi_env env, bool flag)
{
    napi_value value = nullptr;
    napi_get_boolean(env, flag, &value);
    return value;
}

napi_value toJs(napi_env env, const QByteArray &bytes)
{
    napi_value value = nullptr;
    napi_create_buffer_copy(env, size_t(bytes.size()), bytes.constData(), nullptr, &value);
    return value;
}

napi_value toJs(napi_env env, const net::Error &error)
{
    napi_value value = nullptr;
    if (!error) {
        napi_get_null(env, &value);
        return value;
    }
    napi_create_object(env, &value);
    setMember(env, value, "code", toJs(env, error.code()));
    setMember(env, value, "errorNumber", toJs(env, double(error.errorNumber())));
    setMember(env, value, "syscall", toJs(env, error.syscall()));
    setMember(env, value, "address", toJs(env, error.address()));
    setMember(env, value, "port", toJs(env, double(error.port())));
    setMember(env, value, "localAddress", toJs(env, error.localAddress()));
    setMember(env, value, "localPort", toJs(env, double(error.localPort())));
    setMember(env, value, "path", toJs(env, error.path()));
    setMember(env, value, "host", toJs(env, error.host()));
    setMember(env, value, "message", toJs(env, error.message()));
    const QList<net::Error> parts = error.errors();
    napi_value list = nullptr;
    napi_create_array_with_length(env, size_t(parts.size()), &list);
    for (qsizetype i = 0; i < parts.size(); ++i)
        napi_set_element(env, list, uint32_t(i), toJs(env, parts.at(i)));
    setMember(env, value, "errors", list);
    return value;
}

napi_value toJs(napi_env env, const net::SocketAddress &address)
{
    napi_value value = nullptr;
    if (address.isNull()) {
        napi_get_null(env, &value);
        return value;
    }
    napi_create_object(env, &value);
    setMember(env, value, "address", toJs(env, address.address));
    setMember(env, value, "family", toJs(env, net::familyName(address.family)));
    setMember(env, value, "port", toJs(env, double(address.port)));
    return value;
}

static napi_value toJs(napi_env env, const net::Endpoints &ends)
{
    napi_value value = nullptr;
    napi_create_object(env, &value);
    setMember(env, value, "local", toJs(env, ends.local));
    setMember(env, value, "remote", toJs(env, ends.remote));
    return value;
}

static napi_value toJs(napi_env env, const QStringList &texts)
{
    napi_value value = nullptr;
    napi_create_array_with_length(env, size_t(texts.size()), &value);
    for (qsizetype i = 0; i < texts.size(); ++i)
        napi_set_element(env, value, uint32_t(i), toJs(env, texts.at(i)));
    return value;
}

// The enumeration behind \a type, which its class has declared with Q_ENUM.
static QMetaEnum enumOf(QMetaType type)
{
    const QMetaObject *const scope = type.metaObject();
    const QByteArray name = QByteArray(type.name()).split(':').last();
    return scope ? scope->enumerator(scope->indexOfEnumerator(name.constData())) : QMetaEnum();
}

napi_value toJs(napi_env env, QMetaType type, const void *data)
{
    switch (type.id()) {
    case QMetaType::QString:
        return toJs(env, *static_cast<const QString *>(data));
    case QMetaType::QByteArray:
        return toJs(env, *static_cast<const QByteArray *>(data));
    case QMetaType::Bool:
        return toJs(env, *static_cast<const bool *>(data));
    case QMetaType::QStringList:
        return toJs(env, *static_cast<const QStringList *>(data));
    default:
        break;
    }
    if (type == QMetaType::fromType<net::Error>())
        return toJs(env, *static_cast<const net::Error *>(data));
    if (type == QMetaType::fromType<net::SocketAddress>())
        return toJs(env, *static_cast<const net::SocketAddress *>(data));
    if (type == QMetaType::fromType<net::Endpoints>())
        return toJs(env, *static_cast<const net::Endpoints *>(data));
    if (type.flags() & QMetaType::IsEnumeration)
        return toJs(env, QString::fromLatin1(enumOf(type).valueToKey(*static_cast<const int *>(data))));
    const QVariant value(type, data);
    return value.canConvert<double>() ? toJs(env, value.toDouble()) : undefined(env);
}

napi_valuetype typeOf(napi_env env, napi_value value)
{
    napi_valuetype type = napi_undefined;
    if (value)
        napi_typeof(env, value, &type);
    return type;
}

QString toText(napi_env env, napi_value value)
{
    size_t size = 0;
    if (!value || napi_get_value_string_utf16(env, value, nullptr, 0, &size) != napi_ok)
        return {};
    if (!size)
        return QString(u""_s);
    QString text(qsizetype(size), Qt::Uninitialized);
    // One more for the NUL that Node-API writes, which QString has room for.
    napi_get_value_string_utf16(env, value, reinterpret_cast<char16_t *>(text.data()), size + 1, &size);
    return text;
}

double toNumber(napi_env env, napi_value value)
{
    double number = 0;
    if (value)
        napi_get_value_double(env, value, &number);
    return number;
}

bool toBool(napi_env env, napi_value value)
{
    bool flag = false;
    if (value)
        napi_get_value_bool(env, value, &flag);
    return flag;
}

QByteArray toBytes(napi_env env, napi_value value)
{
    void *bytes = nullptr;
    size_t size = 0;
    if (!value || napi_get_buffer_info(env, value, &bytes, &size) != napi_ok)
        return {};
    return {static_cast<const char *>(bytes), qsizetype(size)};
}

net::Error toError(napi_env env, napi_value value)
{
    if (typeOf(env, value) != napi_object)
        return {};
    return net::Error::fromCode(toText(env, member(env, value, "code")), toText(env, member(env, value, "message")));
}

QVariant toVariant(napi_env env, napi_value value, QMetaType type)
{
    const napi_valuetype given = typeOf(env, value);
    if (type == QMetaType::fromType<net::Error>())
        return QVariant::fromValue(toError(env, value));
    if (type.flags() & QMetaType::IsEnumeration) {
        bool known = false;
        const int number =
            given == napi_string ? enumOf(type).keyToValue(toText(env, value).toLatin1().constData(), &known) : 0;
        return known ? QVariant(type, &number) : QVariant();
    }
    switch (type.id()) {
    case QMetaType::QString:
        return given == napi_string ? QVariant(toText(env, value)) : QVariant();
    case QMetaType::Bool:
        return given == napi_boolean ? QVariant(toBool(env, value)) : QVariant();
    case QMetaType::QByteArray: {
        bool bytes = false;
        napi_is_buffer(env, value, &bytes);
        return bytes ? QVariant(toBytes(env, value)) : QVariant();
    }
    default:
        break;
    }
    QVariant number = given == napi_number ? QVariant(toNumber(env, value)) : QVariant();
    return number.isValid() && number.convert(type) ? number : QVariant();
}

napi_value member(napi_env env, napi_value object, const char *name)
{
    napi_value value = nullptr;
    napi_get_named_property(env, object, name, &value);
    return value;
}

void setMember(napi_env env, napi_value object, const char *name, napi_value value)
{
    napi_set_named_property(env, object, name, value);
}

Call::Call(napi_env callEnv, napi_callback_info info) : env(callEnv)
{
    napi_get_cb_info(env, info, &count, arguments, &self, nullptr);
    count = qMin(count, MaxArguments);
}

// A kept function ----------------------------------------------------------------------------------------------

struct Function::Reference
{
    Reference(napi_env keeper, napi_value function) : env(keeper) { napi_create_reference(env, function, 1, &ref); }
    Reference(const Reference &) = delete;
    Reference &operator=(const Reference &) = delete;
    ~Reference()
    {
        if (NodeLoop::hasEnvironment())
            napi_delete_reference(env, ref);
    }

    napi_env env;
    napi_ref ref = nullptr;
};

Function::Function(napi_env env, napi_value function) : m_reference(std::make_shared<Reference>(env, function)) {}

napi_value Function::operator()(std::initializer_list<napi_value> arguments) const
{
    napi_value function = nullptr;
    napi_get_reference_value(m_reference->env, m_reference->ref, &function);
    return NodeLoop::current().call(undefined(m_reference->env), function, arguments);
}

} // namespace values
