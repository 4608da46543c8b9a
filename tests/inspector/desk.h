#pragma once
#include "fakeagent.h"
#include "inspector/views/connectionview.h"
#include "inspector/window/mainwindow.h"
#include "scene.h"

#include <QDockWidget>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QProgressDialog>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

/// A window over an agent that was made here: a server with two connections, and a client.
class Desk
{
public:
    explicit Desk(quint32 rights = net::wire::Observe | net::wire::SeePayload)
        : directory(FakeAgent::makeDirectory()),
          agent(directory->path(), QStringLiteral("demo")),
          session({.directory = directory->path()}),
          window(session)
    {
        agent.opening = Scene::greeting(rights) +
                        Scene::snapshot({Scene::server(1, QStringLiteral("echo"), 8124), Scene::accepted(2, 1, 1002),
                                         Scene::accepted(3, 1, 1003), Scene::client(4, QStringLiteral("fetcher"), 80)});
        window.show();
        session.start();
    }
    bool isReady()
    {
        return QTest::qWaitFor([this] { return rows().size() == 5; }) && QTest::qWaitForWindowExposed(&window);
    }

    QStringList rows() { return printed(window.workspace().objects, {static_cast<int>(inspector::Column::Name)}); }
    inspector::ConnectionView *connections() { return window.findChild<inspector::ConnectionView *>(); }
    QLineEdit *filter() { return window.findChild<QLineEdit *>(QStringLiteral("filter")); }
    /// The table of the pane \a name, brought to the front; null if it does not show.
    QTableView *pane(const QString &name)
    {
        auto *const dock = window.findChild<QDockWidget *>(name + QStringLiteral("Dock"));
        dock->show();
        dock->raise();
        auto *const table = window.findChild<QTableView *>(name);
        return QTest::qWaitFor([table] { return table->isVisible(); }) ? table : nullptr;
    }
    QString label(const QString &name) { return window.findChild<QLabel *>(name)->text(); }
    void click(inspector::SubjectKey key)
    {
        inspector::ConnectionView *const view = connections();
        const QModelIndex index = window.workspace().objects.indexOf(key);
        view->scrollTo(index);
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, view->visualRect(index).center());
    }
    void happen(const QList<net::wire::EventRecord> &events)
    {
        QByteArray bytes;
        net::wire::encode(bytes, std::span(events.constData(), static_cast<std::size_t>(events.size())), 0);
        agent.say(bytes);
    }
    void say(const net::wire::Payload &payload)
    {
        QByteArray bytes;
        net::wire::encode(bytes, payload);
        agent.say(bytes);
    }

    std::unique_ptr<QTemporaryDir> directory;
    FakeAgent agent;
    inspector::Session session;
    inspector::MainWindow window;
};

/// Cancels the work on a file that \a window has begun, as soon as it is under way; false if it can't be.
/// The click comes from the work's own turn: a quick machine would be done before a test looks again.
inline bool cancelUnderWay(const QWidget &window)
{
    const auto *const dialog = window.findChild<QProgressDialog *>(QStringLiteral("fileWork"));
    if (!dialog)
        return false;
    auto *const button = dialog->findChild<QPushButton *>();
    QSignalSpy cancelled(dialog, &QProgressDialog::canceled);
    QObject::connect(dialog->findChild<QProgressBar *>(), &QProgressBar::valueChanged, button, [button](int value) {
        if (value > 0)
            button->click();
    });
    return QTest::qWaitFor([&cancelled] { return !cancelled.isEmpty(); }) &&
           QTest::qWaitFor([&window] { return !window.findChild<QProgressDialog *>(QStringLiteral("fileWork")); });
}
