#pragma once
#include <QString>
#include <QStringList>

#include <span>

namespace inspector {

/// What a filter can ask about a row.
enum class Field : quint8 {
    Any, ///< the texts a person would search: name, process and its pid, kind, state, ends, error
    Name,
    Process,
    Pid,
    Id,
    Kind,
    State,
    Flag,
    Family,
    Server,
    Local,
    Remote,
    Address,
    Port,
    LocalPort,
    RemotePort,
    Received,
    Sent,
    Bytes,
    Rate,
    RateIn,
    RateOut,
    Queue,
    Mark,
    Connections,
    Age,
    Idle,
    Error,
    Lint, ///< see lints.h
    Time, ///< when the row was there, or the event happened
};

/// How the values of a field are written and compared.
enum class FieldType : quint8 {
    Text,     ///< contains, or a pattern with * and ?
    Words,    ///< one of a known set
    Number,   ///< 80
    Bytes,    ///< 10k, 1.5MiB
    Duration, ///< 500ms, 10s, 2m, 1h
    Moment,   ///< 14:03, 14:03:59.5..14:04:02: a span of the clock
};

/// One field of the filter language; the table of them also feeds completion and help.
struct FieldInfo
{
    Field field;
    FieldType type;
    const char *name;  ///< as it is typed
    const char *words; ///< Words: the known ones, with blanks between them
    const char *help;  ///< for translation, context inspector::FilterFields

    QStringList wordList() const;
};

std::span<const FieldInfo> filterFields();
/// The field typed as \a name, in either case; null if there is none.
const FieldInfo *findFilterField(QStringView name);

} // namespace inspector
