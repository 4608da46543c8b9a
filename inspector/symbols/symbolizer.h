#pragma once
#include "inspector/symbols/modulefile.h"

#include <QHash>
#include <QObject>
#include <QSet>
#include <QThread>

#include <atomic>
#include <map>

namespace inspector {

/// What is known of one address.
struct Symbols
{
    QList<SourcePlace> places = {}; ///< as of DebugFile
    DebugFile::Problem problem = DebugFile::Problem::None;
};

/// Finds functions and lines for addresses, in a thread of its own, and remembers them.
class Symbolizer : public QObject
{
    Q_OBJECT

public:
    explicit Symbolizer(QObject *parent = nullptr);
    ~Symbolizer() override;

    /// What is known of \a address, one of the file's own. Null if that is looked for: found() follows.
    const Symbols *find(const ModuleFile &module, quint64 address);
    /// Nothing is looked for.
    bool isIdle() const { return m_asked.isEmpty(); }

Q_SIGNALS:
    /// There is more.
    void found();

private:
    using Place = std::pair<QByteArray, quint64>; ///< module and address
    struct Question
    {
        ModuleFile module;
        quint64 address = 0;
    };
    class Worker;
    void send();
    void take(const QList<std::pair<Place, Symbols>> &answers);

    QHash<Place, Symbols> m_known;
    QSet<Place> m_asked;
    QList<Question> m_waiting; ///< to be sent once this turn is over
    QThread m_thread;
    Worker *m_worker; ///< lives in the thread, and goes with it
    std::atomic<bool> m_ends = false;
};

} // namespace inspector
