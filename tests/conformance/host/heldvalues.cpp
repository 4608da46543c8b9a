#include "tests/conformance/host/heldvalues.h"

#include "tests/conformance/host/nodeloop.h"
#include "tests/conformance/host/optionreader.h"

#include <QJsonDocument>

#include <array>

using values::Call;

napi_value HeldValue::wrap(napi_env env, std::unique_ptr<HeldValue> held)
{
    napi_value value = nullptr;
    const auto free = [](napi_env, void *data, void *) {
        delete static_cast<HeldValue *>(data);
    };
    napi_create_external(env, held.release(), free, nullptr, &value);
    return value;
}

HeldValue *HeldValue::any(napi_env env, napi_value value)
{
    void *held = nullptr;
    if (values::typeOf(env, value) == napi_external)
        napi_get_value_external(env, value, &held);
    return static_cast<HeldValue *>(held);
}

namespace {

net::Family familyOf(const Call &call, size_t index)
{
    return values::toText(call.env, call[index]) == QLatin1String("ipv6") ? net::Family::IPv6 : net::Family::IPv4;
}

QStringList textsOf(const Call &call, size_t index)
{
    QStringList texts;
    uint32_t count = 0;
    napi_get_array_length(call.env, call[index], &count);
    for (uint32_t i = 0; i < count; ++i) {
        napi_value text = nullptr;
        napi_get_element(call.env, call[index], i, &text);
        texts.append(values::toText(call.env, text));
    }
    return texts;
}

// Block lists --------------------------------------------------------------------------------------------------

napi_value createBlockList(napi_env env, napi_callback_info)
{
    return HeldValue::wrap(env, std::make_unique<HeldBlockList>());
}

using BlockListOperation = net::Error (*)(net::BlockList &list, const Call &call);

// One function of BlockList's: (list, ...arguments) gives an error, or null.
template <BlockListOperation operation>
napi_value onBlockList(napi_env env, napi_callback_info info)
{
    const Call call(env, info);
    auto *const held = HeldValue::unwrap<HeldBlockList>(env, call[0]);
    return held ? values::toJs(env, operation(held->list, call)) : values::undefined(env);
}

QString text(const Call &call, size_t index)
{
    return values::toText(call.env, call[index]);
}

int number(const Call &call, size_t index)
{
    return int(values::toNumber(call.env, call[index]));
}

net::Error addAddresses(net::BlockList &list, const Call &call)
{
    return list.addAddresses(textsOf(call, 1), familyOf(call, 2));
}

net::Error addRange(net::BlockList &list, const Call &call)
{
    return list.addRange(text(call, 1), text(call, 2), familyOf(call, 3));
}

net::Error addSubnet(net::BlockList &list, const Call &call)
{
    return list.addSubnet(text(call, 1), number(call, 2), familyOf(call, 3));
}

net::Error addCidrs(net::BlockList &list, const Call &call)
{
    return list.addCIDRs(textsOf(call, 1));
}

net::Error removeAddress(net::BlockList &list, const Call &call)
{
    return list.removeAddress(text(call, 1), familyOf(call, 2));
}

net::Error removeRange(net::BlockList &list, const Call &call)
{
    return list.removeRange(text(call, 1), text(call, 2), familyOf(call, 3));
}

net::Error removeSubnet(net::BlockList &list, const Call &call)
{
    return list.removeSubnet(text(call, 1), number(call, 2), familyOf(call, 3));
}

net::Error removeCidr(net::BlockList &list, const Call &call)
{
    return list.removeCIDR(text(call, 1));
}

net::Error clear(net::BlockList &list, const Call &)
{
    list.clear();
    return {};
}

net::Error fromJson(net::BlockList &list, const Call &call)
{
    return list.fromJson(QJsonArray::fromStringList(textsOf(call, 1)));
}

napi_value blocks(napi_env env, napi_callback_info info)
{
    const Call call(env, info);
    const auto *const held = HeldValue::unwrap<HeldBlockList>(env, call[0]);
    return values::toJs(env, held && held->list.check(text(call, 1), familyOf(call, 2)));
}

napi_value blockRules(napi_env env, napi_callback_info info)
{
    const Call call(env, info);
    const auto *const held = HeldValue::unwrap<HeldBlockList>(env, call[0]);
    const QStringList rules = held ? held->list.rules() : QStringList();
    return values::toJs(env, QMetaType::fromType<QStringList>(), &rules);
}

napi_value privateRanges(napi_env env, napi_callback_info)
{
    const QStringList ranges = net::BlockList::privateRanges();
    return values::toJs(env, QMetaType::fromType<QStringList>(), &ranges);
}

// Addresses ----------------------------------------------------------------------------------------------------

napi_value parseAddress(napi_env env, napi_callback_info info)
{
    const Call call(env, info);
    const std::optional<net::SocketAddress> address = net::SocketAddress::parse(text(call, 0));
    return values::toJs(env, address.value_or(net::SocketAddress()));
}

// Bound sockets ------------------------------------------------------------------------------------------------

napi_value createBoundSocket(napi_env env, napi_callback_info info)
{
    const NodeLoop::Visit visit;
    const Call call(env, info);
    return HeldValue::wrap(env, std::make_unique<HeldBoundSocket>(OptionReader(env, call[0]).boundSocketOptions()));
}

// What a bound socket says of itself: address, fd, isPipe, and the error if it has one.
napi_value boundFacts(napi_env env, napi_callback_info info)
{
    const Call call(env, info);
    auto *const held = HeldValue::unwrap<HeldBoundSocket>(env, call[0]);
    if (!held)
        return values::undefined(env);
    napi_value facts = nullptr;
    napi_create_object(env, &facts);
    values::setMember(env, facts, "address", values::toJs(env, held->socket.address()));
    values::setMember(env, facts, "fd", values::toJs(env, double(held->socket.fd())));
    values::setMember(env, facts, "isPipe", values::toJs(env, held->socket.isPipe()));
    values::setMember(env, facts, "error", values::toJs(env, held->socket.error()));
    return facts;
}

napi_value closeBound(napi_env env, napi_callback_info info)
{
    const Call call(env, info);
    if (auto *const held = HeldValue::unwrap<HeldBoundSocket>(env, call[0]))
        held->socket.close();
    return values::undefined(env);
}

// Stops --------------------------------------------------------------------------------------------------------

napi_value createStop(napi_env env, napi_callback_info)
{
    return HeldValue::wrap(env, std::make_unique<HeldStop>());
}

napi_value requestStop(napi_env env, napi_callback_info info)
{
    const NodeLoop::Visit visit;
    const Call call(env, info);
    if (auto *const held = HeldValue::unwrap<HeldStop>(env, call[0]))
        held->source.request_stop();
    return values::undefined(env);
}

napi_property_descriptor function(const char *name, napi_callback callback)
{
    return {name, nullptr, callback, nullptr, nullptr, nullptr, napi_default_method, nullptr};
}

} // namespace

void defineHeldValues(napi_env env, napi_value exports)
{
    const std::array functions = {
        function("createBlockList", createBlockList),
        function("addAddresses", onBlockList<addAddresses>),
        function("addRange", onBlockList<addRange>),
        function("addSubnet", onBlockList<addSubnet>),
        function("addCIDRs", onBlockList<addCidrs>),
        function("removeAddress", onBlockList<removeAddress>),
        function("removeRange", onBlockList<removeRange>),
        function("removeSubnet", onBlockList<removeSubnet>),
        function("removeCIDR", onBlockList<removeCidr>),
        function("clearRules", onBlockList<clear>),
        function("fromJSON", onBlockList<fromJson>),
        function("blocks", blocks),
        function("blockRules", blockRules),
        function("privateRanges", privateRanges),
        function("parseAddress", parseAddress),
        function("createBoundSocket", createBoundSocket),
        function("boundFacts", boundFacts),
        function("closeBound", closeBound),
        function("createStop", createStop),
        function("requestStop", requestStop),
    };
    napi_define_properties(env, exports, functions.size(), functions.data());
}
