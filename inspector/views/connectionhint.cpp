#include "inspector/views/connectionhint.h"

#include <QCoreApplication>

namespace inspector {

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(inspector::ConnectionHint)
};

} // namespace

Hint connectionHint(const Session &session, const ObjectModel &objects, const FilterState &filter)
{
    if (objects.rowCount() > 0)
        return {};
    if (objects.totalCount() > 0 && !filter.filter().isEmpty())
        return {Texts::tr("Nothing passes the filter"),
                Texts::tr("Clear it, or make it wider, to see the rows again.")};
    if (!session.isLive())
        return {Texts::tr("Nothing was recorded"), Texts::tr("No process had a server or a socket meanwhile.")};
    const AgentDirectory &directory = session.directory();
    if (!directory.problem().isEmpty())
        return {Texts::tr("The directory of agents cannot be trusted"),
                Texts::tr("%1. Only you may be able to enter it.").arg(directory.problem())};
    if (!session.feeds().empty())
        return {Texts::tr("No servers and no sockets"), Texts::tr("The application has not opened any yet.")};
    if (!directory.agents().isEmpty())
        return {Texts::tr("Not attached to any process"), Texts::tr("Choose one in the menu Processes.")};
    return {Texts::tr("No inspectable process is running"),
            Texts::tr("Start an application that uses libnet with LIBNET_INSPECT=1 in its environment, or let it call "
                      "net::Agent::start(). It appears here by itself.\n\nLooking in %1")
                .arg(directory.path())};
}

} // namespace inspector
