#include "tests/cluster/footprint.h"

#include <QDir>
#include <QFile>

namespace test {

using namespace Qt::StringLiterals;

Footprint Footprint::now(const QString &folder)
{
    Footprint footprint;
    footprint.descriptors =
        int(QDir(u"/proc/self/fd"_s).entryList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::System).size());
    const QStringList threads = QDir(u"/proc/self/task"_s).entryList(QDir::NoDotAndDotDot | QDir::Dirs);
    for (const QString &thread : threads) {
        QFile children(u"/proc/self/task/%1/children"_s.arg(thread));
        if (children.open(QIODevice::ReadOnly))
            footprint.children += int(children.readAll().split(' ').size()) - 1;
    }
    if (!folder.isEmpty())
        footprint.files = QDir(folder).entryList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::System);
    return footprint;
}

QString Footprint::text() const
{
    return u"%1 descriptors, %2 children, files: %3"_s.arg(descriptors).arg(children).arg(files.join(u' '));
}

} // namespace test
