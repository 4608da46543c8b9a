#include "tests/conformance/host/nodeloop.h"

#include "tests/conformance/host/epolldispatcher.h"
#include "tests/conformance/host/objectbridge.h"
#include "tests/conformance/host/values.h"

#include "libnet/stream/livehandles.h"
#include "libnet/stream/nexttick.h"

#include <QCoreApplication>
#include <QThread>

#include <clocale>
#include <string>
#include <thread>
#include <utility>
#include <uv.h>

using net::NextTick;

namespace {

thread_local NodeLoop *theLoop = nullptr;

/// Every event that Qt delivers is one event of Node's.
class Application : public QCoreApplication
{
public:
    using QCoreApplication::QCoreApplication;

    bool notify(QObject *receiver, QEvent *event) override
    {
        const NodeLoop::Event running;
        return QCoreApplication::notify(receiver, event);
    }
};

// Never deleted: process.exit() may come from inside a signal.
void createApplication()
{
    static int argc = 1;
    static char name[] = "node";
    static char *argv[] = {name, nullptr};
    // Qt sets the locale, and warns if it is not UTF-8; neither is Node's or the script's affair.
    const std::string locale = std::setlocale(LC_ALL, nullptr);
    const QtMessageHandler handler =
        qInstallMessageHandler([](QtMsgType, const QMessageLogContext &, const QString &) {});
    new Application(argc, argv);
    qInstallMessageHandler(handler);
    std::setlocale(LC_ALL, locale.c_str());
}

} // namespace

/// The handles of libuv's that we live by. In the main thread they stay as long as the process.
struct NodeLoop::Handles
{
    uv_loop_t *loop = nullptr;
    uv_poll_t poll = {};
    uv_prepare_t beforePoll = {};
    uv_check_t afterPoll = {};
    uv_idle_t pending = {};
    int closing = 0; ///< handles that are on their way out, of these or others
};

NodeLoop::Event::Event() : m_loop(theLoop)
{
    if (m_loop)
        m_loop->enter();
}

NodeLoop::Event::~Event()
{
    if (m_loop)
        m_loop->leave();
}

bool NodeLoop::install(napi_env env)
{
    if (!theLoop) {
        // Whoever makes the application is Qt's main thread as well.
        static const std::thread::id first = std::this_thread::get_id();
        if (!QCoreApplication::instance() && first != std::this_thread::get_id())
            return false;
        theLoop = new NodeLoop(env);
    }
    return true;
}

bool NodeLoop::exists()
{
    return theLoop != nullptr;
}

bool NodeLoop::hasEnvironment()
{
    return theLoop && (theLoop->m_running || theLoop->m_end);
}

bool NodeLoop::isRunning()
{
    return theLoop && theLoop->m_running;
}

NodeLoop &NodeLoop::current()
{
    return *theLoop;
}

NodeLoop::NodeLoop(napi_env env) : m_env(env), m_handles(new Handles), m_dispatcher(new EpollDispatcher)
{
    theLoop = this;
    napi_value global = nullptr;
    napi_get_global(env, &global);
    const napi_value process = values::member(env, global, "process");
    napi_create_reference(env, process, 1, &m_process);
    napi_create_reference(env, values::member(env, process, "nextTick"), 1, &m_nextTick);
    napi_value function = nullptr;
    napi_create_function(env, "runTick", size_t(-1), &NodeLoop::runTick, nullptr, &function);
    napi_create_reference(env, function, 1, &m_runTick);
    napi_value name = nullptr;
    napi_create_string_utf8(env, "libnet", size_t(-1), &name);
    napi_async_init(env, nullptr, name, &m_context);
    const bool isMain = !QCoreApplication::instance();
    if (isMain) {
        QCoreApplication::setEventDispatcher(m_dispatcher);
        ++m_visits; // no event is to be opened around what Qt tells its application meanwhile
        createApplication();
        --m_visits;
    } else {
        QThread::currentThread()->setEventDispatcher(m_dispatcher);
    }
    watchDispatcher();
    takeOverQueues();
    // The main thread takes everything along with the process, and process.exit() may come from inside a signal.
    if (isMain)
        napi_add_env_cleanup_hook(
            env,
            [](void *) {
                theLoop->m_running = false;
                net::setLiveHandleHook([](bool) {});
            },
            nullptr);
    else
        napi_add_async_cleanup_hook(
            env, [](napi_async_cleanup_hook_handle, void *) { theLoop->end(); }, nullptr, &m_end);
}

// The end of a worker: nothing of JavaScript runs any more, nor does anything of ours when Node goes on.
void NodeLoop::end()
{
    m_running = false;
    ObjectBridge::deleteAll();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    net::setLiveHandleHook(nullptr);
    NextTick::current().setForeignLoop(nullptr);
    Handles &handles = *m_handles;
    const auto close = [&handles](auto &handle) {
        ++handles.closing;
        uv_close(reinterpret_cast<uv_handle_t *>(&handle), [](uv_handle_t *) {
            --theLoop->m_handles->closing;
            theLoop->endWhenClosed();
        });
    };
    close(handles.poll);
    close(handles.beforePoll);
    close(handles.afterPoll);
    close(handles.pending);
}

void NodeLoop::endWhenClosed()
{
    if (m_running || m_handles->closing)
        return;
    const napi_async_cleanup_hook_handle hook = m_end;
    delete m_handles;
    delete std::exchange(theLoop, nullptr);
    napi_remove_async_cleanup_hook(hook);
}

// Has libuv call \a closed in the phase of the loop in which handles close.
void NodeLoop::closeLater(void (*closed)())
{
    auto *const handle = new uv_idle_t;
    uv_idle_init(m_handles->loop, handle);
    handle->data = reinterpret_cast<void *>(closed);
    ++m_handles->closing;
    uv_close(reinterpret_cast<uv_handle_t *>(handle), [](uv_handle_t *gone) {
        auto *const then = reinterpret_cast<void (*)()>(gone->data);
        delete reinterpret_cast<uv_idle_t *>(gone);
        --theLoop->m_handles->closing;
        if (then)
            then();
        if (theLoop->m_end)
            theLoop->endWhenClosed();
    });
}

void NodeLoop::watchDispatcher()
{
    Handles &handles = *m_handles;
    napi_get_uv_event_loop(m_env, &handles.loop);
    uv_poll_init(handles.loop, &handles.poll, m_dispatcher->descriptor());
    uv_poll_start(&handles.poll, UV_READABLE, [](uv_poll_t *, int, int) {
        if (theLoop->m_running)
            theLoop->m_dispatcher->processEvents(QEventLoop::AllEvents);
    });
    // Node finishes what the events of its poll phase have left behind right after it, and the rest before the next.
    uv_prepare_init(handles.loop, &handles.beforePoll);
    uv_prepare_start(&handles.beforePoll, [](uv_prepare_t *) {
        NextTick::current().startTurn();
        theLoop->runTurns();
    });
    uv_check_init(handles.loop, &handles.afterPoll);
    uv_check_start(&handles.afterPoll, [](uv_check_t *) {
        theLoop->runTurns();
        NextTick::current().startTurn();
    });
    uv_idle_init(handles.loop, &handles.pending);
    uv_unref(reinterpret_cast<uv_handle_t *>(&handles.poll));
    uv_unref(reinterpret_cast<uv_handle_t *>(&handles.beforePoll));
    uv_unref(reinterpret_cast<uv_handle_t *>(&handles.afterPoll));
    net::setLiveHandleHook([](bool alive) {
        // Released in another thread, by whoever deletes what lived here: nobody may touch this loop from there.
        if (theLoop)
            theLoop->keepAlive(alive);
    });
}

void NodeLoop::keepAlive(bool alive)
{
    auto *const poll = reinterpret_cast<uv_handle_t *>(&m_handles->poll);
    alive ? uv_ref(poll) : uv_unref(poll);
    // A handle of Node's that closes has the loop turn once more, and beforeExit come again.
    if (!alive && m_running)
        closeLater(nullptr);
}

// The queues ---------------------------------------------------------------------------------------------------

void NodeLoop::takeOverQueues()
{
    static constexpr NextTick::ForeignLoop queues = {
        .tickPosted =
            [] {
                if (!theLoop->m_running)
                    return;
                const Event event;
                const napi_env env = theLoop->m_env;
                napi_value process = nullptr;
                napi_value nextTick = nullptr;
                napi_value runTick = nullptr;
                napi_get_reference_value(env, theLoop->m_process, &process);
                napi_get_reference_value(env, theLoop->m_nextTick, &nextTick);
                napi_get_reference_value(env, theLoop->m_runTick, &runTick);
                theLoop->call(process, nextTick, {runTick});
            },
        // An idle handle keeps the loop from waiting, and from ending.
        .turnPosted =
            [] {
                if (theLoop->m_running)
                    uv_idle_start(&theLoop->m_handles->pending, [](uv_idle_t *) {});
            },
        // The closing phase is where Node tells 'close', and only a handle that closes is called in it.
        .closingPosted =
            [] {
                if (!theLoop->m_running || std::exchange(theLoop->m_closingAsked, true))
                    return;
                theLoop->closeLater([] { theLoop->runClosings(); });
            },
        .runTicks =
            [] {
                if (theLoop->m_callbackScope && theLoop->m_events == 1) {
                    theLoop->closeScope();
                    theLoop->openScope();
                }
            },
    };
    NextTick::current().setForeignLoop(&queues);
}

void NodeLoop::runTurns()
{
    if (!m_running || !NextTick::current().hasTurns())
        return;
    {
        const Event event;
        NextTick::current().runTurns();
    }
    if (!NextTick::current().hasTurns())
        uv_idle_stop(&m_handles->pending);
}

void NodeLoop::runClosings()
{
    m_closingAsked = false;
    if (!m_running)
        return;
    const Event event;
    NextTick::current().runClosings();
}

napi_value NodeLoop::runTick(napi_env env, napi_callback_info)
{
    ++theLoop->m_ticks;
    NextTick::current().runTick();
    --theLoop->m_ticks;
    return values::undefined(env);
}

// Between the two worlds ---------------------------------------------------------------------------------------

void NodeLoop::enter()
{
    if (m_events++ == 0 && !m_visits && !m_ticks && m_running)
        openScope();
}

void NodeLoop::leave()
{
    if (m_events == 1 && m_callbackScope)
        closeScope();
    --m_events;
}

void NodeLoop::openScope()
{
    napi_open_handle_scope(m_env, &m_handleScope);
    napi_value resource = nullptr;
    napi_create_object(m_env, &resource);
    napi_open_callback_scope(m_env, resource, m_context, &m_callbackScope);
}

void NodeLoop::closeScope()
{
    // Closing runs ticks and promises; what they call of ours is not part of this event.
    const napi_callback_scope callbacks = std::exchange(m_callbackScope, nullptr);
    const napi_handle_scope handles = std::exchange(m_handleScope, nullptr);
    const int events = std::exchange(m_events, 0);
    napi_close_callback_scope(m_env, callbacks);
    napi_close_handle_scope(m_env, handles);
    m_events = events;
}

napi_value NodeLoop::call(napi_value self, napi_value function, std::initializer_list<napi_value> arguments)
{
    return call(self, function, arguments.size(), arguments.begin());
}

napi_value NodeLoop::call(napi_value self, napi_value function, size_t count, const napi_value *arguments)
{
    if (!m_running)
        return nullptr;
    napi_value result = nullptr;
    if (napi_call_function(m_env, self, function, count, arguments, &result) != napi_pending_exception)
        return result;
    napi_value thrown = nullptr;
    napi_get_and_clear_last_exception(m_env, &thrown);
    if (!m_visits)
        napi_fatal_exception(m_env, thrown);
    else if (!m_thrown)
        keepThrown(thrown);
    return nullptr;
}

// References are to objects, and anything may be thrown.
void NodeLoop::keepThrown(napi_value thrown)
{
    napi_value box = nullptr;
    napi_create_array_with_length(m_env, 1, &box);
    napi_set_element(m_env, box, 0, thrown);
    napi_create_reference(m_env, box, 1, &m_thrown);
}

void NodeLoop::endVisit()
{
    --m_visits;
    if (!m_thrown)
        return;
    napi_value box = nullptr;
    napi_value thrown = nullptr;
    napi_get_reference_value(m_env, m_thrown, &box);
    napi_get_element(m_env, box, 0, &thrown);
    napi_delete_reference(m_env, std::exchange(m_thrown, nullptr));
    napi_throw(m_env, thrown);
}
