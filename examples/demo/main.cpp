// An application with something to look at: TCP and local servers with all kinds of conversation on them.
// LIBNET_INSPECT=1 demo, and then net-inspector.
#include "examples/demo/echotalk.h"
#include "examples/demo/halfopentalk.h"
#include "examples/demo/refusedcalls.h"
#include "examples/demo/shortvisits.h"
#include "examples/demo/slowdownload.h"
#include "examples/quitsignal.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QTemporaryDir>
#include <QTextStream>

using namespace Qt::StringLiterals;

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    QCommandLineParser arguments;
    arguments.setApplicationDescription(u"Talks to itself in many ways, until SIGTERM or for some seconds."_s);
    arguments.addHelpOption();
    arguments.addOption({u"for"_s, u"Stop after this many seconds."_s, u"seconds"_s});
    arguments.process(app);
    const QuitSignal quitSignal;

    const QTemporaryDir folder;
    const net::ListenOptions tcp{.port = 0, .host = u"127.0.0.1"_s};
    const net::ListenOptions localEcho{.path = folder.filePath(u"echo"_s)};
    const net::ListenOptions localDownload{.path = folder.filePath(u"download"_s)};

    const EchoTalk echo(u"echo"_s, tcp, 4);
    const EchoTalk echoHere(u"local echo"_s, localEcho, 2);
    const SlowDownload download(u"download"_s, tcp);
    const SlowDownload downloadHere(u"local download"_s, localDownload);
    const HalfOpenTalk oracle(tcp);
    const ShortVisits visits(tcp);
    const RefusedCalls refused;

    if (arguments.isSet(u"for"_s))
        QTimer::singleShot(arguments.value(u"for"_s).toInt() * 1000, &app, &QCoreApplication::quit);
    QTextStream(stdout) << "demo: process " << QCoreApplication::applicationPid() << " talks" << Qt::endl;
    return app.exec();
}
