#include "inspector/models/filterfields.h"

#include <QCoreApplication>

#include <algorithm>

namespace inspector {

using namespace Qt::StringLiterals;

namespace {

// clang-format off
constexpr FieldInfo table[] = {
    {Field::Name, FieldType::Text, "name", "", QT_TRANSLATE_NOOP("inspector::FilterFields", "object name, else the number")},
    {Field::Process, FieldType::Text, "process", "", QT_TRANSLATE_NOOP("inspector::FilterFields", "name of the process")},
    {Field::Pid, FieldType::Number, "pid", "", QT_TRANSLATE_NOOP("inspector::FilterFields", "process id")},
    {Field::Id, FieldType::Number, "id", "", QT_TRANSLATE_NOOP("inspector::FilterFields", "number of the object in its process")},
    {Field::Kind, FieldType::Words, "kind", "process server accepted client adopted",
     QT_TRANSLATE_NOOP("inspector::FilterFields", "what the row is")},
    {Field::State, FieldType::Words, "state",
     "idle resolving connecting open half-open read-ended write-ended closed listening closing running ended",
     QT_TRANSLATE_NOOP("inspector::FilterFields", "state of the object")},
    {Field::Flag, FieldType::Words, "is",
     "paused drain ending no-receiver half-open-allowed failed no-error-handler timeout unreferenced",
     QT_TRANSLATE_NOOP("inspector::FilterFields", "what else is true of it")},
    {Field::Family, FieldType::Words, "family", "ipv4 ipv6 local",
     QT_TRANSLATE_NOOP("inspector::FilterFields", "family of the address")},
    {Field::Server, FieldType::Text, "server", "", QT_TRANSLATE_NOOP("inspector::FilterFields", "name of the server that accepted it")},
    {Field::Local, FieldType::Text, "local", "", QT_TRANSLATE_NOOP("inspector::FilterFields", "local address and port, or path")},
    {Field::Remote, FieldType::Text, "remote", "", QT_TRANSLATE_NOOP("inspector::FilterFields", "remote address and port, or path")},
    {Field::Address, FieldType::Text, "address", "", QT_TRANSLATE_NOOP("inspector::FilterFields", "either end")},
    {Field::Port, FieldType::Number, "port", "", QT_TRANSLATE_NOOP("inspector::FilterFields", "port of either end")},
    {Field::LocalPort, FieldType::Number, "lport", "", QT_TRANSLATE_NOOP("inspector::FilterFields", "local port")},
    {Field::RemotePort, FieldType::Number, "rport", "", QT_TRANSLATE_NOOP("inspector::FilterFields", "remote port")},
    {Field::Received, FieldType::Bytes, "received", "", QT_TRANSLATE_NOOP("inspector::FilterFields", "bytes received")},
    {Field::Sent, FieldType::Bytes, "sent", "", QT_TRANSLATE_NOOP("inspector::FilterFields", "bytes sent")},
    {Field::Bytes, FieldType::Bytes, "bytes", "", QT_TRANSLATE_NOOP("inspector::FilterFields", "bytes both ways")},
    {Field::Rate, FieldType::Bytes, "rate", "", QT_TRANSLATE_NOOP("inspector::FilterFields", "bytes a second both ways")},
    {Field::RateIn, FieldType::Bytes, "in", "", QT_TRANSLATE_NOOP("inspector::FilterFields", "bytes a second received")},
    {Field::RateOut, FieldType::Bytes, "out", "", QT_TRANSLATE_NOOP("inspector::FilterFields", "bytes a second sent")},
    {Field::Queue, FieldType::Bytes, "queue", "", QT_TRANSLATE_NOOP("inspector::FilterFields", "bytes waiting to be sent")},
    {Field::Mark, FieldType::Bytes, "mark", "", QT_TRANSLATE_NOOP("inspector::FilterFields", "high-water mark of the write queue")},
    {Field::Connections, FieldType::Number, "connections", "", QT_TRANSLATE_NOOP("inspector::FilterFields", "open connections of a server")},
    {Field::Age, FieldType::Duration, "age", "", QT_TRANSLATE_NOOP("inspector::FilterFields", "time since it was created")},
    {Field::Idle, FieldType::Duration, "idle", "", QT_TRANSLATE_NOOP("inspector::FilterFields", "time since bytes last moved")},
    {Field::Error, FieldType::Text, "error", "", QT_TRANSLATE_NOOP("inspector::FilterFields", "text of the last error")},
    {Field::Lint, FieldType::Words, "lint",
     "never-closed no-error-handler data-lost paused write-after-end drain-ignored no-timeout never-read no-parent "
     "slow-slot",
     QT_TRANSLATE_NOOP("inspector::FilterFields", "what looks like a mistake; lint:* for any")},
    {Field::Time, FieldType::Moment, "time", "", QT_TRANSLATE_NOOP("inspector::FilterFields", "span of the clock in which it was there, or happened")},
};
// clang-format on

} // namespace

QStringList FieldInfo::wordList() const
{
    return QString::fromLatin1(words).split(u' ', Qt::SkipEmptyParts);
}

std::span<const FieldInfo> filterFields()
{
    return table;
}

const FieldInfo *findFilterField(QStringView name)
{
    const auto found = std::ranges::find_if(table, [&](const FieldInfo &info) {
        return name.compare(QLatin1StringView(info.name), Qt::CaseInsensitive) == 0;
    });
    return found == std::end(table) ? nullptr : found;
}

} // namespace inspector
