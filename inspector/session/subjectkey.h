#pragma once
#include <QHashFunctions>

namespace inspector {

/// Names one row of the whole session: a process (subject 0), or a server or socket in it.
/// The process number is the session's own and is never used again, as process ids are.
struct SubjectKey
{
    quint32 process = 0;
    quint64 subject = 0;

    /// Set in the number of a row that no agent has told of: an address that several processes listen on.
    static constexpr quint64 listenerBit = 1ULL << 63;

    bool isNull() const { return process == 0; }
    bool isProcess() const { return process != 0 && subject == 0; }
    bool isListener() const { return subject & listenerBit; }

    friend bool operator==(const SubjectKey &, const SubjectKey &) = default;
    friend size_t qHash(const SubjectKey &key, size_t seed = 0) { return qHashMulti(seed, key.process, key.subject); }
};

} // namespace inspector
