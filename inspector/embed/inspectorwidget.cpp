#include "inspector/embed/inspectorwidget.h"

#include "inspector/window/mainwindow.h"

#include <QCoreApplication>
#include <QVBoxLayout>

namespace net {

/// The window goes before the session that it shows.
class InspectorWidget::Parts
{
public:
    explicit Parts(const QList<qint64> &pids) : session({.pids = pids}), window(session)
    {
        window.setWindowFlags(Qt::Widget);
        window.becomePart();
        session.start();
    }

    inspector::Session session;
    inspector::MainWindow window;
};

InspectorWidget::InspectorWidget(QWidget *parent)
    : InspectorWidget(QList<qint64>{QCoreApplication::applicationPid()}, parent)
{
}

InspectorWidget::InspectorWidget(const QList<qint64> &pids, QWidget *parent)
    : QWidget(parent),
      m_parts(std::make_unique<Parts>(pids))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(&m_parts->window);
}

InspectorWidget::~InspectorWidget() = default;

void InspectorWidget::setFilter(const QString &filter)
{
    m_parts->window.setFilter(filter);
}

void InspectorWidget::showView(const QString &name)
{
    m_parts->window.showView(name);
}

} // namespace net
