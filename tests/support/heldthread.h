#pragma once
#include "tests/support/waiting.h"

#include <QSemaphore>
#include <QThread>

#include <functional>
#include <memory>

namespace test {

/// A thread that has ended for QThread::wait(), while what was thread_local in it is kept from going until we go.
class HeldThread
{
public:
    /// Runs \a function in it. What is thread_local and made by the function goes after release().
    explicit HeldThread(std::function<void()> function)
        : m_thread(QThread::create([this, gone = m_gone, function = std::move(function)] {
              function();
              static thread_local Gate gate; // the last one made is the first to go
              gate.held = &m_mayGo;
              gate.gone = gone;
          }))
    {
        m_thread->start();
    }
    HeldThread(const HeldThread &) = delete;
    HeldThread &operator=(const HeldThread &) = delete;
    ~HeldThread()
    {
        m_mayGo.release();
        m_gone->acquire();
    }

    bool wait() { return m_thread->wait(LongestWait); }

private:
    struct Gate
    {
        ~Gate()
        {
            held->acquire();
            gone->release();
        }
        QSemaphore *held = nullptr;
        std::shared_ptr<QSemaphore> gone;
    };

    QSemaphore m_mayGo;
    // The thread may still be in release() when we are gone.
    const std::shared_ptr<QSemaphore> m_gone = std::make_shared<QSemaphore>();
    std::unique_ptr<QThread> m_thread;
};

} // namespace test
