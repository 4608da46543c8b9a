#pragma once
#include <QObject>

/// Quits the application on SIGINT and SIGTERM the tidy way: the event loop returns, destructors run, and the
/// path of a local server is removed. One for each process.
class QuitSignal : public QObject
{
public:
    explicit QuitSignal(QObject *parent = nullptr);
};
