#pragma once
#include <QMap>
#include <QSet>
#include <QString>

namespace faults {

/// How one play has ended, and what its processes said: a line of its own for each thing.
class Outcome
{
public:
    /// \a code: 0, 1 or -1 (killed).
    Outcome(int code, const QString &said);

    /// Nothing was lost or forgotten, as far as the scenario itself can see.
    bool isSound() const { return m_sound; }
    const QString &said() const { return m_said; }
    /// Codes of errors, and names of failures that have none; of all processes.
    const QSet<QString> &told() const { return m_told; }
    /// Of each process that said it, by its name: descriptors that were open at its end and not at its beginning.
    const QMap<QString, int> &kept() const { return m_kept; }
    /// A client that nothing had failed for, as it saw it, did not get all back.
    bool hasLost() const { return m_lost; }

private:
    bool m_sound = false;
    bool m_lost = false;
    QString m_said;
    QSet<QString> m_told;
    QMap<QString, int> m_kept;
};

} // namespace faults
