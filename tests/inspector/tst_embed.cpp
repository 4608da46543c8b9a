#include "fakeagent.h"
#include "libnet/agent/agent.h"
#include "libnet/net.h"

#include <libnet/inspectorwidget.h>

#include <QAction>
#include <QApplication>
#include <QDockWidget>
#include <QLabel>
#include <QLineEdit>
#include <QMainWindow>
#include <QMenu>
#include <QTest>
#include <QTreeView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

/// The views inside of an application that they show.
class tst_Embed : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void showsTheApplicationThatItIsAPartOf();
    void isAPartAndNoWindow();
    void filtersAndViewsAreTheApplicationsToChoose();
    void comesAndGoes();

private:
    std::unique_ptr<QTemporaryDir> m_place;
};

static bool shows(const QWidget &widget, const QString &name)
{
    const auto *view = widget.findChild<QTreeView *>(u"connections"_s);
    if (!view)
        return false;
    const QAbstractItemModel *const model = view->model();
    return !model->match(model->index(0, 0), Qt::DisplayRole, name, 1, Qt::MatchExactly | Qt::MatchRecursive).isEmpty();
}

void tst_Embed::initTestCase()
{
    m_place = FakeAgent::makeDirectory();
    qputenv("XDG_RUNTIME_DIR", m_place->path().toLocal8Bit());
    QVERIFY2(net::Agent::start({.name = u"itself"_s}), qPrintable(net::Agent::errorString()));
}

void tst_Embed::showsTheApplicationThatItIsAPartOf()
{
    net::Server server;
    server.setObjectName(u"our server"_s);
    server.listen(0, u"127.0.0.1"_s);
    QWidget window;
    auto *layout = new QVBoxLayout(&window);
    auto *part = new net::InspectorWidget;
    layout->addWidget(part);
    window.resize(900, 700);
    window.show();
    QTRY_VERIFY(shows(*part, u"our server"_s));
}

void tst_Embed::isAPartAndNoWindow()
{
    net::InspectorWidget part;
    part.show();
    for (const QMainWindow *window : part.findChildren<QMainWindow *>())
        QVERIFY(!window->isWindow());
    // What would close the application or change its colours is not offered.
    QStringList hidden;
    for (const QMenu *menu : part.findChildren<QMenu *>()) {
        for (const QAction *action : menu->actions()) {
            if (!action->isVisible())
                hidden += action->text();
        }
    }
    QVERIFY(hidden.contains(u"&Quit"_s));
    QVERIFY(hidden.contains(u"C&olours"_s));
}

void tst_Embed::filtersAndViewsAreTheApplicationsToChoose()
{
    net::InspectorWidget part;
    part.show();
    part.setFilter(u"port:1"_s);
    QCOMPARE(part.findChild<QLineEdit *>(u"filter"_s)->text(), u"port:1"_s);
    part.showView(u"topology"_s);
    QTRY_VERIFY(!part.findChild<QDockWidget *>(u"topologyDock"_s)->visibleRegion().isEmpty());
    part.showView(u"no such"_s);
}

void tst_Embed::comesAndGoes()
{
    for (int i = 0; i < 3; ++i) {
        auto part = std::make_unique<net::InspectorWidget>(QList<qint64>());
        part->show();
        QTRY_VERIFY(shows(*part, u"itself (%1)"_s.arg(QCoreApplication::applicationPid())));
    }
}

QTEST_MAIN(tst_Embed)
#include "tst_embed.moc"
