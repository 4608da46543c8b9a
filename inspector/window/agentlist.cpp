#include "inspector/window/agentlist.h"

#include "inspector/models/report.h"
#include "inspector/models/units.h"
#include "libnet/wire/rendezvous.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QSet>

namespace inspector {

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(inspector::AgentList)
};

} // namespace

QString agentList(const QString &directory)
{
    const net::wire::Rendezvous rendezvous(directory);
    if (const QString problem = rendezvous.check(); !problem.isEmpty())
        return Texts::tr("No inspectable process can be trusted: %1.").arg(problem) + QLatin1Char('\n');
    const QList<net::wire::AgentCard> agents = rendezvous.agents();
    if (agents.isEmpty())
        return Texts::tr("No inspectable process is running (looked in %1).").arg(directory) + QLatin1Char('\n');
    QList<QStringList> rows{
        {Texts::tr("PID"), Texts::tr("NAME"), Texts::tr("RUNNING FOR"), Texts::tr("PROTOCOL"), Texts::tr("SOCKET")}};
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    for (const net::wire::AgentCard &card : agents) {
        const QString age = card.startTime ? spanText((now - card.startTime) * 1'000'000) : QString();
        rows.append({QString::number(card.pid), card.name, age, QString::number(card.protocol), card.socket});
    }
    return textTable(rows, {0, 2, 3});
}

} // namespace inspector
