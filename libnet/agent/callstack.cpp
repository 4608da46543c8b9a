#include "libnet/agent/callstack.h"

#include <unwind.h>

namespace net::agent {

namespace {

// More than the agent's own functions, inlined or not.
constexpr int mostSkipped = 16;

} // namespace

struct CallStack::Walk
{
    CallStack &stack;
    quint64 caller;
    int skipped = 0;

    // What backtrace() of the C library does, which would load a library at its first call.
    static _Unwind_Reason_Code step(_Unwind_Context *context, void *walk)
    {
        return static_cast<Walk *>(walk)->take(context);
    }

    _Unwind_Reason_Code take(_Unwind_Context *context)
    {
        int isBefore = 0; // a signal's frame: the instruction itself, and not the one after a call
        const auto address = quint64(_Unwind_GetIPInfo(context, &isBefore));
        if (address == 0)
            return _URC_END_OF_STACK;
        if (caller != 0 && address != caller)
            return ++skipped < mostSkipped ? _URC_NO_REASON : _URC_END_OF_STACK;
        caller = 0;
        stack.m_addresses[stack.m_size++] = isBefore ? address : address - 1;
        return stack.m_size < stack.m_addresses.size() ? _URC_NO_REASON : _URC_END_OF_STACK;
    }
};

CallStack::CallStack(const void *caller)
{
    Walk walk{.stack = *this, .caller = quint64(reinterpret_cast<quintptr>(caller))};
    _Unwind_Backtrace(&Walk::step, &walk);
    // Too much is better than nothing.
    if (m_size == 0) {
        walk.caller = 0;
        _Unwind_Backtrace(&Walk::step, &walk);
    }
}

} // namespace net::agent
