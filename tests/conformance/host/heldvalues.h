#pragma once
#include "tests/conformance/host/values.h"

#include "libnet/blocklist.h"
#include "libnet/boundsocket.h"

#include <stop_token>

/// Values of libnet's that JavaScript holds without looking inside: each is an external, freed when forgotten.
class HeldValue
{
public:
    virtual ~HeldValue() = default;

    /// The external that owns \a held.
    static napi_value wrap(napi_env env, std::unique_ptr<HeldValue> held);
    /// What \a value holds, if it holds a \a T; else null.
    template <typename T>
    static T *unwrap(napi_env env, napi_value value)
    {
        return dynamic_cast<T *>(any(env, value));
    }

private:
    static HeldValue *any(napi_env env, napi_value value);
};

struct HeldBlockList : HeldValue
{
    net::BlockList list;
};

struct HeldBoundSocket : HeldValue
{
    explicit HeldBoundSocket(const net::BoundSocketOptions &options) : socket(options) {}
    net::BoundSocket socket;
};

struct HeldStop : HeldValue
{
    std::stop_source source;
};

/// The functions that make such values and work on them, as properties of \a exports.
void defineHeldValues(napi_env env, napi_value exports);
