// "bench_watch --pid N [--payload]": an inspector without a window. It attaches to a process, takes in all that its
// agent says, and prints "attached".
#include "inspector/models/eventmodel.h"
#include "inspector/models/objectmodel.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <cstdio>

using namespace inspector;
using namespace Qt::StringLiterals;

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addOptions(
        {{u"pid"_s, u"Whom to attach to."_s, u"pid"_s}, {u"payload"_s, u"Follow what the first connection says."_s}});
    parser.process(application);
    const bool payload = parser.isSet(u"payload"_s);

    Session session({.pids = {parser.value(u"pid"_s).toLongLong()}});
    LiveView view(session);
    FilterState filter;
    EventModel events(view, filter);
    bool attached = false;
    bool captures = false;
    QObject::connect(&session, &Session::framed, &application, [&] {
        const ObjectTable &table = session.records().objects;
        for (int row = 0; row < table.size(); ++row) {
            const RowIdentity &identity = table.identity(row);
            if (identity.kind == RowKind::Server && identity.life == RowLife::Live && !std::exchange(attached, true)) {
                std::puts("attached");
                std::fflush(stdout);
            }
            if (payload && !captures && identity.kind == RowKind::Accepted && identity.life == RowLife::Live) {
                captures = true;
                session.capture(identity.key);
            }
        }
    });
    session.start();
    return QCoreApplication::exec();
}
