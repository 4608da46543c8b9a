#pragma once
#include "tests/cluster/footprint.h"

#include <QTemporaryDir>

namespace test {

/// A suite whose every test is to leave the descriptors, children and files that it has found.
class LeavesNothing : public QObject
{
    Q_OBJECT

protected:
    /// Where files are counted.
    QString folder() const { return m_folder.path(); }
    QString path() const { return m_folder.filePath(QStringLiteral("s")); }

protected Q_SLOTS:
    /// What the first worker of a process needs once and for all: the reactor, what reaps children.
    void initTestCase();
    void init();
    void cleanup();

private:
    QTemporaryDir m_folder;
    Footprint m_before;
};

} // namespace test
