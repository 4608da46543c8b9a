#pragma once
#include <QStringList>

namespace test {

/// What a process has left behind: descriptors, children that nobody has waited for, files.
struct Footprint
{
    int descriptors = 0;
    int children = 0;
    QStringList files = {};

    /// Of this process, and of the folder \a folder.
    static Footprint now(const QString &folder = {});
    QString text() const;
    friend bool operator==(const Footprint &, const Footprint &) = default;
};

} // namespace test
