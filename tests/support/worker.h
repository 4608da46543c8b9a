#pragma once
#include <QThread>

#include <functional>

namespace test {

/// A thread with an event loop, and an object in it.
class Worker : public QThread
{
public:
    Worker()
    {
        m_object.moveToThread(this);
        start();
    }
    ~Worker() override { finish(); }

    QObject *object() { return &m_object; }
    /// Runs \a function in the thread and waits for it.
    void run(const std::function<void()> &function)
    {
        QMetaObject::invokeMethod(&m_object, function, Qt::BlockingQueuedConnection);
    }
    void finish()
    {
        quit();
        wait();
    }

private:
    QObject m_object;
};

} // namespace test
