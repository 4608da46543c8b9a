#pragma once
#include <QMetaObject>
#include <QObject>
#include <QPointer>
#include <QThread>

#include <functional>
#include <type_traits>
#include <utility>

namespace net {

/// A function that is called once, in the thread of its context, and never after the context's death.
/// The function may take fewer arguments than are offered.
template <typename... Args>
class Callback
{
public:
    Callback() = default;

    template <typename Functor>
    Callback(const QObject *context, Functor &&functor)
        : m_context(context),
          m_function(adapt(std::forward<Functor>(functor)))
    {
    }

    explicit operator bool() const { return static_cast<bool>(m_function); }

    void operator()(Args... args) const
    {
        if (!m_function || !m_context)
            return;
        if (m_context->thread() == QThread::currentThread()) {
            m_function(args...);
            return;
        }
        QMetaObject::invokeMethod(
            const_cast<QObject *>(m_context.data()), [function = m_function, args...] { function(args...); },
            Qt::QueuedConnection);
    }

private:
    template <typename Functor>
    static std::function<void(Args...)> adapt(Functor &&functor)
    {
        if constexpr (std::is_invocable_v<Functor &, Args...>)
            return std::forward<Functor>(functor);
        else
            return [functor = std::forward<Functor>(functor)](Args...) mutable {
                functor();
            };
    }

    QPointer<const QObject> m_context;
    std::function<void(Args...)> m_function;
};

} // namespace net
