#include "tests/cluster/nodescript.h"

#include "tests/support/waiting.h"

#include <QProcess>

using namespace Qt::StringLiterals;

namespace test {

bool hasNode()
{
    static const bool has = [] {
        QProcess node;
        node.start(QStringLiteral(NODE_PROGRAM), {u"-p"_s, u"process.versions.node.split('.')[0]"_s});
        return node.waitForStarted() && node.waitForFinished() && node.readAll().trimmed().toInt() >= 20;
    }();
    return has;
}

QStringList nodesEvents(const QString &script, const QStringList &arguments, const QMap<QString, QString> &environment)
{
    QProcess node;
    QProcessEnvironment variables = QProcessEnvironment::systemEnvironment();
    for (auto it = environment.cbegin(); it != environment.cend(); ++it)
        variables.insert(it.key(), it.value());
    node.setProcessEnvironment(variables);
    node.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    node.start(QStringLiteral(NODE_PROGRAM), QStringList(QStringLiteral(NODE_SCRIPTS "/") + script) + arguments);
    waitFor([&node] { return node.state() == QProcess::NotRunning; });
    return QString::fromUtf8(node.readAll()).split(u'\n', Qt::SkipEmptyParts);
}

} // namespace test
