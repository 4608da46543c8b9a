#pragma once
#include "libnet/async.h"
#include "libnet/codes.h"

#include <QFutureWatcher>
#include <QPromise>

namespace net {

/// A promise that is kept or broken exactly once: at the latest when its subject, whose child it is, goes.
template <typename T>
class Settlement : public QObject
{
public:
    explicit Settlement(QObject *subject) : QObject(subject) { m_promise->start(); }
    ~Settlement() override { fail(codes::aborted()); }

    QFuture<T> future() { return m_promise->future(); }
    /// Calls \a function if somebody cancels first.
    template <typename Functor>
    void onCancel(Functor &&function)
    {
        m_watcher = new QFutureWatcher<T>(this);
        connect(m_watcher, &QFutureWatcherBase::canceled, this, std::forward<Functor>(function));
        m_watcher->setFuture(m_promise->future());
    }
    bool isCanceled() const { return m_promise->isCanceled(); }

    void keep(const T &value)
    {
        if (!settle())
            return;
        const std::shared_ptr<QPromise<T>> promise = m_promise; // whoever hears of it may delete us
        promise->addResult(value);
        promise->finish();
    }
    void fail(const Error &error)
    {
        if (!settle())
            return;
        const std::shared_ptr<QPromise<T>> promise = m_promise;
        promise->setException(Exception(error));
        promise->finish();
    }

private:
    bool settle()
    {
        delete std::exchange(m_watcher, nullptr); // an exception counts as cancelled too
        return !std::exchange(m_settled, true);
    }

    std::shared_ptr<QPromise<T>> m_promise = std::make_shared<QPromise<T>>();
    QFutureWatcher<T> *m_watcher = nullptr;
    bool m_settled = false;
};

} // namespace net
