#include "inspector/session/sessionloader.h"
#include "inspector/window/agentlist.h"
#include "inspector/window/filework.h"
#include "inspector/window/framemeter.h"
#include "inspector/window/mainwindow.h"
#include "inspector/window/meteredapplication.h"
#include "inspector/window/quitsignals.h"
#include "inspector/window/terminal.h"
#include "inspector/window/timedrun.h"
#include "inspector/window/translation.h"

#include <QApplication>
#include <QIcon>

#include <clocale>
#include <csignal>
#include <cstring>
#include <langinfo.h>

using namespace inspector;
using namespace Qt::StringLiterals;

// Qt would complain of a locale without UTF-8 before it takes the same one.
static void useUtf8()
{
    std::setlocale(LC_ALL, "");
    if (std::strcmp(::nl_langinfo(CODESET), "UTF-8") != 0)
        qputenv("LC_ALL", "C.UTF-8");
}

// Two remarks of Qt that say nothing to whoever starts an inspector without a display.
static void silencePlatform()
{
    static QtMessageHandler others = nullptr;
    others = qInstallMessageHandler([](QtMsgType type, const QMessageLogContext &context, const QString &text) {
        if (!text.startsWith("This plugin does not support propagateSizeHints"_L1) &&
            !text.startsWith("QStandardPaths: XDG_RUNTIME_DIR not set"_L1))
            others(type, context, text);
    });
}

// As PNG: what shows an SVG may not be installed.
static QIcon icon()
{
    QIcon all;
    for (const int size : {16, 24, 32, 48, 64, 128, 256})
        all.addFile(u":/inspector/icons/net-inspector-%1.png"_s.arg(size));
    return all;
}

static bool hasDisplay()
{
    return !qEnvironmentVariableIsEmpty("DISPLAY") || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY") ||
           !qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM");
}

// Empty, or why the recording can't be read.
static QString load(const QString &file, Session &session)
{
    SessionLoader loader(session);
    if (const QString problem = loader.open(file); !problem.isEmpty())
        return QCoreApplication::translate("main", "%1 can't be opened: %2").arg(file, problem);
    while (loader.readOn(std::chrono::hours(1)))
        ;
    return {};
}

static int runWindow(int argc, char **argv, const CommandLine &line, const SessionOptions &options,
                     const QLocale &language)
{
    if (!hasDisplay()) {
        if (!line.length) {
            printError(QCoreApplication::translate("main", "there is no display; add --for 10s --print, or set "
                                                           "QT_QPA_PLATFORM=offscreen"));
            return 1;
        }
        qputenv("QT_QPA_PLATFORM", "offscreen");
    }
    silencePlatform();
    // Only who measures pays for it.
    const auto made =
        line.measure ? std::make_unique<MeteredApplication>(argc, argv) : std::make_unique<QApplication>(argc, argv);
    QApplication &application = *made;
    speak(language, &application);
    QApplication::setWindowIcon(icon());
    QGuiApplication::setDesktopFileName(u"net-inspector"_s);
    QSettings settings;
    const WindowMemory memory = line.length ? WindowMemory::none() : WindowMemory(&settings);
    applyTheme(application, line.theme.value_or(memory.theme()));
    std::unique_ptr<Session> session;
    std::unique_ptr<MainWindow> window;
    std::unique_ptr<FrameMeter> meter;
    std::unique_ptr<TimedRun> run;
    std::unique_ptr<QuitSignals> quit;
    const auto show = [&](std::unique_ptr<Session> shown) {
        session = std::move(shown);
        window = std::make_unique<MainWindow>(*session, memory);
        window->setFilter(line.filter);
        window->show();
        if (!line.view.isEmpty())
            window->showView(line.view);
        if (line.sort)
            window->sortBy(*line.sort);
        if (auto *const metered = dynamic_cast<MeteredApplication *>(&application)) {
            meter = std::make_unique<FrameMeter>(*session);
            metered->setMeter(meter.get());
        }
        session->start();
        session->endFrame();
        quit = std::make_unique<QuitSignals>();
        if (line.hasVerdict()) {
            run = std::make_unique<TimedRun>(line, *session, window.get());
            run->setMeter(meter.get());
            QObject::connect(quit.get(), &QuitSignals::came, run.get(), &TimedRun::end);
            run->start();
        } else {
            // As Ctrl+Q, whatever else is open.
            QObject::connect(quit.get(), &QuitSignals::came, window.get(), [&window] {
                window->close();
                QCoreApplication::exit(0);
            });
        }
    };
    if (line.open.isEmpty()) {
        show(std::make_unique<Session>(options));
    } else {
        auto *const opening = new Opening(line.open, nullptr);
        QObject::connect(opening, &FileWork::done, &application, [&, opening] { show(opening->takeSession()); });
        QObject::connect(opening, &FileWork::cancelled, &application, [] { QCoreApplication::exit(1); });
        QObject::connect(opening, &FileWork::failed, &application, [&](const QString &problem) {
            printError(QCoreApplication::translate("main", "%1 can't be opened: %2").arg(line.open, problem));
            QCoreApplication::exit(1);
        });
    }
    const int result = codeAfterPrinting(QApplication::exec());
    if (auto *const metered = dynamic_cast<MeteredApplication *>(&application))
        metered->setMeter(nullptr);
    return result;
}

static int runTerminal(int argc, char **argv, const CommandLine &line, const SessionOptions &options,
                       const QLocale &language)
{
    QCoreApplication application(argc, argv);
    speak(language, &application);
    Session session(options);
    if (const QString problem = line.open.isEmpty() ? QString() : load(line.open, session); !problem.isEmpty()) {
        printError(problem);
        return 1;
    }
    session.start();
    TimedRun run(line, session, nullptr);
    QuitSignals quit;
    QObject::connect(&quit, &QuitSignals::came, &run, &TimedRun::end);
    run.start();
    return codeAfterPrinting(QCoreApplication::exec());
}

// What needs no more than words: the code to end with, or nothing if there is more to do.
static std::optional<int> answer(const CommandLine &line)
{
    switch (line.request) {
    case CommandLine::Request::Error:
        printError(line.text);
        printError(QCoreApplication::translate("main", "--help shows what can be asked for"));
        return 2;
    case CommandLine::Request::Help:
        printOut(line.text);
        return 0;
    case CommandLine::Request::Version:
        printOut(u"net-inspector "_s + QCoreApplication::applicationVersion() + u'\n');
        return 0;
    case CommandLine::Request::List:
        printOut(agentList(SessionOptions().directory));
        return 0;
    case CommandLine::Request::Window:
        break;
    }
    return {};
}

int main(int argc, char **argv)
{
    // A file that may not grow any more is an error to be told, as a full disk is.
    std::signal(SIGXFSZ, SIG_IGN);
    const QLocale language = wantedLanguage();
    useUtf8();
    QCoreApplication::setOrganizationName(u"libnet"_s);
    QCoreApplication::setApplicationName(u"net-inspector"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(INSPECTOR_VERSION));
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments += QString::fromLocal8Bit(argv[i]);

    CommandLine line;
    {
        // Translations need an application, and of which kind it will be is not known yet.
        QCoreApplication application(argc, argv);
        speak(language, &application);
        line = CommandLine::parse(arguments);
        if (const std::optional<int> code = answer(line))
            return codeAfterPrinting(*code);
    }
    SessionOptions options{.pids = line.pids};
    options.events = line.keep.value_or(options.events);
    if (!line.open.isEmpty())
        options = SessionLoader::options();
    // The table at the end lists what has closed as well.
    if (line.open.isEmpty() && line.hasVerdict())
        options.departed = 200'000;
    return line.needsWindow() ? runWindow(argc, argv, line, options, language)
                              : runTerminal(argc, argv, line, options, language);
}
