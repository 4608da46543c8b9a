#pragma once
#include <QByteArray>
#include <QList>
#include <QString>

#include <memory>

namespace inspector {

/// A function that an address lies in, and where in its source.
struct SourcePlace
{
    QString function = {}; ///< as a person reads it; empty: not known
    QString file = {};     ///< an absolute path, if it is known
    int line = 0;          ///< from 1 on; 0: not known
    bool isInlined = false;

    friend bool operator==(const SourcePlace &, const SourcePlace &) = default;
};

/// One program or library on the disk, with what it says of its functions, itself or by a file below
/// /usr/lib/debug/.build-id. Never asks the network.
class DebugFile
{
public:
    /// Why nothing can be said, if it can't.
    enum class Problem : quint8 {
        None,
        Missing, ///< there is no such file, or it is no program
        Changed, ///< it is another one by now
        Unable,  ///< this inspector was built without what reads them
    };

    /// \a buildId may be empty: then it can't be told whether the file is the same.
    DebugFile(const QString &path, const QByteArray &buildId);
    ~DebugFile();
    DebugFile(const DebugFile &) = delete;
    DebugFile &operator=(const DebugFile &) = delete;

    Problem problem() const { return m_problem; }
    /// Innermost first: functions that were inlined, then the one that they were inlined into. Empty if nothing is
    /// known of \a address, which is one of the file's own.
    QList<SourcePlace> placesOf(quint64 address) const;

private:
    class Reader;
    std::unique_ptr<Reader> m_reader;
    Problem m_problem = Problem::None;
};

} // namespace inspector
