#pragma once
#include "tests/conformance/host/nodeapi.h"

#include <initializer_list>

class EpollDispatcher;

/// Runs Qt's events and libnet's queues inside Node's own loop, in those phases in which Node runs its own `net`.
class NodeLoop
{
public:
    /// Installs everything in the calling thread, once per process.
    static void install(napi_env env);
    static NodeLoop &current();

    /// On the stack while an event runs that comes from the loop: Node runs its ticks at the end of the outermost one.
    class Event
    {
    public:
        Event() { current().enter(); }
        Event(const Event &) = delete;
        Event &operator=(const Event &) = delete;
        ~Event() { current().leave(); }
    };

    /// On the stack while JavaScript is inside a function of ours: what its listeners throw meanwhile reaches it.
    class Visit
    {
    public:
        Visit() { ++current().m_visits; }
        Visit(const Visit &) = delete;
        Visit &operator=(const Visit &) = delete;
        ~Visit() { current().endVisit(); }
    };

    /// Calls \a function of JavaScript; an exception goes to where one of Node's own events would send it.
    /// What it returns is good until the next event; null if it threw.
    napi_value call(napi_value self, napi_value function, std::initializer_list<napi_value> arguments);
    napi_value call(napi_value self, napi_value function, size_t count, const napi_value *arguments);

    /// False once Node is leaving: JavaScript is not to be called any more.
    bool isRunning() const { return m_running; }
    napi_env env() const { return m_env; }

private:
    explicit NodeLoop(napi_env env);
    void enter();
    void leave();
    void endVisit();
    void openScope();
    void closeScope();
    void watchDispatcher();
    void takeOverQueues();
    void runTurns();
    void runClosings();
    void keepAlive(bool alive);
    static napi_value runTick(napi_env env, napi_callback_info info);

    struct Handles;

    napi_env m_env;
    Handles *m_handles;
    EpollDispatcher *m_dispatcher;
    napi_ref m_process = nullptr;
    napi_ref m_nextTick = nullptr;
    napi_ref m_runTick = nullptr;
    napi_ref m_thrown = nullptr;
    napi_async_context m_context = nullptr;
    napi_handle_scope m_handleScope = nullptr;
    napi_callback_scope m_callbackScope = nullptr;
    int m_events = 0;
    int m_visits = 0;
    int m_ticks = 0; ///< runs of runTick() on the stack: JavaScript is below us, but no caller who could catch
    bool m_closingAsked = false;
    bool m_running = true;
};
