#pragma once
#include "tests/conformance/host/nodeapi.h"

#include <initializer_list>

class EpollDispatcher;

/// Runs Qt's events and libnet's queues inside Node's own loop, in those phases in which Node runs its own `net`.
class NodeLoop
{
public:
    /// Installs everything in the calling thread, which is Node's main thread or one of its workers; the main one
    /// first. False if it is not.
    static bool install(napi_env env);
    /// Of this thread; there has to be one.
    static NodeLoop &current();
    static bool exists();
    /// Whether references of JavaScript's can still be given back.
    static bool hasEnvironment();

    /// On the stack while an event runs that comes from the loop: Node runs its ticks at the end of the outermost one.
    class Event
    {
    public:
        Event();
        Event(const Event &) = delete;
        Event &operator=(const Event &) = delete;
        ~Event();

    private:
        NodeLoop *const m_loop; ///< null in a thread of Qt's own
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

    /// False once Node is leaving, or in a thread that is not Node's: JavaScript is not to be called.
    static bool isRunning();
    napi_env env() const { return m_env; }

private:
    explicit NodeLoop(napi_env env);
    void enter();
    void leave();
    void endVisit();
    void keepThrown(napi_value thrown);
    void openScope();
    void closeScope();
    void watchDispatcher();
    void takeOverQueues();
    void runTurns();
    void runClosings();
    void keepAlive(bool alive);
    void closeLater(void (*closed)());
    void end();
    void endWhenClosed();
    static napi_value runTick(napi_env env, napi_callback_info info);

    struct Handles;

    napi_env m_env;
    Handles *m_handles;
    EpollDispatcher *m_dispatcher; ///< belongs to Qt
    napi_ref m_process = nullptr;
    napi_ref m_nextTick = nullptr;
    napi_ref m_runTick = nullptr;
    napi_ref m_thrown = nullptr; ///< an array around it
    napi_async_context m_context = nullptr;
    napi_handle_scope m_handleScope = nullptr;
    napi_callback_scope m_callbackScope = nullptr;
    int m_events = 0;
    int m_visits = 0;
    int m_ticks = 0; ///< runs of runTick() on the stack: JavaScript is below us, but no caller who could catch
    bool m_closingAsked = false;
    bool m_running = true;
    napi_async_cleanup_hook_handle m_end =
        nullptr; ///< what Node waits for before a worker may go; null in the main thread
};
